/** The languages that Parley speaks. The first is the one it falls back to. */
export const LANGUAGES = ['en', 'es', 'de', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each by the name that its speakers know it by. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  es: 'Español',
  de: 'Deutsch',
  fr: 'Français',
};

/** What the user chose: a language, or the system's. */
export type LanguageChoice = 'system' | Language;
export const LANGUAGE_CHOICES: readonly LanguageChoice[] = ['system', ...LANGUAGES];

/**
 * The language to speak.
 *
 * @param system the user's languages as the system tells them, the dearest first: BCP 47 tags, or POSIX names such as `de_AT`.
 */
export function languageFor(choice: LanguageChoice, system: readonly string[]): Language {
  if (choice !== 'system') return choice;
  const spoken = system.map((tag) => tag.toLowerCase().split(/[-_.@]/)[0]);
  for (const language of spoken) {
    const known = LANGUAGES.find((one) => one === language);
    if (known !== undefined) return known;
  }
  return LANGUAGES[0];
}
