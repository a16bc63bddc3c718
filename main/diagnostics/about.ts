import { join } from 'node:path';
import { app, clipboard, shell } from 'electron';
import type { CallState } from '../../shared/callState';
import type { AboutReplies, Versions } from '../../shared/ipc/commands/about';
import type { CredentialState } from '../../shared/ipc/snapshot';
import { lastLogLines } from '../log';
import type { Settings } from '../settings/settings';
import { diagnosticsText } from './diagnostics';
import { LastCall } from './lastCall';
import { licences } from './licences';
import { logFolder } from './logFolder';
import { shownSettings } from './shownSettings';
import { surroundings, versions } from './versions';

/** How many lines of the log a report gets. */
const LOG_LINES = 200;
/** How long it is said that something was copied, in ms. */
const COPIED_MS = 4_000;

export interface AboutParts {
  settings: Settings;
  credential: () => CredentialState;
  /** Opens the panel that shows all this. */
  open: () => void;
  onChange: () => void;
}

/** Parley about itself: versions, licences, logs, and what a report of a fault needs. */
export class About {
  readonly #parts: AboutParts;
  readonly #lastCall = new LastCall();
  #copied: NodeJS.Timeout | undefined;

  constructor(parts: AboutParts) {
    this.#parts = parts;
  }

  /** Diagnostics were copied just now. */
  get copied(): boolean {
    return this.#copied !== undefined;
  }

  get versions(): Versions {
    return versions();
  }

  /** Where the logs are. */
  get logs(): string {
    return logFolder();
  }

  /** Takes every state of the call. */
  follow(call: CallState): void {
    this.#lastCall.follow(call);
  }

  open(): void {
    this.#parts.open();
  }

  licences(): Promise<string> {
    const root = app.getAppPath();
    // Installed, they lie beside the archive (`extraFiles` in electron-builder.yml).
    const notices = app.isPackaged ? join(process.resourcesPath, '../licences') : join(root, 'out');
    return licences({ own: join(root, 'LICENSE'), notices, program: process.execPath });
  }

  async copyDiagnostics(): Promise<void> {
    const { settings, credential, onChange } = this.#parts;
    const text = diagnosticsText({
      at: new Date(),
      versions: versions(),
      surroundings: await surroundings(process.env),
      settings: shownSettings(settings),
      credential: credential(),
      lastCall: this.#lastCall.lines,
      log: await lastLogLines(LOG_LINES),
    });
    // A promise from some version of Electron on.
    void clipboard.writeText(text);
    clearTimeout(this.#copied);
    this.#copied = setTimeout(() => {
      this.#copied = undefined;
      onChange();
    }, COPIED_MS).unref();
    onChange();
  }

  async showLogs(): Promise<AboutReplies['about/show-logs']> {
    const fault = await shell.openPath(logFolder());
    return fault === '' ? undefined : { fault };
  }
}
