/** The words of what the system draws, in the language that is spoken now. */
import type { Language } from '../../shared/languages';
import { fill, type Translation, type Values } from '../../shared/words';
import { de } from './de';
import { en } from './en';
import { es } from './es';
import { fr } from './fr';

export type NativeTextKey = keyof typeof en;

/** All of them in one language. A key that is missing, or that English does not have, fails the type check. */
export type NativeCatalogue = Translation<typeof en>;

const CATALOGUES: Readonly<Record<Language, NativeCatalogue>> = { en, es, de, fr };

let spoken: Language = 'en';

/** Counts for what is drawn from now on. */
export function speakNatively(language: Language): void {
  spoken = language;
}

export const nativeLanguage = () => spoken;

/** The text of a key, with `{name}` filled from `values`; `count` among them decides on a plural form. */
export function nativeText(key: NativeTextKey, values: Values = {}): string {
  return fill(CATALOGUES[spoken][key], spoken, values);
}
