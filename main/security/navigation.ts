/** Where web contents may go, and what happens to everything that wants to go elsewhere. */
import { type BrowserWindowConstructorOptions, shell, type WebContents } from 'electron';
import { isSecureUrl, parseUrl } from '../../shared/webUrl';
import { log } from '../log';

/** So many links open in the system browser within {@link LINKS_WITHIN_MS}: no person follows more, but a page may. */
const LINKS_MAX = 10;
const LINKS_WITHIN_MS = 10_000;
/** When the last ones were opened, in ms. */
const openedAt: number[] = [];

/** Opens a link in the system browser if it is a web address; everything else is dropped, and so is a flood. */
export function openInBrowser(link: string): void {
  const url = parseUrl(link);
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    log.warn('link.dropped', { protocol: url?.protocol });
    return;
  }
  const now = performance.now();
  while ((openedAt[0] ?? now) < now - LINKS_WITHIN_MS) openedAt.shift();
  if (openedAt.length >= LINKS_MAX) {
    log.warn('link.dropped', { reason: 'too many' });
    return;
  }
  openedAt.push(now);
  void shell.openExternal(url.href);
}

/**
 * Opens a provider's sign-in page in the system browser, which the user has asked for. @throws Error when the address is
 * not protected, or there is no browser.
 */
export async function openSignInPage(address: string): Promise<void> {
  const url = parseUrl(address);
  if (url === undefined || !isSecureUrl(url))
    throw new Error('The sign-in page is not on a protected address.');
  await shell.openExternal(url.href);
}

/** Opens the user's mail program with a draft to nobody yet; anything else is dropped. */
export function openMailDraft(link: string): void {
  if (!link.startsWith('mailto:?')) {
    log.warn('link.dropped', { protocol: parseUrl(link)?.protocol });
    return;
  }
  shell.openExternal(link).catch((error: unknown) => log.warn('mail.failed', { reason: String(error) }));
}

/** What a system asks its user about before programs may open it. */
export type GuardedDevice = 'microphone' | 'camera';

/** Where that is decided, by the systems that have a page for it; on Linux no two desktops have the same. */
const PRIVACY_SETTINGS: Partial<Record<NodeJS.Platform, Readonly<Record<GuardedDevice, string>>>> = {
  darwin: {
    microphone: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone',
    camera: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Camera',
  },
  win32: { microphone: 'ms-settings:privacy-microphone', camera: 'ms-settings:privacy-webcam' },
};

/** Whether there is such a page. */
export const hasPrivacySettings = (platform: NodeJS.Platform): boolean =>
  PRIVACY_SETTINGS[platform] !== undefined;

/** Opens it, where there is one. No address comes from anywhere but the table above. */
export function openPrivacySettings(platform: NodeJS.Platform, device: GuardedDevice): void {
  const address = PRIVACY_SETTINGS[platform]?.[device];
  if (address === undefined) return;
  shell
    .openExternal(address)
    .catch((error: unknown) => log.warn('privacy-settings.failed', { reason: String(error) }));
}

/** For contents that show one fixed page of ours: no navigation, no window, no embedded view. */
export function keepInPlace(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** What a meeting page does on its way out. */
export interface MeetingNavigation {
  deploymentOrigin: string;
  /** Options of one more login window; `undefined` when there are enough. */
  loginWindow: () => BrowserWindowConstructorOptions | undefined;
  /** Whether the page is in its room. Before that there is nothing to link to but a sign-in. */
  isInside: () => boolean;
  /** The server sent the page itself on to another origin. */
  onSentElsewhere: (host: string) => void;
}

/**
 * Keeps a meeting view on its deployment's origin. Links out go to the system browser. What a page opens before it is in
 * its room is a login (under Electron the page opens its deployment's sign-in by `window.open(…, '_blank')`: jitsi-meet
 * `react/features/authentication/actions.web.ts`), and so is a window with a size: it gets a sandboxed window that stays
 * on the web.
 */
export function keepOnDeployment(contents: WebContents, navigation: MeetingNavigation): void {
  const isInside = (link: string) => parseUrl(link)?.origin === navigation.deploymentOrigin;

  contents.on('will-navigate', (event) => {
    if (isInside(event.url)) return;
    event.preventDefault();
    openInBrowser(event.url);
  });
  contents.on('will-redirect', (event) => {
    if (!event.isMainFrame || isInside(event.url)) return;
    event.preventDefault();
    navigation.onSentElsewhere(parseUrl(event.url)?.host ?? '');
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url, disposition }) => {
    if ((disposition === 'new-window' || !navigation.isInside()) && isLoginAddress(url)) {
      const options = navigation.loginWindow();
      return options === undefined
        ? { action: 'deny' }
        : { action: 'allow', overrideBrowserWindowOptions: options };
    }
    openInBrowser(url);
    return { action: 'deny' };
  });
}

/** Keeps a login window on the web: other schemes and windows of its own are refused. */
export function keepOnWeb(contents: WebContents): void {
  const guard = (event: { url: string; preventDefault: () => void }) => {
    if (!isLoginAddress(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', guard);
  contents.on('will-redirect', guard);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openInBrowser(url);
    return { action: 'deny' };
  });
}

function isLoginAddress(link: string): boolean {
  if (link === 'about:blank') return true;
  const url = parseUrl(link);
  return url !== undefined && isSecureUrl(url);
}
