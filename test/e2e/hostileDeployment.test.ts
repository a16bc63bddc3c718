/** A deployment that turns against who calls by it: its page may run any script, and answers for none of it. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SCOPE } from '../../shared/jitsi/limits';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';
import { type OtherSite, startOtherSite } from '../support/otherSite';

/** So many windows a page may have at a time. */
const LOGIN_WINDOWS = 2;

/** Links to programs and files, none of which is a web page. */
const PROGRAMS = [
  'file:///etc/passwd',
  'parley-app://shell/index.html',
  'parley://join/evil',
  'mailto:all@example.com',
  'tel:112',
  'ssh://127.0.0.1',
  'vscode://file/etc/passwd',
  'ms-msdt:/id',
  'javascript:alert(1)',
  'data:text/html,<h1>toolbar</h1>',
];

describe('a hostile deployment', () => {
  let deployment: JitsiDeployment;
  let elsewhere: OtherSite;
  let other: string;
  let desktop: DesktopApp;
  let page: Page;
  let room: string;

  beforeAll(async () => {
    deployment = await startDeployment({ tokenRequired: false });
    elsewhere = await startOtherSite();
    other = elsewhere.url;
    desktop = await startDesktop({ env: { PARLEY_FREE_URL: deployment.url } });
    // In the place of the system browser, which is not to open hundreds of pages here.
    await desktop.app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = (url: string) => {
        opened.push(url);
        return Promise.resolve();
      };
    });
  });
  afterAll(async () => {
    await desktop.close();
    await deployment.stop();
    elsewhere.stop();
  });

  beforeEach(async () => {
    await desktop.app.evaluate(() => {
      (globalThis as unknown as { opened: string[] }).opened.length = 0;
    });
    if (!(await desktop.button('Leave call').isVisible())) {
      room = await desktop.startFreeCall();
      page = await desktop.meeting();
    }
  });
  const opened = () => desktop.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
  /** Waits until main has heard everything that the page has done so far. */
  const settled = async () => {
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    await desktop.app.evaluate(() => new Promise((done) => setTimeout(done, 200)));
  };
  const say = (data: object) =>
    page.evaluate(
      (text) => window.postMessage(text, '*'),
      JSON.stringify({
        ...{ postis: true, scope: SCOPE, method: 'message' },
        params: { type: 'event', data },
      }),
    );

  it('opens no program and reads no file, by whatever kind of link', async () => {
    const before = page.url();
    const windows = desktop.app.windows().length;
    for (const link of PROGRAMS) {
      await page.evaluate((href) => {
        const open = (features?: string) => window.open(href, '_blank', features);
        for (const attempt of [
          () => open(),
          () => open('width=300,height=200'),
          () =>
            document.body
              .appendChild(Object.assign(document.createElement('a'), { href, target: '_blank' }))
              .click(),
          () => document.body.appendChild(Object.assign(document.createElement('iframe'), { src: href })),
          () => (location.href = href),
        ]) {
          try {
            attempt();
          } catch {
            // The page's own browser refuses some by itself.
          }
        }
      }, link);
    }
    await settled();
    expect(await opened()).toEqual([]);
    expect(page.url()).toBe(before);
    expect(desktop.app.windows()).toHaveLength(windows);
    const read = await page.evaluate(() =>
      Promise.all(
        ['file:///etc/passwd', 'parley-app://shell/index.html'].map((address) =>
          fetch(address, { mode: 'no-cors' }).then(
            () => 'read',
            () => 'refused',
          ),
        ),
      ),
    );
    expect(read).toEqual(['refused', 'refused']);
    await desktop.status.getByText(/In call/).waitFor();
  });

  it('opens no flood of pages in the system browser, nor of windows', async () => {
    await page.evaluate((link) => {
      for (let count = 0; count < 200; count += 1) window.open(`${link}/${count}`, '_blank');
      for (let count = 0; count < 20; count += 1) window.open(link, `w${count}`, 'width=200,height=200');
    }, other);
    await settled();
    expect((await opened()).length).toBeLessThanOrEqual(10);
    const windows = await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(windows).toBeLessThanOrEqual(1 + LOGIN_WINDOWS);
    await desktop.leave();
    await expect
      .poll(() => desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length))
      .toBe(1);
  });

  it('cannot lay a window over everything, nor open one that cannot be seen or closed', async () => {
    const made = desktop.app.waitForEvent('window');
    await page.evaluate(
      (link) =>
        window.open(
          link,
          'spoof',
          'width=900,height=120,frame=no,titleBarStyle=hidden,transparent=yes,alwaysOnTop=yes,kiosk=yes,' +
            'fullscreen=yes,show=no,skipTaskbar=yes,closable=no,movable=no,opacity=0,modal=yes,type=notification,' +
            'nodeIntegration=yes,sandbox=no,contextIsolation=no,webviewTag=yes,preload=/etc/passwd,title=Parley',
        ),
      `${other}/login`,
    );
    const login = await made;
    await login.waitForURL(`${other}/login`);
    const found = await desktop.app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find((each) =>
        each.webContents.getURL().endsWith('/login'),
      );
      if (window === undefined) return undefined;
      return {
        ...{ onTop: window.isAlwaysOnTop(), kiosk: window.isKiosk(), full: window.isFullScreen() },
        ...{ visible: window.isVisible(), opacity: window.getOpacity(), modal: window.isModal() },
        ...{
          closable: window.isClosable(),
          movable: window.isMovable(),
        },
      };
    });
    expect(found).toEqual({
      ...{ onTop: false, kiosk: false, full: false },
      ...{ visible: true, opacity: 1, modal: false },
      ...{ closable: true, movable: true },
    });
    expect(
      await login.evaluate(() => ['require', 'process', 'parley'].filter((name) => name in window)),
    ).toEqual([]);
    // The host stands in its title, whatever the page calls itself.
    await login.evaluate(() => (document.title = 'Parley'));
    await settled();
    const title = await desktop.app.evaluate(
      ({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()
          .find((each) => each.webContents.getURL().endsWith('/login'))
          ?.getTitle() ?? '',
    );
    expect(title).toContain(new URL(other).host);
    const closed = login.waitForEvent('close');
    await login.evaluate(() => window.close());
    await closed;
  });

  it('cannot cover the toolbar by full screen, hold the pointer, or name the window', async () => {
    const title = () =>
      desktop.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => window.getTitle()),
      );
    const before = await title();
    const refusals = await page.evaluate(async () => {
      const attempt = (promise: Promise<unknown> | undefined) =>
        Promise.race([
          (promise ?? Promise.reject(new Error('none'))).then(
            () => 'granted',
            () => 'refused',
          ),
          new Promise((resolve) => setTimeout(() => resolve('unanswered'), 1_000)),
        ]);
      document.title = 'Muted - Parley';
      window.resizeTo(10_000, 10_000);
      window.moveTo(0, 0);
      const keyboard = (navigator as unknown as { keyboard?: { lock(): Promise<void> } }).keyboard;
      return {
        full: await attempt(document.documentElement.requestFullscreen()),
        keyboard: await attempt(keyboard?.lock()),
        lock: await attempt(
          new Promise((yes, no) => {
            document.addEventListener('pointerlockchange', yes, { once: true });
            document.addEventListener('pointerlockerror', no, { once: true });
            void document.body.requestPointerLock();
          }),
        ),
      };
    });
    expect([refusals.full, refusals.lock]).not.toContain('granted');
    expect(await title()).toEqual(before);
    const full = await desktop.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().some((window) => window.isFullScreen()),
    );
    expect(full).toBe(false);
    await desktop.button('Leave call').waitFor();
  });

  it('does not make the toolbar lie about the microphone, by whatever it says and however often', async () => {
    for (let round = 0; round < 5; round += 1) {
      for (const muted of [true, false]) await say({ name: 'audio-mute-status-changed', muted });
      await say({ name: 'audio-availability-changed', available: false });
    }
    await page.evaluate((scope) => {
      const send = (params: unknown) =>
        window.postMessage(JSON.stringify({ postis: true, scope, method: 'message', params }), '*');
      for (let count = 0; count < 20_000; count += 1) {
        send({ type: 'event', data: { name: 'audio-mute-status-changed', muted: count % 2 === 0 } });
        send({ type: 'response', id: String(count), result: true });
      }
      send({ type: 'event', data: { name: 'mic-error', type: 'x'.repeat(60_000) } });
    }, SCOPE);
    await settled();
    await desktop.microphoneMuted(false);
    await desktop.button('Mute microphone').click();
    await deployment.waitFor(room, ([person]) => person?.audioMuted === true);
    await desktop.microphoneMuted(true);
    await desktop.button('Mute microphone').click();
    await deployment.waitFor(room, ([person]) => person?.audioMuted === false);
    await desktop.microphoneMuted(false);
  });

  it('does not keep the microphone after leaving, however it resists', async () => {
    await page.evaluate((link) => {
      // It does not hear "hang up", asks not to be closed, and opens what might outlive it.
      window.addEventListener('message', (event) => event.stopImmediatePropagation(), true);
      window.addEventListener('beforeunload', (event) => event.preventDefault());
      window.addEventListener('pagehide', () => {
        for (const end = Date.now() + 20_000; Date.now() < end;);
      });
      void navigator.mediaDevices
        .getUserMedia({ audio: true })
        .then((stream) => Object.assign(window, { stream }));
      window.open(`${link}/keeper`, 'keeper', 'width=300,height=200');
    }, deployment.url);
    const processes = await desktop.app.evaluate(({ webContents }) =>
      webContents
        .getAllWebContents()
        .filter((contents) => contents.getURL().startsWith('http'))
        .map((contents) => contents.getOSProcessId()),
    );
    await desktop.leave();
    await expect
      .poll(() =>
        desktop.app.evaluate(({ webContents }) =>
          webContents.getAllWebContents().map((each) => each.getURL()),
        ),
      )
      .toEqual([expect.stringMatching(/^parley-app:/)]);
    const alive = () => desktop.app.evaluate(({ app }) => app.getAppMetrics().map(({ pid }) => pid));
    await expect.poll(async () => (await alive()).filter((pid) => processes.includes(pid))).toEqual([]);
    expect(deployment.rooms().get(room) ?? []).toEqual([]);
  });

  it('sends the page nowhere, and leaks nothing to where it would', async () => {
    const before = elsewhere.asked.length;
    await page.evaluate((link) => {
      location.href = `${link}/stolen${location.hash}`;
    }, other);
    await settled();
    expect(elsewhere.asked.slice(before).filter((path) => path.startsWith('/stolen'))).toEqual([]);
    expect(new URL(page.url()).origin).toBe(deployment.url);
    await desktop.leave();
  });
});
