/** Catalogues of words: one text a key, or one for each plural form that a language has. */

/** A text that depends on `{count}`, by the plural forms of the language (CLDR; `other` is there in all). */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

export type Words = Readonly<Record<string, string | Plural>>;

/** The words of one catalogue in another language: the same keys, no more and no fewer. */
export type Translation<Of extends Words> = {
  readonly [Key in keyof Of]: Of[Key] extends string ? string : Plural;
};

export type Values = Readonly<Record<string, string | number>>;

/**
 * A text with each `{name}` filled from `values`, numbers as `locale` writes them; what has no value is left out.
 *
 * @param locale BCP 47 tag.
 */
export function fill(words: string | Plural, locale: string, values: Values): string {
  const template = typeof words === 'string' ? words : formOf(words, locale, Number(values['count']));
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? '';
    return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value;
  });
}

const formOf = (words: Plural, locale: string, count: number): string =>
  words[new Intl.PluralRules(locale).select(count)] ?? words.other;
