/**
 * The only file that listens to renderers. Whatever comes in is checked for its sender - the very frame, and the origin
 * that frame shows now - before anything looks at it, and parsed before anything trusts it.
 */
import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron';
import {
  COMMAND_CHANNEL,
  PAGE_MESSAGE_CHANNEL,
  PAGE_POST_CHANNEL,
  SNAPSHOT_CHANNEL,
} from '../../shared/ipc/channels';
import type { Snapshot } from '../../shared/ipc/snapshot';
import { parseUrl } from '../../shared/webUrl';
import { log } from '../log';

/** Carries out one command; parsing `name` and `argument` is its own first step. */
export type CommandHandler = (name: unknown, argument: unknown) => unknown;

/** Whether a message comes from the top frame of `contents` while that shows `origin`. */
function isFrom(event: IpcMainEvent | IpcMainInvokeEvent, contents: WebContents, origin: string): boolean {
  const frame = event.senderFrame;
  if (contents.isDestroyed() || event.sender !== contents) return false;
  return frame !== null && frame === contents.mainFrame && originOf(frame.url) === origin;
}

/** `URL.origin` is "null" for schemes that are not special, such as ours. A frame that shows nothing yet has no URL. */
function originOf(address: string): string | undefined {
  const url = parseUrl(address);
  return url && `${url.protocol}//${url.host}`;
}

/**
 * Lets the toolbar's page, and no other, send commands. `wire` is called with the first of them and gives the handler; all
 * wait for it.
 */
export function answerShell(shell: WebContents, origin: string, wire: () => Promise<CommandHandler>): void {
  let ready: Promise<CommandHandler> | undefined;
  ipcMain.handle(COMMAND_CHANNEL, async (event, name: unknown, argument: unknown) => {
    if (!isFrom(event, shell, origin)) {
      log.warn('ipc.refused', { channel: COMMAND_CHANNEL });
      throw new Error('This page may not send commands.');
    }
    ready ??= wire();
    const handle = await ready;
    return handle(name, argument);
  });
}

/** Pushes a snapshot to the toolbar, if it is still there. */
export function pushSnapshot(shell: WebContents, snapshot: Snapshot): void {
  if (!shell.isDestroyed()) shell.send(SNAPSHOT_CHANNEL, snapshot);
}

/** The line to a meeting page: its text messages in, ours out. */
export interface PageLine {
  post(text: string): void;
  close(): void;
}

/** Listens to the meeting page in `contents` for as long as it shows `origin`, and can speak to it. */
export function openPageLine(
  contents: WebContents,
  origin: string,
  onMessage: (text: string) => void,
): PageLine {
  const listener = (event: IpcMainEvent, text: unknown) => {
    if (isFrom(event, contents, origin) && typeof text === 'string') onMessage(text);
  };
  ipcMain.on(PAGE_MESSAGE_CHANNEL, listener);
  return {
    post(text) {
      if (!contents.isDestroyed() && originOf(contents.mainFrame.url) === origin) {
        contents.send(PAGE_POST_CHANNEL, text);
      }
    },
    close() {
      ipcMain.removeListener(PAGE_MESSAGE_CHANNEL, listener);
    },
  };
}
