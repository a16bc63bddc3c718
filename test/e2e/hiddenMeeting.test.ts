/** A call without its page on screen: it goes on, and the window lists who is in it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axeFindings';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';
import { Guest } from '../support/jitsi/guest';
import { pickFromMenu } from '../support/nativeMenu';

/** The window's views, as the Electron of the tests has them. */
interface Viewed {
  getBrowserViews(): { webContents: Electron.WebContents }[];
}

describe('a call whose meeting is hidden', () => {
  let deployment: JitsiDeployment;
  let desktop: DesktopApp;
  let room: string;
  let ana: Guest;
  let anaId: string;

  beforeAll(async () => {
    deployment = await startDeployment({ tokenRequired: false });
    desktop = await startDesktop({ env: { PARLEY_FREE_URL: deployment.url, PARLEY_DISPLAY_NAME: 'Bea' } });
    room = await desktop.startFreeCall();
    ana = new Guest(deployment.url, room);
    anaId = await ana.join({ displayName: 'Ana' });
    await desktop.status.getByText('with Ana').waitFor();
  });
  afterAll(async () => {
    await desktop.leave();
    await desktop.close();
    await deployment.stop();
  });

  const row = (name: string) => desktop.shell.getByRole('listitem').filter({ hasText: name });
  const sign = (name: string, what: string) => row(name).getByRole('img', { name: what, exact: true });
  /** Whether the meeting's page is on the window. */
  const shown = () =>
    desktop.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().some((window) =>
        (window as unknown as Viewed)
          .getBrowserViews()
          .some(({ webContents }) => webContents.getURL().startsWith('http')),
      ),
    );
  const hides = (pressed: boolean) =>
    desktop
      .button('Hide meeting')
      .and(desktop.shell.locator(`[aria-pressed="${pressed}"]`))
      .waitFor();

  it('goes on, heard and answered', async () => {
    expect(await shown()).toBe(true);
    await desktop.button('Hide meeting').click();
    await desktop.shell.getByRole('heading', { name: 'People in the call' }).waitFor();
    await hides(true);
    await expect.poll(shown).toBe(false);
    await desktop.button('Mute microphone').click();
    await desktop.microphoneMuted(true);
    await deployment.waitFor(room, (all) =>
      all.some(({ displayName, audioMuted }) => displayName === 'Bea' && audioMuted),
    );
    await sign('Bea (you)', 'muted').waitFor();
    await desktop.button('Mute microphone').click();
    await sign('Bea (you)', 'microphone on').waitFor();
  });

  it('shows who speaks, who is muted, and who raised a hand', async () => {
    await sign('Ana', 'microphone unknown').waitFor();
    deployment.speak(room, anaId);
    await row('Ana').getByText('speaking').waitFor();
    await desktop.shell.getByText('Ana speaking').waitFor();
    await sign('Ana', 'microphone on').waitFor();
    // The page goes on naming her: nobody else has spoken since.
    ana.say({ type: 'media', mediaType: 'audio', muted: false });
    ana.say({ type: 'media', mediaType: 'audio', muted: true });
    await sign('Ana', 'muted').waitFor();
    await desktop.shell.getByText('Ana speaking').waitFor({ state: 'detached' });
    ana.say({ type: 'media', mediaType: 'audio', muted: false });
    await desktop.shell.getByText('Ana speaking').waitFor();
    ana.say({ type: 'hand', raised: true });
    await sign('Ana', 'hand raised').waitFor();
    await desktop.button('Raise hand').click();
    await sign('Bea (you)', 'hand raised').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await desktop.shell.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await axeFindings(desktop.shell)).toEqual([]);
    }
  });

  it('says who joins and who leaves', async () => {
    const carl = new Guest(deployment.url, room);
    await carl.join({ displayName: 'Carl' });
    await desktop.shell.getByText('Carl joined').waitFor();
    await row('Carl').waitFor();
    carl.leave();
    await desktop.shell.getByText('Carl left').waitFor();
    await row('Carl').waitFor({ state: 'detached' });
  });

  it('lets a moderator mute somebody and take them out, once asked', async () => {
    const menu = (...path: string[]) =>
      pickFromMenu(desktop, () => desktop.button('What to do about Ana').click(), ...path);
    expect((await menu('Mute Ana')).map(({ label }) => label)).toEqual([
      'Mute Ana',
      'Make Ana a moderator',
      'Remove Ana…',
    ]);
    await sign('Ana', 'muted').waitFor();
    await desktop.app.evaluate(({ dialog }) => {
      dialog.showMessageBox = (...[, options]: unknown[]) => {
        const { buttons = [] } = options as Electron.MessageBoxOptions;
        return Promise.resolve({ response: buttons.indexOf('Remove'), checkboxChecked: false });
      };
    });
    await menu('Remove Ana…');
    expect((await ana.hears('kicked')).kicked.id).toBe(anaId);
    await row('Ana').waitFor({ state: 'detached' });
  });

  it('says that one talks while muted', async () => {
    await desktop.button('Mute microphone').click();
    await desktop.microphoneMuted(true);
    const [bea] = await deployment.waitFor(room, ([person]) => person?.audioMuted === true);
    deployment.talk(room, bea?.id ?? '');
    await desktop.alert.getByText('You are muted. Others do not hear what you say.').waitFor();
    await desktop.button('Unmute').click();
    await desktop.microphoneMuted(false);
    await desktop.alert.waitFor({ state: 'detached' });
  });

  it('is spared the others’ pictures again when one shows no screen after all', async () => {
    const page = await desktop.meeting();
    const soundOnly = await page.evaluateHandle(() => {
      const said: unknown[] = [];
      window.addEventListener('message', ({ data }) => {
        const { params } = JSON.parse(String(data)) as {
          params: { data?: { name?: string; enabled?: boolean } };
        };
        if (params.data?.name === 'audio-only-changed') said.push(params.data.enabled);
      });
      return said;
    });
    await desktop.button('Share screen').click();
    await desktop.shell.getByRole('heading', { name: 'Show your screen' }).waitFor();
    await expect.poll(() => soundOnly.jsonValue()).toEqual([false]);
    await desktop.button('Cancel').click();
    await expect.poll(() => soundOnly.jsonValue()).toEqual([false, true]);
  });

  it('comes back for what only the page can show, and goes again', async () => {
    await desktop.button('Chat').click();
    await expect.poll(shown).toBe(true);
    await desktop.button('Chat').click();
    await expect.poll(shown).toBe(false);
  });

  it('is so for the next voice call, until it is shown again', async () => {
    await desktop.leave();
    await desktop.button('Start voice call').click();
    await desktop.inCall();
    await desktop.shell.getByRole('heading', { name: 'People in the call' }).waitFor();
    expect(await shown()).toBe(false);
    await desktop.button('Show the meeting’s page').click();
    await expect.poll(shown).toBe(true);
    await hides(false);
    await pickFromMenu(desktop, () => desktop.button('More').click(), 'People…');
    await desktop.shell.getByRole('complementary', { name: 'People in the call' }).waitFor();
    await sign('Bea (you)', 'moderator').waitFor();
  });
});
