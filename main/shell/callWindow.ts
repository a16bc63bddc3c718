/**
 * What becomes of the window while a call is on. Closed or minimised it goes away and the call stays: the compact bar or
 * the tray icon stand in for it. There is always one of the three. Quitting asks first, and hangs up before it quits.
 */
import { app, type BrowserWindow } from 'electron';
import type { CallState } from '../../shared/callState';
import type { CompactBar } from './compactBar';
import type { QuitAnswer } from './quitQuestion';
import type { TrayIcon } from './trayIcon';

/** Longest wait for a call to end before the app quits, in ms. A call itself gives its page 2 s for the goodbye. */
const HANG_UP_WITHIN_MS = 3_000;

export interface CallWindowParts {
  window: BrowserWindow;
  bar: Pick<CompactBar, 'isOpen' | 'open' | 'close'>;
  tray: Pick<TrayIcon, 'isShown' | 'hide'>;
  /** Draws the tray icon anew. */
  showTray: () => void;
  barWanted: () => boolean;
  call: () => CallState;
  leave: () => void;
  /** Ends a call at once: there is no time for more. */
  abandon: () => void;
  ask: (over: AbortSignal) => Promise<QuitAnswer>;
}

/** Whether somebody is, or is about to be, heard. */
export const isOn = ({ phase }: CallState) =>
  phase === 'requesting' || phase === 'checking' || phase === 'connecting' || phase === 'joined';

export class CallWindow {
  readonly #parts: CallWindowParts;
  #dismissed = false;
  /** The user has closed the window while a call was on: it is over with the call. */
  #closed = false;
  /** The page waits for the user to do something on it. */
  #wanted = false;
  #question: AbortController | undefined;
  /** Quitting is decided. */
  #quitting = false;
  #onOver: (() => void) | undefined;

  constructor(parts: CallWindowParts) {
    this.#parts = parts;
    const { window } = parts;
    window.on('close', (event) => this.#onClose(event));
    window.on('minimize', () => this.update());
    window.on('hide', () => this.update());
    window.on('restore', () => this.#onBack());
    window.on('show', () => this.#onBack());
    app.on('before-quit', (event) => this.#onBeforeQuit(event));
  }

  /** Shows the window again, wherever it is. */
  show(): void {
    const { window } = this.#parts;
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** Puts the bar away until the window has been back; without a tray icon the window comes back. */
  dismissBar(): void {
    this.#dismissed = true;
    this.update();
    if (this.#closed && !this.#parts.tray.isShown) this.show();
  }

  /** Quits without a question: a signal, or the system, has told it to. Hangs up first. */
  async quitUnasked(): Promise<void> {
    await this.#hangUp();
    this.#quitting = true;
    app.quit();
  }

  /** Brings bar and tray to what the call and the window are. Call it after every change of either. */
  update(): void {
    const { window, bar, tray, barWanted, showTray } = this.#parts;
    const call = this.#parts.call();
    const on = isOn(call);
    if (!on && call.phase !== 'leaving') this.#onCallOver(call);
    if (on) showTray();
    else if (call.phase !== 'leaving') tray.hide();
    const isAway = () => !window.isDestroyed() && (!window.isVisible() || window.isMinimized());
    const wanted = on && 'meeting' in call && call.meeting.waiting !== undefined;
    const newly = wanted && !this.#wanted;
    this.#wanted = wanted;
    if (newly && isAway()) this.show();
    if (on && isAway() && barWanted() && !this.#dismissed) bar.open();
    else bar.close();
  }

  #onClose(event: Electron.Event): void {
    const { bar, tray, window, barWanted } = this.#parts;
    const call = this.#parts.call();
    if (this.#mayGo(call)) {
      bar.close();
      tray.hide();
      this.#parts.abandon();
      return;
    }
    event.preventDefault();
    if (call.phase === 'leaving') {
      void this.quitUnasked();
      return;
    }
    if (!barWanted() && !tray.isShown) {
      void this.#askThenQuit();
      return;
    }
    this.#closed = true;
    window.hide();
    this.update();
  }

  #onBack(): void {
    this.#dismissed = false;
    this.#closed = false;
    this.update();
  }

  #onCallOver(call: CallState): void {
    this.#onOver?.();
    this.#question?.abort();
    this.#dismissed = false;
    if (!this.#closed || this.#quitting) return;
    // What went wrong must be seen; what ended well ends as closing the window without a call does.
    if (call.phase === 'failed') this.#parts.window.showInactive();
    else app.quit();
  }

  #onBeforeQuit(event: Electron.Event): void {
    const call = this.#parts.call();
    if (this.#mayGo(call)) {
      this.#quitting = true;
      return;
    }
    event.preventDefault();
    void (call.phase === 'leaving' ? this.quitUnasked() : this.#askThenQuit());
  }

  /** Whether the app may end without a word to anybody. */
  #mayGo(call: CallState): boolean {
    return this.#quitting || (!isOn(call) && call.phase !== 'leaving');
  }

  async #askThenQuit(): Promise<void> {
    if (this.#question !== undefined) return;
    const question = new AbortController();
    this.#question = question;
    const answer = await this.#parts.ask(question.signal);
    this.#question = undefined;
    if (answer === 'leave') await this.quitUnasked();
  }

  /** Resolves once the call is over, or has had time enough. */
  async #hangUp(): Promise<void> {
    if (this.#mayGo(this.#parts.call())) return;
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => {
      this.#onOver = resolve;
      timer = setTimeout(resolve, HANG_UP_WITHIN_MS);
    });
    this.#parts.leave();
    await over;
    clearTimeout(timer);
    this.#onOver = undefined;
  }
}
