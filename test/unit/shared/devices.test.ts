import { describe, expect, it } from 'vitest';
import {
  chosenDevice,
  type DeviceMemory,
  namedDevices,
  newestChoices,
  withChoice,
} from '../../../shared/devices';

const microphone = (deviceId: string, label: string) => ({ deviceId, label, kind: 'audioinput' as const });

const remembered = (...choices: [present: string[], chosen: string][]): DeviceMemory =>
  choices
    .reverse()
    .reduce<DeviceMemory>(
      (memory, [present, chosen]) => withChoice(memory, { kind: 'audioinput', present, chosen }),
      [],
    );

describe('names', () => {
  it("leave out the system's second listings, other kinds, and what has no label", () => {
    const devices = [
      microphone('default', 'Default - Desk'),
      microphone('communications', 'Communications - Desk'),
      microphone('a', 'Desk'),
      microphone('b', ''),
      { deviceId: 'c', label: 'Speaker', kind: 'audiooutput' as const },
    ];
    expect(namedDevices(devices, 'audioinput')).toEqual([{ id: 'a', name: 'Desk' }]);
  });

  it('tell two of the same kind apart', () => {
    const devices = [microphone('a', 'Webcam'), microphone('b', 'Webcam')];
    expect(namedDevices(devices, 'audioinput').map(({ name }) => name)).toEqual(['Webcam', 'Webcam (2)']);
  });
});

describe('what was chosen', () => {
  it('counts again with the same devices, in whatever order', () => {
    const memory = remembered([['Desk', 'Headset'], 'Headset'], [['Desk', 'Dock'], 'Dock']);
    expect(chosenDevice(memory, 'audioinput', ['Dock', 'Desk'])).toBe('Dock');
    expect(chosenDevice(memory, 'audioinput', ['Headset', 'Desk'])).toBe('Headset');
  });

  it('counts with others as well, the newest first, as long as it is there', () => {
    const memory = remembered([['Desk', 'Headset'], 'Headset'], [['Desk', 'Dock'], 'Dock']);
    expect(chosenDevice(memory, 'audioinput', ['Desk', 'Dock', 'Headset'])).toBe('Headset');
    expect(chosenDevice(memory, 'audioinput', ['Dock', 'Other'])).toBe('Dock');
    expect(chosenDevice(memory, 'audioinput', ['Desk'])).toBeUndefined();
  });

  it("can be the system's default, for these devices alone", () => {
    const memory = remembered([['Desk', 'Dock'], ''], [['Desk', 'Headset'], 'Headset']);
    expect(chosenDevice(memory, 'audioinput', ['Desk', 'Dock'])).toBe('');
    expect(chosenDevice(memory, 'audioinput', ['Desk', 'Dock', 'Headset'])).toBe('Headset');
  });

  it('is of one kind alone', () => {
    const memory = remembered([['Desk'], 'Desk']);
    expect(chosenDevice(memory, 'audiooutput', ['Desk'])).toBeUndefined();
    expect(newestChoices(memory)).toEqual({ audioinput: 'Desk' });
  });

  it('is replaced by the next choice with the same devices', () => {
    const memory = remembered([['B', 'A'], 'B'], [['A', 'B'], 'A']);
    expect(memory).toEqual([{ kind: 'audioinput', present: ['A', 'B'], chosen: 'B' }]);
  });

  it('is not remembered without end', () => {
    let memory: DeviceMemory = [];
    for (let n = 0; n < 100; n += 1) {
      memory = withChoice(memory, { kind: 'audioinput', present: [`${n}`], chosen: `${n}` });
    }
    expect(memory).toHaveLength(60);
    expect(memory[0]?.chosen).toBe('99');
  });
});
