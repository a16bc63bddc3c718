import { expect, it } from 'vitest';
import { levelOf } from '../../../renderer/parts/settings/devices/inputLevel';

const tone = (amplitude: number) =>
  Float32Array.from({ length: 2048 }, (_, index) => amplitude * Math.sign(Math.sin(index)));

it('silence is nothing, the loudest tone is all', () => {
  expect(levelOf(tone(0))).toBe(0);
  expect(levelOf(new Float32Array())).toBe(0);
  expect(levelOf(tone(1))).toBeCloseTo(100, 0);
});

it('half as many decibels are half the bar, and a quiet room is nothing', () => {
  expect(levelOf(tone(10 ** (-30 / 20)))).toBeCloseTo(50, 0);
  expect(levelOf(tone(10 ** (-60 / 20)))).toBeCloseTo(0, 0);
});
