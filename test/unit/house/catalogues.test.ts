/** The words in all languages. That no key is missing and none is left over, the type check sees. */
import { describe, expect, it } from 'vitest';
import { de as nativeDe } from '../../../main/i18n/de';
import { en as nativeEn } from '../../../main/i18n/en';
import { es as nativeEs } from '../../../main/i18n/es';
import { fr as nativeFr } from '../../../main/i18n/fr';
import { de } from '../../../renderer/i18n/de';
import { en } from '../../../renderer/i18n/en';
import { es } from '../../../renderer/i18n/es';
import { fr } from '../../../renderer/i18n/fr';
import type { Words } from '../../../shared/words';

const CATALOGUES: readonly (readonly [string, Words])[] = [
  ['en', { ...en, ...prefixed(nativeEn) }],
  ['es', { ...es, ...prefixed(nativeEs) }],
  ['de', { ...de, ...prefixed(nativeDe) }],
  ['fr', { ...fr, ...prefixed(nativeFr) }],
];
const [[, english] = ['en', {} as Words], ...others] = CATALOGUES;

/** Both catalogues have keys of the same name. */
function prefixed(words: Words): Words {
  return Object.fromEntries(Object.entries(words).map(([key, value]) => [`native ${key}`, value]));
}

const formsOf = (words: Words[string] | undefined): readonly string[] =>
  typeof words === 'object' ? Object.values(words) : [words ?? ''];

const placeholders = (template: string) =>
  [...template.matchAll(/\{(\w+)\}/g)].map(([placeholder]) => placeholder).sort();

describe.each(CATALOGUES)('the words in "%s"', (language, catalogue) => {
  it('are never empty, never shout, and have no stray spaces', () => {
    for (const [key, words] of Object.entries(catalogue)) {
      for (const form of formsOf(words)) {
        const wrong = /^$|^\s|[ \t]$|\s\s|!|please|oops|sorry/i.exec(form)?.[0];
        expect([key, wrong]).toEqual([key, undefined]);
      }
    }
  });

  it('name a button by what it shows, so that it can be called by that (WCAG 2.5.3)', () => {
    const pairs = Object.keys(catalogue).map((key) =>
      key.endsWith('.short')
        ? [key, key.slice(0, -'.short'.length)]
        : [key, Object.hasOwn(catalogue, `${key}.name`) ? `${key}.name` : key],
    );
    for (const [shown = '', name = ''] of pairs) {
      const [whole = '', part = ''] = [name, shown].map((key) => formsOf(catalogue[key])[0]?.toLowerCase());
      expect([name, whole, whole.includes(part)]).toEqual([name, whole, true]);
    }
  });

  it('say of somebody else’s lobby that it learns the name which the settings call so', () => {
    const [told = '', name = ''] = ['link.foreign', 'settings.name'].map((key) => formsOf(catalogue[key])[0]);
    expect(told.toLowerCase()).toContain(name.toLowerCase());
  });

  it('have the plural forms that the language has for whole numbers, and no others', () => {
    const rules = new Intl.PluralRules(language);
    const categories = new Set([0, 1, 2, 3, 5, 11, 21, 100].map((count) => rules.select(count)));
    for (const [key, words] of Object.entries(catalogue)) {
      if (typeof words === 'object')
        expect([key, Object.keys(words).sort()]).toEqual([key, [...categories].sort()]);
    }
  });
});

describe.each(others)('the words in "%s", against English', (_, catalogue) => {
  it('are filled in with the same values', () => {
    for (const [key, words] of Object.entries(english)) {
      const [expected] = formsOf(words);
      for (const form of formsOf(catalogue[key]))
        expect([key, placeholders(form)]).toEqual([key, placeholders(expected ?? '')]);
    }
  });

  it('are translated', () => {
    // A word or two may well be the same: "Chat", "Video".
    const same = Object.keys(english).filter((key) => {
      const [theirs = ''] = formsOf(catalogue[key]);
      const words = theirs.replace(/\{\w+\}/g, '').match(/\p{L}+/gu) ?? [];
      return words.length > 2 && theirs === formsOf(english[key])[0];
    });
    expect(same).toEqual([]);
  });
});
