import { afterEach, describe, expect, it } from 'vitest';
import { de } from '../../../renderer/i18n/de';
import { en } from '../../../renderer/i18n/en';
import { fr } from '../../../renderer/i18n/fr';
import { adopt, agoText, dateText, duration, text } from '../../../renderer/i18n/text';

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
  afterEach(() => adopt('en', 'en', en));

  it('is filled in', () => {
    expect(text('call.status.with-many', { count: 3 })).toBe('3 others');
    expect(text('failure.kicked.by', { name: 'Ada' })).toBe('Ada removed you.');
  });

  it('takes what it is given as it stands: a name is no template', () => {
    expect(text('call.status.with-one', { name: '{name} $& {host}' })).toBe('with {name} $& {host}');
  });

  it('has the form that goes with its count, and writes numbers as the language does', () => {
    expect(text('call.status.with-many', { count: 1 })).toBe('1 other');
    expect(text('call.status.with-many', { count: 1234 })).toBe('1,234 others');
    adopt('de', 'de', de);
    expect(text('call.status.with-many', { count: 1234 })).toBe('1.234 weitere');
    adopt('fr', 'fr', fr);
    // In French nothing is one, too.
    expect(text('call.status.with-many', { count: 0 })).toBe('0 autre personne');
  });

  it('tells dates as the language, and the country, does', () => {
    const noon = new Date(2026, 2, 5, 12, 30);
    expect(dateText(noon)).toMatch(/^March 5, 2026 at 12:30\sPM$/);
    adopt('en', 'en-GB', en);
    expect(dateText(noon)).toBe('5 March 2026 at 12:30');
    adopt('de', 'de', de);
    expect(dateText(noon)).toBe('5. März 2026 um 12:30');
  });

  it.each([
    [0, 'now', 'jetzt'],
    [59_999, 'now', 'jetzt'],
    [61_000, '1 minute ago', 'vor 1 Minute'],
    [seconds(2, 59, 0), '2 hours ago', 'vor 2 Stunden'],
    [seconds(25, 0, 0), 'yesterday', 'gestern'],
    [seconds(6 * 24, 0, 0), '6 days ago', 'vor 6 Tagen'],
    [seconds(8 * 24, 0, 0), 'Mar 1, 2026', '01.03.2026'],
    [-1000, 'now', 'jetzt'],
  ])('tells what was %d ms ago', (ms, english, german) => {
    const now = new Date(2026, 2, 9, 12, 0).getTime();
    expect(agoText(now - ms, now)).toBe(english);
    adopt('de', 'de', de);
    expect(agoText(now - ms, now)).toBe(german);
  });
});
