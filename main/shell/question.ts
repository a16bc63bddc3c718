import { type BrowserWindow, dialog } from 'electron';

/** A question whose answer nobody can undo: what is safe comes first, and is what Enter and Escape answer. */
export interface Question {
  message: string;
  detail: string;
  /** The button that changes nothing. */
  stay: string;
  /** The button that does it. */
  go: string;
}

/** Asks by the system's own dialog; whether it is to be done. */
export async function isWanted(
  window: BrowserWindow,
  { message, detail, stay, go }: Question,
): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message,
    detail,
    buttons: [stay, go],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}
