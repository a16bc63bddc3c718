/** Showing the screen: the picker that the meeting's own request opens, and what comes of it. */
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axeFindings';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';

/** What a page that asked for the screen has got: the label of the track, or the name of the refusal. */
type Outcome = { track: string } | { refused: string };

describe('a meeting that asks for the screen', () => {
  let deployment: JitsiDeployment;
  let desktop: DesktopApp;
  let page: Page;

  beforeAll(async () => {
    deployment = await startDeployment({ tokenRequired: false });
    desktop = await startDesktop({ env: { PARLEY_FREE_URL: deployment.url } });
    await desktop.freeSwitch.click();
    await desktop.button('Use free Jitsi').click();
    await desktop.button('Start voice call').click();
    await desktop.inCall();
    page = await desktop.meeting();
  });
  afterAll(async () => {
    await desktop.close();
    await deployment.stop();
  });

  /** The page's own request, as Jitsi's web client makes it. */
  const ask = (): Promise<Outcome> =>
    page.evaluate(async () => {
      try {
        const stream = await navigator.mediaDevices.getDisplayMedia({ video: true });
        const [track] = stream.getVideoTracks();
        const label = track?.label ?? '';
        track?.stop();
        return { track: label };
      } catch (error) {
        return { refused: (error as Error).name };
      }
    });
  const picker = () => desktop.shell.getByRole('heading', { name: 'Show your screen' });
  const source = (name: RegExp) => desktop.shell.getByRole('radio', { name });

  it('opens a picker that says who asks, with a picture of each screen', async () => {
    const asked = ask();
    await picker().waitFor();
    await desktop.shell
      .getByText(`Everyone in the meeting on ${new URL(deployment.url).host} sees`)
      .waitFor();
    await source(/screen/i)
      .first()
      .waitFor();
    const pictures = desktop.shell.locator('.source img');
    await expect
      .poll(() => pictures.first().evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0);
    for (const colorScheme of ['light', 'dark'] as const) {
      await desktop.shell.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await axeFindings(desktop.shell)).toEqual([]);
    }
    await picture('picker.png');
    await desktop.button('Share').click();
    expect(await asked).toEqual({ track: expect.stringMatching(/screen/i) as string });
    await picker().waitFor({ state: 'detached' });
  });

  it('says that others see the screen, for as long as the page says so', async () => {
    const asked = ask();
    await desktop.button('Share').and(desktop.shell.locator(':enabled')).click();
    await asked;
    await say({ name: 'screen-sharing-status-changed', on: true, details: { sourceType: 'monitor' } });
    await desktop.shell.getByText(/^Others see “/).waitFor();
    await say({ name: 'screen-sharing-status-changed', on: false, details: {} });
    await desktop.shell.getByText(/^Others see “/).waitFor({ state: 'detached' });
  });

  it('says so as well when the system’s own picker has asked, which tells no name', async () => {
    await say({ name: 'screen-sharing-status-changed', on: true, details: {} });
    await desktop.shell.getByText('Others see your screen.', { exact: true }).waitFor();
    await desktop.button('Stop sharing').waitFor();
    await say({ name: 'screen-sharing-status-changed', on: false, details: {} });
    await desktop.button('Stop sharing').waitFor({ state: 'detached' });
  });

  it('is not shown another window when the one that was picked is closed', async () => {
    await desktop.app.evaluate(({ desktopCapturer, nativeImage }) => {
      const own = desktopCapturer.getSources.bind(desktopCapturer);
      const window = (id: string, name: string) =>
        ({ id, name, thumbnail: nativeImage.createEmpty() }) as Electron.DesktopCapturerSource;
      const open = [window('window:1:0', 'Diary'), window('window:2:0', 'Editor')];
      Object.assign(globalThis, { open, putBack: () => Object.assign(desktopCapturer, { getSources: own }) });
      Object.assign(desktopCapturer, { getSources: () => Promise.resolve([...open]) });
    });
    const asked = ask();
    await desktop.shell.getByText('Windows', { exact: true }).click();
    await source(/Editor/).check({ force: true });
    await desktop.app.evaluate(() => (globalThis as unknown as { open: unknown[] }).open.pop());
    await source(/Editor/).waitFor({ state: 'detached' });
    await desktop.button('Share').and(desktop.shell.locator(':disabled')).waitFor();
    expect(await source(/Diary/).isChecked()).toBe(false);
    await source(/Diary/).check({ force: true });
    expect(await desktop.button('Share').isEnabled()).toBe(true);
    await desktop.button('Cancel').click();
    await asked;
    await desktop.app.evaluate(() => (globalThis as unknown as { putBack: () => void }).putBack());
  });

  it('gets nothing when the user does not want to, by button or by key', async () => {
    for (const decline of [
      () => desktop.button('Cancel').click(),
      () => desktop.shell.keyboard.press('Escape'),
    ]) {
      const asked = ask();
      await picker().waitFor();
      await decline();
      expect(await asked).toEqual({ refused: expect.any(String) as string });
      await picker().waitFor({ state: 'detached' });
    }
  });

  it('can be answered by keyboard alone', async () => {
    const asked = ask();
    await source(/screen/i)
      .and(desktop.shell.locator(':focus'))
      .waitFor();
    await desktop.shell.keyboard.press('Enter');
    expect(await asked).toEqual({ track: expect.stringMatching(/screen/i) as string });
  });

  it('finds by name, and says when there is nothing', async () => {
    const asked = ask();
    await source(/screen/i)
      .first()
      .waitFor();
    const search = desktop.shell.getByRole('searchbox', { name: 'Search by name' });
    await search.fill('no such screen');
    await desktop.shell.getByText('Nothing of that name.').waitFor();
    expect(await desktop.button('Share').isEnabled()).toBe(false);
    // What is found again does not take the keyboard from who is still writing.
    await desktop.shell.keyboard.press('ControlOrMeta+A');
    await desktop.shell.keyboard.press('s');
    await source(/screen/i)
      .first()
      .waitFor();
    await desktop.shell.keyboard.press('c');
    expect(await search.inputValue()).toBe('sc');
    await desktop.button('Cancel').click();
    await asked;
  });

  it('gets nothing after the call', async () => {
    const asked = ask().catch(() => ({ refused: 'gone' }));
    await picker().waitFor();
    await desktop.button('Leave call').click();
    await desktop.ready();
    expect(await picker().isVisible()).toBe(false);
    expect(await asked).not.toHaveProperty('track');
  });

  /** Has the page say something to its embedder, as the web client does. */
  const say = (data: object) =>
    page.evaluate((event) => {
      const scope = 'jitsi_meet_external_api_7';
      const params = { type: 'event', data: event };
      window.postMessage(JSON.stringify({ postis: true, scope, method: 'message', params }), '*');
    }, data);
});

/** For the documents. */
async function picture(name: string): Promise<void> {
  const folder = fileURLToPath(new URL('../../out/pictures/', import.meta.url));
  await mkdir(folder, { recursive: true });
  await promisify(execFile)('import', ['-window', 'root', join(folder, name)]);
}
