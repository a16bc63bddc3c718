/** How calls begin, as the settings say; that they may begin muted is in `settingsLobbies.test.ts`. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../shared/ipc/snapshot';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';

describe('a call begins', () => {
  let free: JitsiDeployment;
  let desktop: DesktopApp;

  beforeAll(async () => {
    free = await startDeployment();
    desktop = await startDesktop({ env: { PARLEY_FREE_URL: free.url } });
    await desktop.startFreeCall();
    await desktop.leave();
  });
  afterAll(async () => {
    await desktop.close();
    await free.stop();
  });

  const set = async (name: string, on: boolean) => {
    await desktop.button('Settings').click();
    await desktop.shell.getByRole('checkbox', { name }).setChecked(on);
    await desktop.button('Done').click();
  };
  const cameraShown = (on: boolean) =>
    desktop
      .button('Turn on camera')
      .and(desktop.shell.locator(`[aria-pressed="${on}"]`))
      .waitFor();

  it('with the camera off when told so, and else with it on', async () => {
    await set('Begin video calls with my camera off', true);
    await desktop.button('Start video call').click();
    const dark = await desktop.inCall();
    // The camera would be opened together with the microphone.
    await free.waitFor(dark, (people) => people.every(({ audioMuted }) => !audioMuted));
    await cameraShown(false);
    await free.waitFor(dark, (people) => people.every(({ videoMuted }) => videoMuted));
    await desktop.button('Turn on camera').click();
    await free.waitFor(dark, (people) => people.every(({ videoMuted }) => !videoMuted));
    await desktop.leave();

    await set('Begin video calls with my camera off', false);
    await desktop.button('Start video call').click();
    const seen = await desktop.inCall();
    await free.waitFor(seen, (people) => people.every(({ videoMuted }) => !videoMuted));
    await cameraShown(true);
    await desktop.leave();
  });

  it('with sound only when told so: the page says that it is', async () => {
    const isAudioOnly = async () => {
      const { call } = await desktop.shell.evaluate(() => {
        const { parley } = window as unknown as { parley: { send: (name: string) => Promise<Snapshot> } };
        return parley.send('snapshot/read');
      });
      return call.phase === 'joined' && call.meeting.audioOnly;
    };
    await desktop.button('Start video call').click();
    await desktop.inCall();
    expect(await isAudioOnly()).toBe(false);
    await desktop.leave();
    await set('Sound only', true);
    await desktop.button('Start video call').click();
    await desktop.inCall();
    await expect.poll(isAudioOnly).toBe(true);
    await desktop.leave();
  });
});
