/**
 * Windows that a meeting page opens for a sign-in. Electron takes every option of a window from the third argument of
 * the page's `window.open` (measured on 25: `kiosk=yes`, `fullscreen=yes`, `modal=yes`, `frame=no`), and so a page could
 * lay something that looks like Parley over Parley. Here each of them that could mislead is set, and with that not taken.
 */
import type { BrowserWindow, BrowserWindowConstructorOptions, Session, WebContents } from 'electron';
import { tokenForRoom } from '../../shared/jitsi/meetingUrl';
import { parseUrl } from '../../shared/webUrl';
import { PAGE_PREFERENCES } from './pagePreferences';

/** Most windows that a meeting page has at a time. */
export const LOGIN_WINDOWS_MAX = 2;

/** What a sign-in window is made with. Its session is the meeting's own: the two must share cookies. */
export function loginWindowOptions(parent: BrowserWindow, session: Session): BrowserWindowConstructorOptions {
  return {
    parent,
    autoHideMenuBar: true,
    ...{ frame: true, titleBarStyle: 'default', titleBarOverlay: false, thickFrame: true, type: 'normal' },
    ...{ show: true, transparent: false, opacity: 1, focusable: true, skipTaskbar: false },
    ...{ modal: false, alwaysOnTop: false, kiosk: false, fullscreen: false, simpleFullscreen: false },
    ...{ closable: true, movable: true, resizable: true, enableLargerThanScreen: false },
    ...{ minWidth: 300, minHeight: 200 },
    webPreferences: { ...PAGE_PREFERENCES, session },
  };
}

/** Puts the host before whatever the page calls itself; a page without one of its own shows the deployment's. */
export function nameByHost(
  login: Pick<BrowserWindow, 'webContents' | 'setTitle' | 'on'>,
  deploymentHost: string,
): void {
  const contents = login.webContents;
  const name = () => {
    const host = parseUrl(contents.getURL())?.host ?? '';
    const title = contents.getTitle();
    login.setTitle(`${host === '' ? deploymentHost : host}${title === '' ? '' : ` - ${title}`}`);
  };
  login.on('page-title-updated', (event) => {
    event.preventDefault();
    name();
  });
  contents.on('did-navigate', name);
  name();
}

/**
 * Tells when a sign-in has come back to the room with a token: it ends there, since the room is shown in the meeting's own
 * view. Whoever is signed in at such a place is for the deployment to say, which checks the token.
 */
export function watchForToken(contents: WebContents, room: string, onToken: (token: string) => void): void {
  const look = (event: { url: string; isMainFrame?: boolean; preventDefault: () => void }) => {
    const token = event.isMainFrame === false ? undefined : tokenForRoom(event.url, room);
    if (token === undefined) return;
    event.preventDefault();
    // Not within the event: whoever is told takes the window away, and Chromium still reads it here.
    setImmediate(() => onToken(token));
  };
  contents.on('will-navigate', look);
  contents.on('will-redirect', look);
}

/** Takes a sign-in window away whose page has died: it would stay blank, and what was sent with it must not be sent again. */
export function closeWhenDead(login: Pick<BrowserWindow, 'webContents' | 'destroy' | 'isDestroyed'>): void {
  login.webContents.once('render-process-gone', () => {
    // Not within the event: Chromium still reads what is destroyed here.
    setImmediate(() => {
      if (!login.isDestroyed()) login.destroy();
    });
  });
}
