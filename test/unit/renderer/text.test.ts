import { describe, expect, it } from 'vitest';
import { duration, text } from '../../../renderer/i18n/text';
import { en } from '../../../renderer/i18n/en';

const seconds = (hours: number, minutes: number, rest: number) => (hours * 3600 + minutes * 60 + rest) * 1000;

it.each([
  [0, '0:00'],
  [seconds(0, 0, 7), '0:07'],
  [seconds(0, 0, 59) + 999, '0:59'],
  [seconds(0, 1, 0), '1:00'],
  [seconds(0, 12, 4), '12:04'],
  [seconds(0, 59, 59), '59:59'],
  [seconds(1, 0, 0), '1:00:00'],
  [seconds(1, 2, 33), '1:02:33'],
  [seconds(25, 0, 1), '25:00:01'],
  [-5000, '0:00'],
])('a call of %d ms shows %s', (ms, shown) => {
  expect(duration(ms)).toBe(shown);
});

describe('a text', () => {
  it('is filled in', () => {
    expect(text('call.status.with-many', { count: 3 })).toBe('3 others');
    expect(text('failure.kicked.by', { name: 'Ada' })).toBe('Ada removed you.');
  });

  it('takes what it is given as it stands: a name is no template', () => {
    expect(text('call.status.with-one', { name: '{name} $& {host}' })).toBe('with {name} $& {host}');
  });

  it('is never empty, never shouts, and has no stray spaces', () => {
    for (const [key, value] of Object.entries(en)) {
      expect([key, value.trim()]).toEqual([key, value]);
      expect([key, /^$|!|\s\s|please|oops|sorry/i.exec(value)?.[0]]).toEqual([key, undefined]);
    }
  });
});
