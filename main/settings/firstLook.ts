/**
 * The two settings that the very first paint shows, read before anything else and with no schema library, which would hold
 * up the window. A value that is wrong is passed over here and reported when the settings are read whole.
 */
import { join } from 'node:path';
import { LANGUAGE_CHOICES, type LanguageChoice } from '../../shared/languages';
import { type Theme, THEMES } from '../../shared/theme';
import { readJsonNow } from './smallFile';
import { USER_FILE } from './userFile';

export interface FirstLook {
  theme: Theme;
  language: LanguageChoice;
}

/** @param directory the profile's. */
export function readFirstLook(directory: string, policyFile: string): FirstLook {
  const layers = [policyFile, join(directory, USER_FILE)].map(readObject);
  const first = <Choice>(name: keyof FirstLook, choices: readonly Choice[]) =>
    layers
      .map((layer) => choices.find((choice) => choice === layer[name]))
      .find((choice) => choice !== undefined);
  return {
    theme: first('theme', THEMES) ?? 'system',
    language: first('language', LANGUAGE_CHOICES) ?? 'system',
  };
}

function readObject(file: string): Readonly<Record<string, unknown>> {
  const json = readJsonNow(file);
  return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
}
