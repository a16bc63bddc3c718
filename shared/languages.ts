/** The languages that Parley speaks. The first is the one it falls back to. */
export const LANGUAGES = ['en', 'es', 'de', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What the user chose: a language, or the system's. */
export type LanguageChoice = 'system' | Language;

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
