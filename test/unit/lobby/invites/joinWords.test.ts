import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JOIN_WORDS, LANGUAGES, readersLanguage, timeWords } from '../../../../lobby/invites/joinWords';

describe("the reader's language", () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['de', 'de'],
    ['de-AT', 'de'],
    ['DE-at', 'de'],
    ['fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5', 'fr'],
    ['en;q=0.5, es;q=0.8', 'es'],
    ['en;q=0.8,es;q=0.80', 'en'],
    ['pt-BR, es;q=0.3', 'es'],
    ['ja, zh', 'en'],
    ['*', 'en'],
    ['es;q=0, de;q=0.001', 'de'],
    ['es;q=2, de;q=0.5', 'de'],
    ['constructor, de;q=0.1', 'de'],
    [';;,,q=1;de', 'en'],
  ])('of Accept-Language %j is %s', (header, language) => {
    expect(readersLanguage(undefined, header)).toBe(language);
  });

  it('is the one chosen on the page, if there is such a one', () => {
    expect(readersLanguage('fr', 'de')).toBe('fr');
    for (const chosen of ['ja', 'toString', '', ['fr', 'es'], undefined, {}]) {
      expect(readersLanguage(chosen, 'de')).toBe('de');
    }
  });

  it('is always one of those there are', () => {
    const header = fc.string({ unit: fc.constantFrom(...'adefnrsu-;,=q01.* '.split('')) });
    fc.assert(fc.property(header, (text) => LANGUAGES.includes(readersLanguage(text, text))));
  });
});

describe('the words', () => {
  it('are there in every language, each its own', () => {
    for (const [key, english] of Object.entries(JOIN_WORDS.en)) {
      const said = LANGUAGES.map((language) => {
        const words = JOIN_WORDS[language][key as keyof typeof JOIN_WORDS.en];
        const text = typeof words === 'function' ? words('one', 'two') : words;
        expect(text).toMatch(/\S/);
        if (typeof english === 'function') expect(text).toContain('one');
        return text;
      });
      expect([key, new Set(said).size]).toEqual([key, LANGUAGES.length]);
    }
  });

  it('give a time in UTC, and how long it is until then', () => {
    const now = new Date('2026-03-01T12:00:00Z');
    const at = (time: string) => LANGUAGES.map((language) => timeWords(language, new Date(time), now));
    const days = at('2026-03-04T09:30:00Z');
    for (const { time } of days) {
      expect(time).toContain('2026');
      expect(time).toMatch(/9:30.*UTC/);
    }
    expect(days.map(({ left }) => left)).toEqual([
      'in 3 days',
      'dentro de 3 días',
      'in 3 Tagen',
      'dans 3 jours',
    ]);
    expect(at('2026-03-01T12:00:01Z')[0]?.left).toBe('in 1 minute');
    expect(at('2026-03-01T13:30:00Z')[0]?.left).toBe('in 90 minutes');
    expect(at('2026-03-01T15:00:00Z')[0]?.left).toBe('in 3 hours');
  });
});
