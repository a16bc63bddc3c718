/** Microphone, speaker and camera: tried out with no call, chosen before one and in one, and gone in the middle of one. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axeFindings';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';
import { pickFromMenu } from '../support/nativeMenu';
import { screenPicture } from '../support/screenPicture';

/** How Chromium names its fake devices. */
const [FIRST, SECOND] = ['Fake Audio Input 1', 'Fake Audio Input 2'];
const SPEAKER = 'Fake Audio Output 2';

describe('devices', () => {
  let deployment: JitsiDeployment;
  let desktop: DesktopApp;
  let page: Page;

  beforeAll(async () => {
    deployment = await startDeployment({ tokenRequired: false });
    desktop = await startDesktop({ env: { PARLEY_FREE_URL: deployment.url } });
  });
  afterAll(async () => {
    await desktop.close();
    await deployment.stop();
  });

  const select = (name: string) => desktop.shell.getByRole('combobox', { name, exact: true });
  const chosen = (name: string) =>
    select(name).evaluate((element: HTMLSelectElement) => element.selectedOptions[0]?.label);
  const menu = (of: string, ...path: string[]) =>
    pickFromMenu(desktop, () => desktop.button(of).click(), ...path);
  const soundMenu = (...path: string[]) => menu('Choose microphone and speaker', ...path);
  const checked = async (...of: string[]) =>
    (await menu(of[0] ?? 'Choose microphone and speaker'))
      .filter((item) => item.checked)
      .map(({ label }) => label);
  /** Whether the toolbar's page gets a device that it asks for. */
  const opens = (wish: MediaStreamConstraints) =>
    desktop.shell.evaluate(
      (constraints) =>
        navigator.mediaDevices.getUserMedia(constraints).then(
          () => 'opened',
          (error: unknown) => (error as Error).name,
        ),
      wish,
    );
  const labels = () =>
    desktop.shell.evaluate(async () => {
      const devices = await navigator.mediaDevices.enumerateDevices();
      return devices.map(({ label }) => label).filter((label) => label !== '');
    });

  it('are nothing that the page may know or open while it does not show them', async () => {
    expect(await labels()).toEqual([]);
    expect(await opens({ audio: true })).toBe('NotAllowedError');
  });

  it('stand in the settings by name, and none is opened', async () => {
    await desktop.button('Settings').click();
    await select('Microphone').waitFor();
    expect(await chosen('Microphone')).toBe('System’s default');
    expect(await select('Microphone').getByRole('option').allTextContents()).toEqual([
      'System’s default',
      FIRST,
      SECOND,
    ]);
    expect(await chosen('Camera')).toMatch(/fake/i);
    expect(await opens({ audio: true })).toBe('NotAllowedError');
    expect(await opens({ video: true })).toBe('NotAllowedError');
  });

  it('show how loud one speaks', async () => {
    await desktop.button('Test microphone').click();
    const meter = desktop.shell.getByRole('meter', { name: 'Loudness' });
    // The fake microphone beeps.
    await expect
      .poll(async () => Number(await meter.getAttribute('aria-valuenow')), { interval: 30 })
      .toBeGreaterThan(20);
    expect(await opens({ video: true })).toBe('NotAllowedError');
    await desktop.button('Test camera').click();
    const picture = desktop.shell.getByLabel('What your camera sees');
    await expect
      .poll(() => picture.evaluate((video: HTMLVideoElement) => video.videoWidth))
      .toBeGreaterThan(0);
    await select('Microphone').scrollIntoViewIfNeeded();
    for (const colorScheme of ['light', 'dark'] as const) {
      await desktop.shell.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await axeFindings(desktop.shell)).toEqual([]);
      await screenPicture(`devices-${colorScheme}.png`);
    }
    await desktop.button('Stop microphone test').click();
    await meter.waitFor({ state: 'detached' });
    await desktop.button('Stop camera test').click();
  });

  it('play a tone on the speaker that is chosen', async () => {
    await desktop.shell.evaluate(() => {
      const sinks: string[] = [];
      Object.assign(globalThis, { sinks });
      const prototype: { setSinkId: (this: HTMLMediaElement, id: string) => Promise<void> } =
        HTMLMediaElement.prototype;
      const { setSinkId } = prototype;
      prototype.setSinkId = function (id) {
        sinks.push(id);
        return setSinkId.call(this, id);
      };
    });
    await select('Speaker').selectOption(SPEAKER);
    await desktop.button('Play tone').click();
    await desktop.button('Playing…').waitFor();
    await desktop.button('Play tone').and(desktop.shell.locator(':enabled')).waitFor();
    const sinks = await desktop.shell.evaluate(async () => {
      const devices = await navigator.mediaDevices.enumerateDevices();
      const labelOf = (id: string) => devices.find(({ deviceId }) => deviceId === id)?.label;
      return (globalThis as unknown as { sinks: string[] }).sinks.map(labelOf);
    });
    expect(sinks).toEqual([SPEAKER]);
    expect(await desktop.alert.count()).toBe(0);
  });

  it('are used by the next call as they were chosen', async () => {
    await select('Microphone').selectOption(SECOND);
    await expect.poll(() => chosen('Microphone')).toBe(SECOND);
    await desktop.button('Done').click();
    expect(await labels()).toEqual([]);
    await desktop.startFreeCall();
    page = await desktop.meeting();
    expect(await checked()).toEqual([SECOND, SPEAKER]);
  });

  it('are changed in the call, and stay so for the next', async () => {
    await soundMenu(FIRST);
    await expect.poll(() => checked()).toEqual([FIRST, SPEAKER]);
    await desktop.microphoneMuted(false);
    expect((await menu('Choose camera')).map(({ label }) => label)).toContain('Try out devices…');
    await soundMenu('Try out devices…');
    await desktop.shell
      .getByRole('heading', { name: 'Devices' })
      .and(desktop.shell.locator(':focus'))
      .waitFor();
    await expect.poll(() => chosen('Microphone')).toBe(FIRST);
    await desktop.button('Done').click();
  });

  it('say that one is gone, and what the call uses now', async () => {
    // Chromium’s fake devices cannot be unplugged: this page stops seeing one.
    await page.evaluate((gone) => {
      const enumerate = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
      navigator.mediaDevices.enumerateDevices = async () =>
        (await enumerate()).filter(({ label }) => label !== gone);
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    }, FIRST);
    const notice = desktop.alert.filter({ hasText: FIRST });
    await notice.waitFor();
    expect(await notice.textContent()).toBe(
      `Microphone “${FIRST}” is gone. The call uses the system’s default now.`,
    );
    await screenPicture('device-lost.png');
    await desktop.microphoneMuted(false);
    expect(await checked()).toEqual(['System’s default', SPEAKER]);
    await desktop.button('Got it').click();
    await notice.waitFor({ state: 'detached' });
    await desktop.leave();
  });
});
