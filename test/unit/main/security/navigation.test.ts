/** Where a meeting's page may go and what it may open, with Electron's web contents played. */
import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { keepOnDeployment } from '../../../../main/security/navigation';

const browser = vi.hoisted(() => ({ opened: [] as string[] }));
vi.mock('electron', () => ({
  shell: {
    openExternal: (url: string) => {
      browser.opened.push(url);
      return Promise.resolve();
    },
  },
}));

const ORIGIN = 'https://meet.example.com';
const LOGIN = 'https://login.example.com/oauth';

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];
type Asked = Pick<Parameters<OpenHandler>[0], 'url' | 'disposition'>;

/** As much of web contents as the guards hold on to. */
class PlayedContents extends EventEmitter {
  #open: ((asked: Asked) => { action: string }) | undefined;

  setWindowOpenHandler(handler: (asked: Asked) => { action: string }): void {
    this.#open = handler;
  }

  /** What comes of a page's `window.open`. */
  opens(url: string, disposition: Asked['disposition'] = 'foreground-tab'): string | undefined {
    return this.#open?.({ url, disposition }).action;
  }

  /** Whether a step is stopped. */
  stops(name: 'will-navigate' | 'will-redirect', url: string, isMainFrame = true): boolean {
    const preventDefault = vi.fn();
    this.emit(name, { url, isMainFrame, preventDefault });
    return preventDefault.mock.calls.length > 0;
  }
}

let contents: PlayedContents;
let elsewhere: string[];
let inside: boolean;
let windowsLeft: number;
beforeEach(() => {
  contents = new PlayedContents();
  [elsewhere, inside, windowsLeft] = [[], false, 1];
  browser.opened.length = 0;
  keepOnDeployment(contents as unknown as WebContents, {
    deploymentOrigin: ORIGIN,
    loginWindow: () => (windowsLeft-- > 0 ? {} : undefined),
    isInside: () => inside,
    onSentElsewhere: (host) => elsewhere.push(host),
  });
});

describe('a meeting page that its server sends on', () => {
  it.each(['https://evil.example:8443/room', 'http://meet.example.com/room', `${ORIGIN}.evil.example/room`])(
    'to %s is stopped, and it is told where to',
    (url) => {
      expect(contents.stops('will-redirect', url)).toBe(true);
      expect(elsewhere).toEqual([new URL(url).host]);
      // Neither does the system's browser get an address with a token in it.
      expect(browser.opened).toEqual([]);
    },
  );

  it('within its own origin goes there', () => {
    expect(contents.stops('will-redirect', `${ORIGIN}/other`)).toBe(false);
    expect(elsewhere).toEqual([]);
  });

  it('in a frame of it is its own matter', () => {
    expect(contents.stops('will-redirect', 'https://evil.example/', false)).toBe(false);
    expect(elsewhere).toEqual([]);
  });
});

describe('a meeting page that follows a link', () => {
  it('out is stopped, and the browser has it', () => {
    expect(contents.stops('will-navigate', 'https://other.example/')).toBe(true);
    expect(browser.opened).toEqual(['https://other.example/']);
  });

  it('within its own origin goes there', () => {
    expect(contents.stops('will-navigate', `${ORIGIN}/other`)).toBe(false);
    expect(browser.opened).toEqual([]);
  });
});

describe('a meeting page that opens a window', () => {
  it('before it is in its room signs in', () => {
    expect(contents.opens(LOGIN)).toBe('allow');
    expect(browser.opened).toEqual([]);
  });

  it('in its room follows a link, which the browser has', () => {
    inside = true;
    expect(contents.opens(LOGIN)).toBe('deny');
    expect(browser.opened).toEqual([LOGIN]);
  });

  it('in its room with a size of its own signs in', () => {
    inside = true;
    expect(contents.opens(LOGIN, 'new-window')).toBe('allow');
    expect(browser.opened).toEqual([]);
  });

  it('when there are enough gets none, and the browser nothing', () => {
    windowsLeft = 0;
    expect(contents.opens(LOGIN)).toBe('deny');
    expect(browser.opened).toEqual([]);
  });

  it.each(['file:///etc/passwd', 'smb://host/share'])('on %s gets none, and no program', (url) => {
    expect(contents.opens(url)).toBe('deny');
    expect(browser.opened).toEqual([]);
  });

  it('of another’s page within its own never gets one', () => {
    const preventDefault = vi.fn();
    contents.emit('will-attach-webview', { preventDefault });
    expect(preventDefault).toHaveBeenCalled();
  });
});
