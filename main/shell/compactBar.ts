/** The compact bar: a small window that stands in for the big one while that is away and a call is on. */
import { BrowserWindow, nativeTheme, screen, type Point } from 'electron';
import { RAISED } from '../../shared/theme';
import type { CommandName } from '../../shared/ipc/commands';
import { nativeText } from '../i18n/text';
import { log } from '../log';
import type { OwnPages } from '../security/ipc';
import { keepInPlace } from '../security/navigation';
import { PAGE_PREFERENCES } from '../security/pagePreferences';
import { BAR_SIZE, type BarPlace, openingPlace, readBarPlace, snapped, writeBarPlace } from './barPlace';
import { comeBack } from './comeBack';

/** All that the bar's page may ask. */
const MAY: readonly CommandName[] = [
  'snapshot/read',
  'call/microphone',
  'call/camera',
  'call/leave',
  'share/start',
  'share/stop',
  'bar/open-window',
  'bar/move',
  'bar/menu',
  'shortcuts/press',
  'shortcuts/talk',
];

/** Waits for the end of a drag before writing, in ms. */
const SETTLE_MS = 500;

export interface CompactBarParts {
  url: string;
  preload: string;
  userData: string;
  pages: OwnPages;
  /** A new bar, for shortcuts to count in it too. */
  onOpen: (window: BrowserWindow) => void;
  /** The user or the system has closed it. */
  onClosed: () => void;
}

export class CompactBar {
  readonly #parts: CompactBarParts;
  #window: BrowserWindow | undefined;
  #onTop = true;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: CompactBarParts) {
    this.#parts = parts;
  }

  get isOpen(): boolean {
    return this.#window !== undefined;
  }

  get onTop(): boolean {
    return this.#onTop;
  }

  /** Opens it where it was, without taking the keyboard from what the user is doing. */
  open(): void {
    if (this.#window !== undefined) return;
    const { url, preload, userData, pages } = this.#parts;
    const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const place = openingPlace(readBarPlace(userData), areas);
    this.#onTop = place.onTop;
    const window = new BrowserWindow({
      ...BAR_SIZE,
      x: place.x,
      y: place.y,
      title: nativeText('bar.title'),
      frame: false,
      show: false,
      resizable: false,
      maximizable: false,
      minimizable: false,
      fullscreenable: false,
      alwaysOnTop: place.onTop,
      acceptFirstMouse: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? RAISED.dark : RAISED.light,
      webPreferences: { ...PAGE_PREFERENCES, preload },
    });
    this.#window = window;
    keepInPlace(window.webContents);
    comeBack(window.webContents);
    pages.admit(window.webContents, MAY);
    window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true });
    window.on('page-title-updated', (event) => event.preventDefault());
    window.once('ready-to-show', () => window.showInactive());
    window.once('closed', () => {
      if (this.#window !== window) return;
      this.#window = undefined;
      this.#parts.onClosed();
    });
    window.on('moved', () => this.#rememberSoon());
    this.#parts.onOpen(window);
    void window.loadURL(url);
  }

  /** Takes it away: the window is back, the call is over, or the user does not want it. */
  close(): void {
    const window = this.#window;
    if (window === undefined) return;
    this.#remember();
    this.#window = undefined;
    window.destroy();
  }

  /** The user drags it: its corner shall be there, in DIPs of the screen. */
  moveTo(to: Point): void {
    if (this.#window === undefined) return;
    const centre = { x: Math.round(to.x + BAR_SIZE.width / 2), y: Math.round(to.y + BAR_SIZE.height / 2) };
    const { workArea } = screen.getDisplayNearestPoint(centre);
    // With its size: moving alone lets it grow where the screen's scale is not whole (Windows).
    this.#window.setBounds({ ...snapped(to, workArea), ...BAR_SIZE });
    this.#rememberSoon();
  }

  setOnTop(onTop: boolean): void {
    this.#onTop = onTop;
    this.#window?.setAlwaysOnTop(onTop);
    this.#rememberSoon();
  }

  #rememberSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#remember(), SETTLE_MS);
  }

  #remember(): void {
    clearTimeout(this.#timer);
    if (this.#window === undefined || this.#window.isDestroyed()) return;
    const [x = 0, y = 0] = this.#window.getPosition();
    const place: BarPlace = { x, y, onTop: this.#onTop };
    try {
      writeBarPlace(this.#parts.userData, place);
    } catch (error) {
      log.warn('bar.place-not-written', { reason: String(error) });
    }
  }
}
