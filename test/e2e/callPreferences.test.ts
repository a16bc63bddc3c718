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

  it('with the system told to say that one talks while muted, unless it shall not', async () => {
    // Keeps what the system is to say, to somebody who looks elsewhere.
    await desktop.app.evaluate(({ BrowserWindow, Notification }) => {
      const said: string[] = [];
      Object.assign(globalThis, { said });
      BrowserWindow.getFocusedWindow = () => null;
      Notification.isSupported = () => true;
      Notification.prototype.show = function (this: Electron.Notification) {
        said.push(this.title);
      };
    });
    const said = () => desktop.app.evaluate(() => (globalThis as unknown as { said: string[] }).said);
    const talkMuted = async (wanted: boolean) => {
      await set('Say when somebody waits or I talk while muted', wanted);
      await desktop.button('Start voice call').click();
      const room = await desktop.inCall();
      await desktop.microphoneMuted(false);
      await desktop.button('Mute microphone').click();
      const [person] = await free.waitFor(room, ([self]) => self?.audioMuted === true);
      await desktop.microphoneMuted(true);
      free.talk(room, person?.id ?? '');
      await desktop.alert.getByText('You are muted. Others do not hear what you say.').waitFor();
      await desktop.leave();
    };
    await talkMuted(false);
    expect(await said()).toEqual([]);
    await talkMuted(true);
    expect(await said()).toEqual(['You are muted. Others do not hear what you say.']);
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
