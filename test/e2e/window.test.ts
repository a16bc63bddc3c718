import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axeFindings';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';

describe('the window', () => {
  let deployment: JitsiDeployment;
  let desktop: DesktopApp;
  const env = () => ({ PARLEY_FREE_URL: deployment.url });

  beforeAll(async () => {
    deployment = await startDeployment({ tokenRequired: false });
    desktop = await startDesktop({ env: env() });
  });
  afterAll(async () => {
    await desktop.close();
    await deployment.stop();
  });

  const bounds = () =>
    desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds());
  const restart = async () => {
    const { profile } = desktop;
    await desktop.app.close();
    desktop = await startDesktop({ env: env(), profile });
  };

  const findings = () => axeFindings(desktop.shell);

  it('has no accessibility fault on any screen, in both themes', async () => {
    // The first run's screen is loaded after the window.
    await desktop.shell.getByRole('heading', { name: 'Before your first call' }).waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await desktop.shell.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await findings()).toEqual([]);
      await desktop.button('Settings').click();
      await desktop.shell.getByText('No token is stored for this lobby.').waitFor();
      expect(await findings()).toEqual([]);
      await desktop.button('Done').click();
      await desktop.button('Join call').click();
      await desktop.button('Join').click();
      await desktop.alert.waitFor();
      expect(await findings()).toEqual([]);
      await desktop.button('Cancel').click();
      await desktop.button('Start voice call').click();
      await desktop.alert.waitFor();
      expect(await findings()).toEqual([]);
      await desktop.button('Done').click();
    }
    await desktop.freeSwitch.click();
    expect(await findings()).toEqual([]);
    await desktop.button('Use free Jitsi').click();
    await desktop.button('Start voice call').click();
    await desktop.inCall();
    await desktop.microphoneMuted(false);
    for (const colorScheme of ['light', 'dark'] as const) {
      await desktop.shell.emulateMedia({ colorScheme });
      expect(await findings()).toEqual([]);
    }
    await desktop.leave();
  });

  it('has room for letters of twice the size', async () => {
    const scale = (size: string) =>
      desktop.shell.evaluate((to) => {
        document.documentElement.style.fontSize = to;
      }, size);
    await scale('162.5%');
    await desktop.button('Settings').click();
    await desktop.field('Lobby address').waitFor();
    const cut = () =>
      desktop.shell.evaluate(() => {
        const boxOf = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
        const overlaps = (one?: DOMRect, other?: DOMRect) =>
          one !== undefined && other !== undefined && one.right > other.left && one.width > 0;
        const words = [...document.querySelectorAll('.settings-nav button')];
        const sections = boxOf('.settings-sections');
        return [
          ...words
            .filter((word) => overlaps(word.getBoundingClientRect(), sections))
            .map(({ textContent }) => textContent),
          ...['.toolbar', '.status-bar'].filter((selector) => {
            const bar = document.querySelector(selector);
            return bar !== null && [...bar.children].some((child) => child.scrollHeight > bar.clientHeight);
          }),
        ];
      });
    expect(await cut()).toEqual([]);
    await scale('');
    await desktop.button('Done').click();
  });

  it('can be used by the keyboard alone', async () => {
    const { keyboard } = desktop.shell;
    await desktop.button('Start voice call').focus();
    await keyboard.press('Enter');
    await desktop.inCall();
    await desktop.microphoneMuted(false);
    await desktop.button('Mute microphone').focus();
    await keyboard.press('Space');
    await desktop.microphoneMuted(true);

    const press = (scheme: string) =>
      desktop.app.evaluate(({ webContents }, prefix) => {
        const from = webContents.getAllWebContents().find((each) => each.getURL().startsWith(prefix));
        from?.sendInputEvent({ type: 'keyDown', keyCode: 'F6' });
      }, scheme);
    const focused = () =>
      desktop.app.evaluate(({ webContents }) => webContents.getFocusedWebContents()?.getURL() ?? '');
    await press('parley-app:');
    await expect.poll(focused).toMatch(/^http:/);
    await press('http:');
    await expect.poll(focused).toMatch(/^parley-app:/);
    await desktop.button('Leave call').focus();
    await keyboard.press('Enter');
    await desktop.ready();
  });

  it('shows the meeting between toolbar and status bar, at every size', async () => {
    await desktop.button('Start voice call').click();
    await desktop.inCall();
    const page = await desktop.meeting();
    for (const [width, height] of [
      [700, 500],
      [400, 300],
      [1000, 640],
    ] as const) {
      await desktop.app.evaluate(
        ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
        [width, height] as [number, number],
      );
      await expect.poll(() => desktop.shell.evaluate(() => innerWidth)).toBe(width);
      // The status bar takes a second line where one has no room.
      const room = () =>
        desktop.shell.evaluate(() => {
          const heightOf = (selector: string) =>
            document.querySelector(selector)?.getBoundingClientRect().height ?? 0;
          return [innerWidth, Math.round(innerHeight - heightOf('header') - heightOf('footer'))];
        });
      const missing = async () => {
        const shown = await page.evaluate(() => [innerWidth, innerHeight]);
        return (await room()).map((length, index) => length - (shown[index] ?? 0));
      };
      await expect.poll(missing).toEqual([0, 0]);
      const gear = await desktop.button('Settings').boundingBox();
      expect((gear?.x ?? width) + (gear?.width ?? 0)).toBeLessThanOrEqual(width);
    }
    await desktop.leave();
  });

  it('remembers where it was', async () => {
    const place = { x: 40, y: 30, width: 820, height: 610 };
    await desktop.app.evaluate(
      ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to),
      place,
    );
    await expect.poll(bounds).toEqual(place);
    await restart();
    expect(await bounds()).toEqual(place);
  });

  it('is one: a second start shows the first and ends', async () => {
    const { command, args } = await desktop.app.evaluate(({ app }) => ({
      command: process.execPath,
      args: [app.getAppPath(), ...process.argv.filter((argument) => argument === '--no-sandbox')],
    }));
    const second = spawn(command, args, {
      env: { ...process.env, ...env(), PARLEY_USER_DATA_DIR: desktop.profile },
      stdio: 'ignore',
    });
    const [code] = (await once(second, 'exit')) as [number];
    expect(code).toBe(0);
    await desktop.ready();
  });

  it('keeps a settings file it cannot read aside, and says so', async () => {
    const file = join(desktop.profile, 'settings.json');
    await desktop.app.close();
    await writeFile(file, '{"freeMode": tru');
    desktop = await startDesktop({ env: env(), profile: desktop.profile });
    await desktop.alert.getByText('Your settings file could not be read').waitFor();
    expect(await readFile(`${file}.unreadable`, 'utf8')).toBe('{"freeMode": tru');
  });
});
