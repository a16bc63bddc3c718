/** Electron's security guide, point by point, read back from the running app: its pages, its scheme, and what pages try. */
import { mkdir, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';
import { type OtherSite, startOtherSite } from '../support/otherSite';

/** As the security guide wants it, and as far as Electron reads it back. */
const GUIDE = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
};

/** Electron tells what a page was really made with, though its types do not say so. */
interface Inspectable {
  getLastWebPreferences(): Record<string, unknown>;
}

describe('every page', () => {
  let deployment: JitsiDeployment;
  let elsewhere: OtherSite;
  let other: string;
  let desktop: DesktopApp;
  let meeting: Page;

  beforeAll(async () => {
    deployment = await startDeployment({ tokenRequired: false });
    elsewhere = await startOtherSite();
    other = elsewhere.url;
    desktop = await startDesktop({ env: { PARLEY_FREE_URL: deployment.url } });
    // A deployment that sends no policy of its own: what keeps its page in place is ours alone.
    await desktop.app.evaluate(({ app }) =>
      app.on('session-created', (made) =>
        made.webRequest.onHeadersReceived(({ responseHeaders = {} }, answer) => {
          const kept = Object.entries(responseHeaders).filter(
            ([name]) => !/^content-security-policy/i.test(name),
          );
          answer({ responseHeaders: Object.fromEntries(kept) });
        }),
      ),
    );
    await desktop.startFreeCall();
    meeting = await desktop.meeting();
  });
  afterAll(async () => {
    await desktop.leave();
    await desktop.close();
    await deployment.stop();
    elsewhere.stop();
  });

  const inCall = () => desktop.status.getByText(/In call/).waitFor();

  /** A frame in the meeting's page, once it has loaded. */
  const addFrame = (src: string) =>
    meeting.evaluate(async (address) => {
      const frame = document.createElement('iframe');
      frame.allow = 'microphone *; camera *; geolocation *; display-capture *; clipboard-read *';
      frame.src = address;
      document.body.append(frame);
      await new Promise((loaded) => frame.addEventListener('load', loaded, { once: true }));
    }, src);

  it('of a window, a view, a login and the compact bar is made with the same preferences', async () => {
    const opened = desktop.app.waitForEvent('window');
    await meeting.evaluate((link) => window.open(link, 'login', 'width=400,height=300'), `${other}/login`);
    const login = await opened;
    await login.waitForURL(`${other}/login`);
    await desktop.closeWindow();
    await desktop.bar();
    const pages = await desktop.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => ({
        url: contents.getURL(),
        made: (contents as unknown as Inspectable).getLastWebPreferences(),
      })),
    );
    expect(
      pages.map(({ url }) => new URL(url).pathname.replace(/^\/[a-z]+(-[a-z]+)+$/, '/room')).sort(),
    ).toEqual(['/compactBar.html', '/index.html', '/login', '/room']);
    for (const { url, made } of pages) {
      expect(made, url).toMatchObject(GUIDE);
      expect([made['enableBlinkFeatures'] ?? '', made['plugins'] ?? false], url).toEqual(['', false]);
    }
    await login.close();
    await (await desktop.bar()).getByRole('button', { name: 'More, and open Parley' }).waitFor();
    await desktop.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.webContents.getURL().endsWith('/index.html'))
        ?.show(),
    );
    await inCall();
  });

  it('of ours runs the scripts that it names with its nonce, and nothing else', async () => {
    const found = await desktop.shell.evaluate(async (address) => {
      const violated: string[] = [];
      Object.assign(window, { violated });
      document.addEventListener('securitypolicyviolation', (event) =>
        violated.push(event.effectiveDirective),
      );
      const run = (change: (script: HTMLScriptElement) => void) => {
        const script = document.createElement('script');
        change(script);
        document.head.append(script);
      };
      const tried = (what: () => unknown) => {
        try {
          what();
          return 'done';
        } catch {
          return 'refused';
        }
      };
      const clean = () => Reflect.get(window, 'intruded') === undefined;
      const sinks = [
        tried(() => run((script) => (script.text = 'window.intruded = 1'))),
        tried(() => run((script) => (script.src = `${address}/a.js`))),
        tried(() => (document.createElement('div').innerHTML = '<img src=x onerror="window.intruded = 1">')),
      ];
      document.head.append(
        Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${address}/a.css` }),
      );
      document.body.append(Object.assign(new Image(), { src: `${address}/a.png` }));
      document.body.append(Object.assign(document.createElement('iframe'), { src: address }));
      const asked = await fetch(address).then(
        () => 'done',
        () => 'refused',
      );
      const nonce = document.querySelector('script')?.nonce ?? '';
      return { sinks, asked, clean: clean(), nonce };
    }, other);
    expect(found).toMatchObject({ sinks: ['refused', 'refused', 'refused'], asked: 'refused', clean: true });
    const violated = () =>
      desktop.shell.evaluate(() => [...new Set(Reflect.get(window, 'violated') as string[])].sort());
    await expect
      .poll(violated)
      .toEqual(['connect-src', 'frame-src', 'img-src', 'require-trusted-types-for', 'style-src-elem']);
    expect(found.nonce).toMatch(/^[\w-]{22}$/);
  });

  it('of ours is served by its own scheme, whose addresses lead to no other file', async () => {
    const answers = await desktop.app.evaluate(
      async ({ BrowserWindow }, paths) => {
        const window = new BrowserWindow({ show: false });
        const statuses: number[] = [];
        window.webContents.on('did-navigate', (_event, _url, status) => statuses.push(status));
        for (const path of paths) await window.loadURL(`parley-app://${path}`).catch(() => undefined);
        window.destroy();
        return statuses;
      },
      [
        'shell/index.html',
        'shell/../package.json',
        'shell/%2e%2e/%2e%2e/package.json',
        'shell/..%2f..%2fpackage.json',
        'shell/..%5c..%5cpackage.json',
        'shell//etc/passwd',
        'other/index.html',
      ],
    );
    expect(answers).toEqual([200, 404, 404, 404, 404, 404, 404]);
    expect(desktop.shell.url()).toBe('parley-app://shell/index.html');
    const fromMeeting = await meeting.evaluate(() =>
      fetch('parley-app://shell/index.html').then(
        () => 'read',
        () => 'refused',
      ),
    );
    expect(fromMeeting).toBe('refused');
  });

  it('of ours is given no permission', async () => {
    const asked = await desktop.shell.evaluate(async () => {
      const ask = (promise: Promise<unknown>) =>
        promise.then(
          () => 'granted',
          () => 'refused',
        );
      return [
        await ask(navigator.mediaDevices.getUserMedia({ audio: true })),
        await ask(navigator.mediaDevices.getDisplayMedia()),
        await ask(new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, no))),
        await Notification.requestPermission(),
      ];
    });
    expect(asked).toEqual(['refused', 'refused', 'refused', 'denied']);
  });

  it('in a frame of the meeting gets no device and nothing of ours, though the meeting lends it all', async () => {
    for (const src of [`${other}/framed`, `${deployment.url}/static/close.html`]) {
      await addFrame(src);
      const frame = meeting.frames().find((each) => each.url() === src);
      const got = await frame?.evaluate(async () => {
        const ask = (promise: Promise<unknown> | undefined) =>
          Promise.resolve(promise ?? Promise.reject(new Error('none'))).then(
            () => 'granted',
            () => 'refused',
          );
        return {
          microphone: await ask(navigator.mediaDevices.getUserMedia({ audio: true })),
          camera: await ask(navigator.mediaDevices.getUserMedia({ video: true })),
          screen: await ask(navigator.mediaDevices.getDisplayMedia()),
          place: await ask(new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, no))),
          ours: ['parley', 'require', 'process', 'wire'].filter((name) => name in window),
        };
      });
      expect(got, src).toEqual({
        microphone: 'refused',
        camera: 'refused',
        screen: 'refused',
        place: 'refused',
        ours: [],
      });
    }
  });

  it('that tries to go elsewhere, from a frame or by another scheme, leaves the meeting where it is', async () => {
    const opened = await desktop.app.evaluate(({ shell }) => {
      const links: string[] = [];
      Object.assign(globalThis, { links });
      shell.openExternal = (url: string) => {
        links.push(url);
        return Promise.resolve();
      };
      return links;
    });
    expect(opened).toEqual([]);
    const before = meeting.url();
    const frame = meeting.frames().find((each) => each.url().startsWith(other));
    await frame?.evaluate((link) => {
      window.open(link, '_top');
    }, 'file:///etc/passwd');
    for (const link of [
      'mailto:ana@example.com',
      'parley-app://shell/index.html',
      'file:///etc/passwd',
      'javascript:void 0',
    ]) {
      await meeting.evaluate((src) => {
        document.body.append(Object.assign(document.createElement('iframe'), { src }));
      }, link);
    }
    // Chromium asks for leave to start another program, by the session's handler.
    await expect.poll(() => desktop.output).toContain('"permission":"openExternal"');
    expect(await desktop.app.evaluate(() => Reflect.get(globalThis, 'links') as string[])).toEqual([]);
    expect(meeting.url()).toBe(before);
    await inCall();
  });

  it('downloads nothing', async () => {
    const folder = join(homedir(), 'Downloads');
    await mkdir(folder, { recursive: true });
    const before = await readdir(folder);
    await desktop.app.evaluate(({ session, webContents }) => {
      const refused: boolean[] = [];
      Object.assign(globalThis, { refused });
      const page = webContents.getAllWebContents().find((each) => each.getURL().startsWith('http'));
      for (const made of [session.defaultSession, page?.session]) {
        made?.on('will-download', (event) => refused.push(event.defaultPrevented));
      }
    });
    for (const page of [meeting, desktop.shell]) {
      await page.evaluate(() => {
        Object.assign(document.createElement('a'), {
          href: 'data:text/plain,virus',
          download: 'virus.exe',
        }).click();
      });
    }
    const refused = () => desktop.app.evaluate(() => Reflect.get(globalThis, 'refused') as boolean[]);
    await expect.poll(refused).toEqual([true, true]);
    expect(await readdir(folder)).toEqual(before);
  });

  it('is given no Bluetooth device, though Electron would choose one', async () => {
    const chosen = await desktop.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => {
        let [prevented, device] = [false, 'none chosen'];
        const event = { preventDefault: () => (prevented = true) };
        contents.emit(
          'select-bluetooth-device',
          event,
          [{ deviceId: 'a', deviceName: 'A' }],
          (id: string) => (device = id),
        );
        return [prevented, device];
      }),
    );
    expect(chosen.length).toBeGreaterThan(1);
    expect(chosen.every(([prevented, device]) => prevented === true && device === '')).toBe(true);
  });
});
