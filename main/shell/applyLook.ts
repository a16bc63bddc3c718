import { app, Menu, nativeTheme } from 'electron';
import { type LanguageChoice, languageFor } from '../../shared/languages';
import type { Theme } from '../../shared/theme';
import { nativeLanguage, speakNatively } from '../i18n/text';
import { type HelpActions, setMenu, type UpdateActions } from './menu';

/** Has theme and language count for the pages' system colours, the menus, and all else that the system draws. */
export function applyLook(
  { theme, language }: { theme: Theme; language: LanguageChoice },
  help: HelpActions,
  updates: UpdateActions,
): void {
  nativeTheme.themeSource = theme;
  const before = nativeLanguage();
  speakNatively(languageFor(language, app.getPreferredSystemLanguages()));
  if (Menu.getApplicationMenu() === null || nativeLanguage() !== before) setMenu(help, updates);
}
