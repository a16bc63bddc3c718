import type { Language } from '../../shared/languages';
import { adopt, type Catalogue, spokenLanguage } from './text';
import { en } from './en';

/** English is at hand; each of the others is a script of its own, fetched when it is spoken. */
const CATALOGUES: Readonly<Record<Language, () => Catalogue | Promise<Catalogue>>> = {
  en: () => en,
  es: async () => (await import('./es')).es,
  de: async () => (await import('./de')).de,
  fr: async () => (await import('./fr')).fr,
};

let wanted: Language | undefined;

/**
 * Has the page speak a language from its next rendering on. Resolves once the words are there. A catalogue that cannot be
 * had leaves the language that is spoken.
 */
export async function speak(language: Language): Promise<void> {
  wanted = language;
  if (language === spokenLanguage()) return;
  try {
    const words = await CATALOGUES[language]();
    // Another may have been asked for meanwhile.
    if (wanted !== language) return;
    adopt(language, localeOf(language), words);
    document.documentElement.lang = language;
  } catch (error) {
    console.warn(`The words in "${language}" could not be loaded.`, error);
  }
}

/** What the system adds to the language, such as the country, decides how dates and numbers are written. */
function localeOf(language: Language): string {
  return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
}
