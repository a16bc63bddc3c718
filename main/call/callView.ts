/** The view that hosts one meeting page: made for a call, gone with it. */
import type { BrowserWindow, Rectangle, WebContents } from 'electron';
import type { CallFailure } from '../../shared/failure';
import type { MediaReport } from '../../shared/lineQuality';
import { log } from '../log';
import { openPageLine } from '../security/ipc';
import { withToken } from '../../shared/jitsi/meetingUrl';
import {
  closeWhenDead,
  LOGIN_WINDOWS_MAX,
  loginWindowOptions,
  nameByHost,
  watchForToken,
} from '../security/loginWindow';
import { type AskForScreen, leaveMeetingSession, openMeetingSession } from '../security/meetingSession';
import { keepOnDeployment, keepOnWeb } from '../security/navigation';
import { moveFocusByKey } from '../shell/focusKey';
import { READ_MEDIA_REPORT, readMediaReport } from './mediaReport';
import { READ_RECEIVED, readReceived } from './mediaTraffic';
import { networkFaultOf } from './networkFault';
import type { MeetingPlace } from './meetingPlace';
import { watchXmpp, type XmppSign } from './xmppTraffic';

export interface CallViewEvents {
  /** One message of the page, as text, from the page's top frame on the deployment's origin. */
  onMessage: (text: string) => void;
  /** The page cannot be had, or is gone. Comes at most once. */
  onFailure: (failure: CallFailure) => void;
  /** The page has loaded itself anew, or another of its deployment, which loses the token in its address. */
  onReloaded: (url: string) => void;
  /** What is seen of the page's XMPP connection. */
  onXmpp: (sign: XmppSign) => void;
  /** Whether the page is in its room. */
  isInside: () => boolean;
}

/** A meeting page on screen or off it. */
export interface CallView {
  /** Says something to the page, as text. */
  post(text: string): void;
  /** What the page measures of its sound and picture. Never rejects; a page that hangs never answers. */
  readMedia(): Promise<MediaReport | undefined>;
  /** How much sound and picture has come in at the page so far, in bytes. The same holds for it. */
  readReceived(): Promise<number | undefined>;
  /** Where it shows, in DIPs of the window's content; `undefined` hides it while it runs on. */
  place(bounds: Rectangle | undefined): void;
  /** Gives it the keyboard, as soon as it shows: one that is hidden cannot take it. */
  focus(): void;
  /** Ends the page, its devices and its session's data. */
  close(): void;
}

export interface CallViewOptions extends CallViewEvents {
  window: BrowserWindow;
  /** The page's address, with the token in its hash. */
  url: string;
  /** Where it is opened. Nothing was opened there before. */
  place: MeetingPlace;
  askForScreen: AskForScreen;
  /** Makes Parley's shortcuts count while the page has the keyboard. */
  listenToKeys: (contents: WebContents) => void;
}

/** Opens a meeting page, hidden until it is placed. */
export function openCallView(options: CallViewOptions): CallView {
  const { window, url, place } = options;
  const { origin, host } = new URL(url);
  const { session, slot } = place;
  const { contents } = slot;
  openMeetingSession(session, origin, (asking) => asking === contents, options.askForScreen);

  let shown = false;
  let focusWanted = false;
  let over = false;
  const failOnce = (failure: CallFailure) => {
    if (over) return;
    over = true;
    options.onFailure(failure);
  };

  const line = openPageLine(contents, origin, options.onMessage);
  const closeLogins = new Set<() => void>();
  keepOnDeployment(contents, {
    deploymentOrigin: origin,
    loginWindow: () =>
      closeLogins.size < LOGIN_WINDOWS_MAX ? loginWindowOptions(window, session) : undefined,
    isInside: options.isInside,
    onSentElsewhere: (elsewhere) => failOnce({ code: 'deployment-error', host, detail: elsewhere }),
  });
  contents.on('did-create-window', (login) => {
    const close = () => login.destroy();
    closeLogins.add(close);
    keepOnWeb(login.webContents);
    nameByHost(login, host);
    closeWhenDead(login);
    watchForToken(login.webContents, url, (token) => {
      if (over || options.isInside()) return;
      for (const closeLogin of closeLogins) closeLogin();
      load(withToken(url, token));
    });
    login.once('closed', () => closeLogins.delete(close));
  });
  watchForFailure(contents, host, failOnce);
  const load = loadBy(contents, options.onReloaded);
  watchXmpp(session, new URL(url), options.onXmpp);
  options.listenToKeys(contents);
  moveFocusByKey(contents, () => window.webContents.focus());

  load(url);

  return {
    post: (text) => line.post(text),
    readMedia: () => contents.executeJavaScript(READ_MEDIA_REPORT).then(readMediaReport, () => undefined),
    readReceived: () => contents.executeJavaScript(READ_RECEIVED).then(readReceived, () => undefined),
    place(bounds) {
      slot.place(bounds);
      shown = bounds !== undefined;
      if (shown && focusWanted) this.focus();
    },
    focus() {
      focusWanted = !shown;
      if (shown) contents.focus();
    },
    close() {
      over = true;
      line.close();
      for (const closeLogin of closeLogins) closeLogin();
      slot.destroy();
      void leaveMeetingSession(session, origin);
    },
  };
}

/** Chromium's code for a load that was stopped on purpose. */
const ERR_ABORTED = -3;

function watchForFailure(contents: WebContents, host: string, fail: (failure: CallFailure) => void): void {
  contents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    if (!isMainFrame || code === ERR_ABORTED) return;
    fail({ code: 'deployment-unreachable', host, fault: networkFaultOf(description) });
  });
  contents.on('did-navigate', (_event, _url, status) => {
    if (status >= 400) fail({ code: 'deployment-error', host, detail: `HTTP ${status}` });
  });
  contents.on('render-process-gone', (_event, { reason }) => {
    log.warn('page.gone', { reason });
    fail({ code: 'page-crashed' });
  });
  // A page that asks "really leave?" must not hold a call open.
  contents.on('will-prevent-unload', (event) => event.preventDefault());
}

const BLANK = 'about:blank';

/** Gives what loads a meeting's address, and tells of every page that came otherwise. */
function loadBy(contents: WebContents, onReloaded: (url: string) => void): (url: string) => void {
  let loading = false;
  let begun = false;
  contents.on('did-navigate', (_event, url) => {
    if (url === BLANK) return;
    if (!loading) onReloaded(url);
    loading = false;
  });
  // An aborted load is told by `did-fail-load`, where it can be told apart; here it would only be a rejection.
  const show = (url: string) => contents.loadURL(url).catch(() => undefined);
  return (url) => {
    loading = true;
    // The same room with another hash would be a step within the page that is there (measured).
    if (begun) void show(BLANK).then(() => (contents.isDestroyed() ? undefined : show(url)));
    else void show(url);
    begun = true;
  };
}
