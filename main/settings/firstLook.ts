/**
 * The two settings that the very first paint shows, read before anything else and with no schema library, which would hold
 * up the window. A value that is wrong is passed over here and reported when the settings are read whole.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type LanguageChoice } from '../../shared/languages';
import { type Theme, THEMES } from '../../shared/theme';
import { USER_FILE } from './userFile';

export interface FirstLook {
  theme: Theme;
  language: LanguageChoice;
}

const CHOICES = { theme: THEMES, language: ['system', ...LANGUAGES] } as const;

/** @param directory the profile's. */
export function readFirstLook(directory: string, policyFile: string): FirstLook {
  const layers = [policyFile, join(directory, USER_FILE)].map(readObject);
  const first = <Name extends keyof FirstLook>(name: Name) => {
    const known: readonly FirstLook[Name][] = CHOICES[name] as never;
    for (const layer of layers) {
      const value = known.find((one) => one === layer[name]);
      if (value !== undefined) return value;
    }
    return 'system';
  };
  return { theme: first('theme') as Theme, language: first('language') as LanguageChoice };
}

function readObject(file: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
