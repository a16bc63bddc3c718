import type { BrowserWindow } from 'electron';
import { nativeText } from '../i18n/text';
import { isWanted } from './question';

/** Whether the user really wants to end the call for all: nobody can undo that. */
export function askToEndForAll(window: BrowserWindow): Promise<boolean> {
  return isWanted(window, {
    message: nativeText('end.title'),
    detail: nativeText('end.detail'),
    stay: nativeText('end.stay'),
    go: nativeText('end.end'),
  });
}
