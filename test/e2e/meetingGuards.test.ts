import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';
import { type OtherSite, startOtherSite } from '../support/otherSite';

/** Electron tells what a page was really made with, though its types do not say so. */
interface Inspectable {
  getLastWebPreferences(): {
    sandbox?: boolean;
    contextIsolation?: boolean;
    nodeIntegration?: boolean;
    webviewTag?: boolean;
    webSecurity?: boolean;
    preload?: string;
  };
}

/** What a meeting page may do to the app around it: next to nothing. */
describe('the meeting page', () => {
  let deployment: JitsiDeployment;
  let elsewhere: OtherSite;
  let other: string;
  let desktop: DesktopApp;
  let page: Page;

  beforeAll(async () => {
    deployment = await startDeployment({ tokenRequired: false });
    elsewhere = await startOtherSite();
    other = elsewhere.url;
    desktop = await startDesktop({ env: { PARLEY_FREE_URL: deployment.url } });
    await desktop.freeSwitch.click();
    await desktop.button('Use free Jitsi').click();
    await desktop.button('Start voice call').click();
    await desktop.inCall();
    await desktop.microphoneMuted(false);
    page = await desktop.meeting();
  });
  afterAll(async () => {
    await desktop.close();
    await deployment.stop();
    elsewhere.stop();
  });

  /** Takes the place of the system browser, and keeps what it was to open. */
  beforeEach(() =>
    desktop.app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = (url: string) => {
        opened.push(url);
        return Promise.resolve();
      };
    }),
  );
  const opened = () => desktop.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);

  it('is sandboxed and isolated, in a session in memory, and so is the toolbar', async () => {
    const preferences = await desktop.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => {
        const { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity } = (
          contents as unknown as Inspectable
        ).getLastWebPreferences();
        return {
          safe: sandbox && contextIsolation && !nodeIntegration && !webviewTag && webSecurity !== false,
          inMemory: contents.session.storagePath === null,
          meeting: contents.getURL().startsWith('http:'),
        };
      }),
    );
    expect(preferences).toHaveLength(2);
    expect(preferences.every(({ safe }) => safe)).toBe(true);
    expect(preferences.find(({ meeting }) => meeting)?.inMemory).toBe(true);
  });

  it('gets nothing of ours on its window', async () => {
    const found = await page.evaluate(() =>
      ['parley', 'require', 'process', 'electron', 'ipcRenderer'].filter((name) => name in window),
    );
    expect(found).toEqual([]);
  });

  it('may use microphone and camera, of the screen what the user picks, and nothing else', async () => {
    const asked = page.evaluate(async () => {
      const ask = (promise: Promise<unknown>) =>
        promise.then(
          () => 'granted',
          () => 'refused',
        );
      return {
        microphone: await ask(navigator.mediaDevices.getUserMedia({ audio: true })),
        camera: await ask(navigator.mediaDevices.getUserMedia({ video: true })),
        screen: await ask(navigator.mediaDevices.getDisplayMedia()),
        place: await ask(new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, no))),
        notifications: await Notification.requestPermission(),
        clipboard: await ask(navigator.clipboard.readText()),
        midi: await ask(navigator.requestMIDIAccess({ sysex: true })),
      };
    });
    await desktop.shell.getByRole('heading', { name: 'Show your screen' }).waitFor();
    await desktop.button('Cancel').click();
    expect(await asked).toEqual({
      microphone: 'granted',
      camera: 'granted',
      screen: 'refused',
      place: 'refused',
      notifications: 'denied',
      clipboard: 'refused',
      midi: 'refused',
    });
  });

  it('leaves its deployment only for the system browser, and only by web links', async () => {
    const before = page.url();
    for (const link of [
      `${other}/page`,
      'file:///etc/passwd',
      'smb://127.0.0.1/share',
      'parley-app://shell/index.html',
    ]) {
      await page.evaluate((href) => {
        location.href = href;
      }, link);
    }
    await expect.poll(opened).toEqual([`${other}/page`]);
    expect(page.url()).toBe(before);
    await desktop.status.getByText(/In call/).waitFor();
  });

  it('opens links in the system browser, and a window of a size as a sandboxed login', async () => {
    await page.evaluate((link) => window.open(link, '_blank'), `${other}/docs`);
    await expect.poll(opened).toEqual([`${other}/docs`]);

    const login = desktop.app.waitForEvent('window');
    await page.evaluate((link) => window.open(link, 'login', 'width=400,height=300'), `${other}/login`);
    const popup = await login;
    await popup.waitForURL(`${other}/login`);
    const [preferences, microphone] = await Promise.all([
      desktop.app.evaluate(({ webContents }) => {
        const all = webContents.getAllWebContents();
        const own = all.find((contents) => contents.getURL().endsWith('/login'));
        const meeting = all.find((contents) => contents.getURL().startsWith('http:') && contents !== own);
        const { sandbox, preload } = (own as unknown as Inspectable).getLastWebPreferences();
        return { sandbox, preload, sameSession: own?.session === meeting?.session };
      }),
      popup.evaluate(() =>
        navigator.mediaDevices.getUserMedia({ audio: true }).then(
          () => 'granted',
          () => 'refused',
        ),
      ),
    ]);
    expect(preferences.sandbox).toBe(true);
    expect(preferences.sameSession).toBe(true);
    expect(preferences.preload ?? '').not.toContain('meeting');
    expect(microphone).toBe('refused');

    // It opens no window of its own, and goes to protected addresses alone.
    await popup.evaluate((link) => void window.open(link, 'more', 'width=300,height=200'), `${other}/more`);
    await expect.poll(opened).toEqual([`${other}/docs`, `${other}/more`]);
    const stopped = await desktop.app.evaluateHandle(({ webContents }) => {
      const urls: [url: string, stopped: boolean][] = [];
      const own = webContents.getAllWebContents().find((contents) => contents.getURL().endsWith('/login'));
      // After the guard's own listener.
      own?.on('will-navigate', (event) => urls.push([event.url, event.defaultPrevented]));
      return urls;
    });
    await popup.evaluate(() => (location.href = 'http://plain.example/'));
    await expect.poll(() => stopped.jsonValue()).toEqual([['http://plain.example/', true]]);
    const closed = popup.waitForEvent('close');
    await popup.evaluate(() => window.close());
    await closed;
  });

  it('says what its own page says, and nothing that a frame in it says for it', async () => {
    const say = (name: string, id: string) => {
      const params = { type: 'event', data: { name, id, displayName: id } };
      return JSON.stringify({ postis: true, scope: 'jitsi_meet_external_api_7', method: 'message', params });
    };
    const itself = (text: string) => page.evaluate((each) => window.postMessage(each, '*'), text);
    const people = (count: number) =>
      desktop.shell.locator(`[title^="People in the call: ${count} "]`).waitFor();
    await itself(say('participant-joined', 'nora'));
    await people(2);
    await page.evaluate(() => document.body.append(document.createElement('iframe')));
    const frame = page.frames().find((each) => each !== page.mainFrame());
    await frame?.evaluate((text) => parent.postMessage(text, '*'), say('participant-left', 'nora'));
    // After it: had the frame been heard, there would be two.
    await itself(say('participant-joined', 'carl'));
    await people(3);
  });

  it('finds nothing of the last call in the next, though sessions serve again', async () => {
    const sessions = await desktop.app.evaluateHandle(() => [] as unknown[]);
    const noteSession = () =>
      desktop.app.evaluate(({ webContents }, seen) => {
        const meeting = webContents.getAllWebContents().find((each) => each.getURL().startsWith('http:'));
        if (!seen.includes(meeting?.session)) seen.push(meeting?.session);
        return seen.length;
      }, sessions);
    const kept = () =>
      page.evaluate(async () => ({
        cookie: document.cookie,
        local: localStorage.length,
        caches: await caches.keys(),
        databases: (await indexedDB.databases()).map(({ name }) => name),
      }));
    await noteSession();
    for (let call = 0; call < 3; call += 1) {
      await page.evaluate(async () => {
        document.cookie = 'who=ana; max-age=1000';
        localStorage.setItem('who', 'ana');
        await caches.open('who');
        await new Promise((done) => (indexedDB.open('who').onsuccess = done));
      });
      expect(await kept()).toEqual({ cookie: 'who=ana', local: 1, caches: ['who'], databases: ['who'] });
      await desktop.leave();
      await desktop.button('Start voice call').click();
      await desktop.inCall();
      page = await desktop.meeting();
      await noteSession();
      expect(await kept()).toEqual({ cookie: '', local: 0, caches: [], databases: [] });
    }
    // A call that starts while the last one's session is still being emptied gets another.
    expect(await noteSession()).toBeLessThan(3);
    await sessions.dispose();
    await desktop.leave();
  });
});
