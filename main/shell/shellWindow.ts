/** The one window: the toolbar's page, and room for a meeting view beneath it. */
import { join } from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Language } from '../../shared/languages';
import { isLoopbackHost } from '../../shared/webUrl';
import { SURFACE } from '../../shared/theme';
import { log } from '../log';
import { SHELL_ORIGIN, SHELL_URL } from '../security/appScheme';
import { keepInPlace } from '../security/navigation';
import { PAGE_PREFERENCES } from '../security/pagePreferences';
import { ShellPermissions } from '../security/shellPermissions';
import { wasOpenedAtLogin } from './atLogin';
import { comeBack } from './comeBack';
import { isReachable, MIN_SIZE, readWindowPlace, writeWindowPlace } from './windowBounds';

const DEFAULT_SIZE = { width: 1080, height: 720 } as const;

/** The surface colour of the theme in force. */
export const surfaceColour = () => (nativeTheme.shouldUseDarkColors ? SURFACE.dark : SURFACE.light);

export interface ShellWindow {
  window: BrowserWindow;
  /** Origin of the toolbar's page, as the sender check compares it. */
  origin: string;
  permissions: ShellPermissions;
}

/**
 * Opens the window and starts loading its page.
 *
 * @param language in which the page paints first.
 * @param devServer address of the development server (loopback), which then serves the page instead.
 */
export function openShellWindow(
  userData: string,
  preload: string,
  language: Language,
  devServer: string | undefined,
): ShellWindow {
  const place = readWindowPlace(userData);
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
  const remembered = place !== undefined && isReachable(place.bounds, areas) ? place.bounds : DEFAULT_SIZE;
  const window = new BrowserWindow({
    ...remembered,
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    title: 'Parley',
    backgroundColor: surfaceColour(),
    autoHideMenuBar: true,
    webPreferences: { ...PAGE_PREFERENCES, preload },
  });
  if (place?.maximized === true) window.maximize();
  if (wasOpenedAtLogin(process.platform, process.argv)) window.minimize();

  keepInPlace(window.webContents);
  comeBack(window.webContents);
  window.on('page-title-updated', (event) => event.preventDefault());
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(surfaceColour());
  });
  rememberPlace(window, userData);

  const local =
    devServer !== undefined && isLoopbackHost(new URL(devServer).hostname) ? devServer : undefined;
  const origin = local === undefined ? SHELL_ORIGIN : new URL(local).origin;
  const permissions = new ShellPermissions(window.webContents.session, window.webContents, origin);
  // English is what the page speaks unasked.
  void window.loadURL(`${local ?? SHELL_URL}${language === 'en' ? '' : `?lang=${language}`}`);
  return { window, origin, permissions };
}

/** Waits for the end of a drag before writing, in ms. */
const SETTLE_MS = 500;

function rememberPlace(window: BrowserWindow, userData: string): void {
  let timer: NodeJS.Timeout | undefined;
  const write = () => {
    clearTimeout(timer);
    if (window.isDestroyed()) return;
    try {
      writeWindowPlace(userData, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
    } catch (error) {
      log.warn('window.place-not-written', { reason: String(error) });
    }
  };
  const writeSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(write, SETTLE_MS);
  };
  window.on('resize', writeSoon);
  window.on('move', writeSoon);
  window.on('close', write);
}

/** The toolbar's preload and page, beside the built main file. */
export const shellPaths = (mainDirectory: string) => ({
  preload: join(mainDirectory, '../preload/shell.cjs'),
  meetingPreload: join(mainDirectory, '../preload/meeting.cjs'),
  page: join(mainDirectory, '../renderer'),
});
