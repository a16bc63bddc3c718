/** The call goes on without its window, and the compact bar stands in for that. */
import { once } from 'node:events';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axeFindings';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';
import { screenPicture } from '../support/screenPicture';

describe.runIf(process.platform === 'linux')('the window is closed during a call', () => {
  let deployment: JitsiDeployment;
  let desktop: DesktopApp;
  let room: string;
  let bar: Page;

  beforeAll(async () => {
    deployment = await startDeployment({ tokenRequired: false });
    desktop = await startDesktop({ env: { PARLEY_FREE_URL: deployment.url } });
    room = await desktop.startFreeCall();
    await desktop.closeWindow();
    bar = await desktop.bar();
  });
  afterAll(async () => {
    await desktop.close();
    await deployment.stop();
  });

  const button = (name: string) => bar.getByRole('button', { name, exact: true });
  const pressed = (name: string, state: boolean) =>
    button(name)
      .and(bar.locator(`[aria-pressed="${state}"]`))
      .waitFor();
  const heard = (is: boolean) => deployment.waitFor(room, ([person]) => person?.audioMuted === !is);
  const barBounds = () =>
    desktop.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.webContents.getURL().includes('/compactBar.html'))
        ?.getBounds(),
    );
  /** Chooses an item of the bar's menu, as the system's menu would. */
  const choose = async (item: string) => {
    await desktop.app.evaluate(({ Menu }, label) => {
      Menu.prototype.popup = function (this: Electron.Menu) {
        this.items.find((each) => each.label === label)?.click();
      };
    }, item);
    await button('More, and open Parley').click();
  };

  it('leaves a bar of 280 by 44 px, on top of all, and the call as it was', async () => {
    await pressed('Mute microphone', false);
    expect(await desktop.windowShown()).toBe(false);
    expect(await barBounds()).toMatchObject({ width: 280, height: 44 });
    expect(
      await desktop.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => window.isAlwaysOnTop()),
      ),
    ).toContain(true);
    expect(await bar.evaluate(() => [innerWidth, innerHeight, document.body.scrollWidth])).toEqual([
      280, 44, 280,
    ]);
    await bar.getByRole('status').getByText('nobody else yet').waitFor();
    await bar
      .getByRole('status')
      .getByText(/^0:\d\d$/)
      .waitFor();
    await heard(true);
  });

  it('has no accessibility fault in both themes', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await bar.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await axeFindings(bar)).toEqual([]);
      await screenPicture(`bar-${colorScheme}.png`);
    }
  });

  it('mutes, unmutes and shows what others hear, by mouse and by keyboard', async () => {
    await button('Mute microphone').click();
    await pressed('Mute microphone', true);
    await heard(false);
    await button('Mute microphone').focus();
    await bar.keyboard.press('Space');
    await pressed('Mute microphone', false);
    await heard(true);
    await button('Turn on camera').click();
    await pressed('Turn on camera', true);
    await deployment.waitFor(room, ([person]) => person?.videoMuted === false);
    await button('Turn on camera').click();
    await pressed('Turn on camera', false);
  });

  it('shows who speaks, and that the others see the screen', async () => {
    const meeting = await desktop.meeting();
    /** Has the page say something to its embedder, as the web client does. */
    const say = (data: object) =>
      meeting.evaluate((event) => {
        const params = { type: 'event', data: event };
        const message = { postis: true, scope: 'jitsi_meet_external_api_7', method: 'message', params };
        window.postMessage(JSON.stringify(message), '*');
      }, data);
    await say({ name: 'participant-joined', id: 'ben', displayName: 'Ben' });
    await bar.getByRole('status').getByText('with Ben').waitFor();
    await say({ name: 'dominant-speaker-changed', id: 'ben' });
    await bar.getByRole('status').getByText('Ben speaking').waitFor();
    await say({ name: 'screen-sharing-status-changed', on: true, details: {} });
    await pressed('Share screen', true);
    await bar.getByRole('status').getByText('screen shared').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await bar.emulateMedia({ colorScheme });
      expect(await axeFindings(bar)).toEqual([]);
      await screenPicture(`bar-sharing-${colorScheme}.png`);
    }
    await say({ name: 'screen-sharing-status-changed', on: false, details: {} });
    await pressed('Share screen', false);
    await button('Mute microphone').click();
    await pressed('Mute microphone', true);
    const [person] = await deployment.waitFor(room, ([self]) => self?.audioMuted === true);
    deployment.talk(room, person?.id ?? '');
    await bar.getByRole('status').getByText('you are muted').waitFor();
    await button('Mute microphone').click();
    await bar.getByRole('status').getByText('you are muted').waitFor({ state: 'detached' });
    await pressed('Mute microphone', false);
    await say({ name: 'participant-left', id: 'ben' });
    await bar.getByRole('status').getByText('nobody else yet').waitFor();
  });

  it('may ask for what it shows, and for nothing else', async () => {
    const refused = await bar.evaluate(async () => {
      const { parley } = window as unknown as {
        parley: { send: (command: string, argument?: unknown) => Promise<unknown> };
      };
      const asked = [
        parley.send('settings/forget'),
        parley.send('call/start', { media: 'audio' }),
        parley.send('shortcuts/set', { id: 'leave', chord: '' }),
      ];
      return (await Promise.allSettled(asked)).map(({ status }) => status);
    });
    expect(refused).toEqual(['rejected', 'rejected', 'rejected']);
  });

  it('moves where it is dragged, keeps to the edges of the screen, and stays there', async () => {
    const before = await barBounds();
    const state = await bar.getByRole('status').boundingBox();
    const from = { x: (state?.x ?? 0) + 10, y: 20 };
    await bar.mouse.move(from.x, from.y);
    await bar.mouse.down();
    // The page reports where the pointer is on the screen; Playwright's is relative to the page.
    await bar.mouse.move(from.x - 300, from.y - 200, { steps: 4 });
    await bar.mouse.up();
    await expect.poll(barBounds).not.toEqual(before);
    await bar.evaluate(() => {
      const { parley } = window as unknown as { parley: { send: (...all: unknown[]) => Promise<unknown> } };
      return parley.send('bar/move', { x: 9, y: 30 });
    });
    await expect.poll(barBounds).toEqual({ x: 0, y: 30, width: 280, height: 44 });
  });

  it('opens the window by a double click and goes; is where it was the next time', async () => {
    const closed = bar.waitForEvent('close');
    await bar.getByRole('status').dblclick();
    await closed;
    await expect.poll(() => desktop.windowShown()).toBe(true);
    await desktop.microphoneMuted(false);
    await desktop.closeWindow();
    bar = await desktop.bar();
    expect(await barBounds()).toMatchObject({ x: 0, y: 30 });
  });

  it('can be taken from the top', async () => {
    const onTop = () =>
      desktop.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().some((window) => window.isAlwaysOnTop()),
      );
    await choose('Keep on top');
    await expect.poll(onTop).toBe(false);
    await choose('Keep on top');
    await expect.poll(onTop).toBe(true);
  });

  it('never leaves the user without any window: dismissed where there is no tray, the window comes back', async () => {
    const closed = bar.waitForEvent('close');
    await choose('Hide this bar');
    await closed;
    await expect.poll(() => desktop.windowShown()).toBe(true);
    await heard(true);
  });

  it('shows the window when the call fails', async () => {
    await desktop.closeWindow();
    bar = await desktop.bar();
    const [person] = deployment.rooms().get(room) ?? [];
    const closed = bar.waitForEvent('close');
    deployment.kick(room, person?.id ?? '');
    await closed;
    await expect.poll(() => desktop.windowShown()).toBe(true);
    await desktop.alert.getByText('You were removed from the call.').waitFor();
    await desktop.button('Close').click();
  });

  it('ends the app when the call is left by it: the window had been closed', async () => {
    room = await desktop.startFreeCall();
    await desktop.closeWindow();
    bar = await desktop.bar();
    const exited = once(desktop.app.process(), 'exit');
    // The page may be gone before the click has come back.
    await Promise.allSettled([button('Leave call').click(), exited]);
    await deployment.waitFor(room, (people) => people.length === 0);
    expect(await exited).toEqual([0, null]);
  });
});
