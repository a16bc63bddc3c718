/** "Quit?", asked by the system's own dialog while a call is on. */
import { type BrowserWindow, dialog } from 'electron';
import { nativeText } from '../i18n/text';

/**
 * After so long without an answer the app quits, in ms: somebody who wanted to quit and went away must not go on being
 * heard.
 */
export const ANSWER_WITHIN_MS = 20_000;

export type QuitAnswer = 'stay' | 'leave';

/**
 * @param over aborted when the question has become idle: the call is over.
 * @param window the dialog's parent, if it is on screen.
 */
export async function askToQuit(window: BrowserWindow | undefined, over: AbortSignal): Promise<QuitAnswer> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), ANSWER_WITHIN_MS);
  const stop = () => patience.abort();
  over.addEventListener('abort', stop);
  const options = {
    type: 'question' as const,
    message: nativeText('quit.title'),
    detail: nativeText('quit.detail', { seconds: ANSWER_WITHIN_MS / 1000 }),
    buttons: [nativeText('quit.stay'), nativeText('quit.leave')],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
    signal: patience.signal,
  };
  const asked =
    window === undefined ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options);
  // Not every system's dialog heeds the signal.
  const silence = new Promise<undefined>((resolve) => {
    patience.signal.addEventListener('abort', () => resolve(undefined));
  });
  const answer = await Promise.race([asked, silence]);
  clearTimeout(timer);
  over.removeEventListener('abort', stop);
  return answer === undefined || patience.signal.aborted || answer.response === 1 ? 'leave' : 'stay';
}
