/**
 * The only file that listens to renderers. Whatever comes in is checked for its sender - the very frame, and the origin
 * that frame shows now - before anything looks at it, and parsed before anything trusts it.
 */
import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron';
import {
  COMMAND_CHANNEL,
  PAGE_MESSAGE_CHANNEL,
  PAGE_POST_CHANNEL,
  PANEL_CHANNEL,
  SNAPSHOT_CHANNEL,
} from '../../shared/ipc/channels';
import type { CommandName, NamedPanel } from '../../shared/ipc/commands';
import type { Snapshot } from '../../shared/ipc/snapshot';
import { MESSAGE_MAX } from '../../shared/jitsi/limits';
import { log } from '../log';
import { originOf } from './origin';

/** Carries out one command; parsing `name` and `argument` is its own first step. */
export type CommandHandler = (name: unknown, argument: unknown) => unknown;

/** Whether a message comes from the top frame of `contents` while that shows `origin`. */
function isFrom(event: IpcMainEvent | IpcMainInvokeEvent, contents: WebContents, origin: string): boolean {
  const frame = event.senderFrame;
  if (contents.isDestroyed() || event.sender !== contents) return false;
  return frame !== null && frame === contents.mainFrame && originOf(frame.url) === origin;
}

interface OwnPage {
  contents: WebContents;
  /** What it may ask; absent: everything. */
  may: ReadonlySet<CommandName> | undefined;
}

/** The app's own pages: which web contents they are, what each of them may ask, and the snapshots they get. */
export class OwnPages {
  readonly #origin: string;
  readonly #pages = new Set<OwnPage>();

  /** @param origin of all of them, as the sender check compares it. */
  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Lets one more page send commands, or only some of them, until it is gone. */
  admit(contents: WebContents, may?: readonly CommandName[]): void {
    const page = { contents, may: may && new Set(may) };
    this.#pages.add(page);
    contents.once('destroyed', () => this.#pages.delete(page));
  }

  /** Answers commands. `wire` is called with the first of them and gives the handler; all wait for it. */
  answer(wire: () => Promise<CommandHandler>): void {
    let ready: Promise<CommandHandler> | undefined;
    ipcMain.handle(COMMAND_CHANNEL, async (event, name: unknown, argument: unknown) => {
      const page = [...this.#pages].find(({ contents }) => isFrom(event, contents, this.#origin));
      if (page === undefined) {
        log.warn('ipc.refused', { channel: COMMAND_CHANNEL });
        throw new Error('This page may not send commands.');
      }
      if (page.may?.has(name as CommandName) === false) {
        log.warn('ipc.refused', { channel: COMMAND_CHANNEL, command: String(name).slice(0, 40) });
        throw new Error('This page may not send this command.');
      }
      ready ??= wire();
      const handle = await ready;
      return handle(name, argument);
    });
  }

  /** Pushes a snapshot to all that are still there. */
  push(snapshot: Snapshot): void {
    this.#send(SNAPSHOT_CHANNEL, snapshot);
  }

  /** Has the toolbar's page open one of its panels. */
  openPanel(panel: NamedPanel): void {
    this.#send(PANEL_CHANNEL, panel);
  }

  #send(channel: string, message: unknown): void {
    for (const { contents } of this.#pages) if (!contents.isDestroyed()) contents.send(channel, message);
  }
}

/** What a meeting page may say at all. Its preload sees to that too, but lives in the page's own process. */
const isPageText = (text: unknown): text is string => typeof text === 'string' && text.length <= MESSAGE_MAX;

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
    if (isFrom(event, contents, origin) && isPageText(text)) onMessage(text);
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
