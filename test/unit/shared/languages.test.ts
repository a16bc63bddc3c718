import { expect, it } from 'vitest';
import { type LanguageChoice, languageFor } from '../../../shared/languages';

it.each<[LanguageChoice, readonly string[], string]>([
  ['system', ['de-AT', 'en'], 'de'],
  ['system', ['de_DE.UTF-8'], 'de'],
  ['system', ['FR'], 'fr'],
  ['system', ['pt-BR', 'es-419', 'de'], 'es'],
  ['system', ['ca@valencia', 'es'], 'es'],
  ['system', ['C'], 'en'],
  ['system', ['ja', 'zh-Hant'], 'en'],
  ['system', [], 'en'],
  ['fr', ['de'], 'fr'],
  ['en', ['de'], 'en'],
])('%s, on a system of %j, is %s', (choice, system, language) => {
  expect(languageFor(choice, system)).toBe(language);
});
