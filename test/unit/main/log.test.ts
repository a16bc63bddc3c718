import { expect, it } from 'vitest';
import { logLine } from '../../../main/log';

const at = new Date('2026-11-21T13:00:00.000Z');

it('a line is one JSON object, whatever stands in its texts', () => {
  const line = logLine(at, 'warn', 'start.failed', {
    reason: 'two\nlines “and” "quotes"',
    ms: 3,
    first: true,
  });
  expect(line.indexOf('\n')).toBe(line.length - 1);
  expect(JSON.parse(line)).toEqual({
    at: '2026-11-21T13:00:00.000Z',
    level: 'warn',
    event: 'start.failed',
    reason: 'two\nlines “and” "quotes"',
    ms: 3,
    first: true,
  });
});

it('what a text should not have held is cut, and so is its length', () => {
  const token = `eyJhbGciOiJSUzI1NiJ9.${'a'.repeat(3_000)}.${'b'.repeat(86)}`;
  const line = logLine(at, 'error', 'main.uncaught', {
    error: `Error: https://meet.example.com/room#jwt=${token} ${'trace '.repeat(1_000)}`,
  });
  expect(line).toContain('https://meet.example.com/…<token> trace trace');
  expect(line.length).toBeLessThan(2_200);
});
