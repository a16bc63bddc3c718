/** Windows beside the big one whose process dies: the compact bar is there again, a sign-in's blank window is not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';

describe.runIf(process.platform === 'linux')('in a call', () => {
  let deployment: JitsiDeployment;
  let other: JitsiDeployment;
  let desktop: DesktopApp;
  let room: string;

  beforeAll(async () => {
    deployment = await startDeployment({ tokenRequired: false });
    other = await startDeployment({ tokenRequired: false });
    desktop = await startDesktop({ env: { PARLEY_FREE_URL: deployment.url } });
    room = await desktop.startFreeCall();
  });
  afterAll(async () => {
    await desktop.leave();
    await desktop.close();
    await deployment.stop();
    await other.stop();
  });

  /** Of another site, and so of another process than the meeting's. */
  const signInPage = () => `${other.url.replace('127.0.0.1', 'localhost')}/login`;
  const pages = (part: string) =>
    desktop.app.evaluate(
      ({ webContents }, text) =>
        webContents.getAllWebContents().filter((contents) => contents.getURL().includes(text)).length,
      part,
    );
  const crash = (part: string) =>
    desktop.app.evaluate(
      ({ webContents }, text) =>
        webContents
          .getAllWebContents()
          .find((contents) => contents.getURL().includes(text))
          ?.forcefullyCrashRenderer(),
      part,
    );

  it('a sign-in window that dies is taken away, and another may be opened', async () => {
    const page = await desktop.meeting();
    for (let time = 0; time < 3; time += 1) {
      const made = desktop.app.waitForEvent('window');
      await page.evaluate((link) => void window.open(link, 'login', 'width=400,height=300'), signInPage());
      await (await made).waitForURL(signInPage());
      await crash('/login');
      await expect.poll(() => pages('/login')).toBe(0);
    }
    expect(await desktop.inCall()).toBe(room);
    await desktop.microphoneMuted(false);
  });

  it('the compact bar that dies is there again, and mutes', async () => {
    await desktop.closeWindow();
    const bar = await desktop.bar();
    await bar.getByRole('button', { name: 'Mute microphone' }).waitFor();
    const crashed = bar.waitForEvent('crash');
    await crash('/compactBar.html');
    await crashed;
    // Playwright gives a page that has crashed up, though it is loaded again; so it is used from within.
    const inBar = (script: string) =>
      desktop.app.evaluate(async ({ webContents }, text) => {
        const contents = webContents
          .getAllWebContents()
          .find((each) => each.getURL().includes('/compactBar.html'));
        return (await contents?.executeJavaScript(text)) as unknown;
      }, script);
    const mute = `document.querySelector('[aria-label="Mute microphone"]')`;
    await expect.poll(() => inBar(`${mute}?.getAttribute('aria-pressed')`)).toBe('false');
    await inBar(`${mute}.click()`);
    await deployment.waitFor(room, ([person]) => person?.audioMuted === true);
    await expect.poll(() => inBar(`${mute}?.getAttribute('aria-pressed')`)).toBe('true');
    await desktop.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.webContents.getURL().includes('/index.html'))
        ?.show(),
    );
    await expect.poll(() => pages('/compactBar.html')).toBe(0);
    await desktop.microphoneMuted(true);
  });
});
