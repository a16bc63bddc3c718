import { type BrowserWindow, dialog } from 'electron';
import { nativeText } from '../i18n/text';

/** Whether the user really wants to end the call for all: nobody can undo that. */
export async function askToEndForAll(window: BrowserWindow): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: nativeText('end.title'),
    detail: nativeText('end.detail'),
    buttons: [nativeText('end.stay'), nativeText('end.end')],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}
