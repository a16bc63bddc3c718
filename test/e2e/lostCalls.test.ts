/** Calls whose page or connection is lost: what the toolbar says of it, and how they go on. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';
import { type Keyring, startKeyring } from '../support/keyring';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';
import { freePort } from '../support/servers';

describe('a call in a room of the lobby', () => {
  let keyring: Keyring;
  let lobby: LobbyProcess;
  let deployment: JitsiDeployment;
  let desktop: DesktopApp;
  let port: number;
  /** How far the deployment's clock is ahead, in ms. */
  let ahead = 0;
  let room: string;

  const start = () =>
    startDeployment({ port, asapKeyServer: `${lobby.url}/asap`, now: () => Date.now() + ahead });

  beforeAll(async () => {
    port = await freePort();
    [keyring, lobby] = await Promise.all([
      startKeyring(),
      startLobby({ jitsiUrl: `http://127.0.0.1:${port}` }),
    ]);
    deployment = await start();
    desktop = await startDesktop({ env: keyring.env });
    await desktop.saveSettings({ lobby: lobby.url, name: 'Ana', token: await lobby.addToken('ana') });
  });
  afterAll(async () => {
    await desktop.close();
    await deployment.stop();
    await lobby.stop();
    await keyring.stop();
  });
  afterEach(async () => {
    ahead = 0;
    deployment.restore();
    expect(desktop.output).not.toContain('eyJ');
    if (await desktop.button('Leave call').isVisible()) await desktop.leave();
  });

  async function call(): Promise<void> {
    await desktop.button('Start voice call').click();
    room = await desktop.inCall();
    await desktop.microphoneMuted(false);
  }
  const reconnecting = () => desktop.status.getByText('Reconnecting…').waitFor();
  /** In the same room again, heard as before, and alone: the page before has left. */
  async function backInCall(heard = true): Promise<void> {
    expect(await desktop.inCall()).toBe(room);
    await deployment.waitFor(room, (people) => people.filter(({ connected }) => connected).length === 1);
    await desktop.microphoneMuted(!heard);
    const [person] = (deployment.rooms().get(room) ?? []).filter(({ connected }) => connected);
    expect(person?.audioMuted).toBe(!heard);
  }
  const crash = () =>
    desktop.app.evaluate(({ webContents }) =>
      webContents
        .getAllWebContents()
        .find((contents) => contents.getURL().startsWith('http:'))
        ?.forcefullyCrashRenderer(),
    );
  const pages = () => desktop.app.evaluate(({ webContents }) => webContents.getAllWebContents().length);

  it('whose sockets are cut says so within 5 s, and goes on with the same page when that is back', async () => {
    await call();
    const page = await desktop.meeting();
    const begun = performance.now();
    deployment.fail('drop');
    await reconnecting();
    expect(performance.now() - begun).toBeLessThan(5_000);
    deployment.restore();
    await deployment.waitFor(room, ([person]) => person?.connected === true);
    await backInCall();
    expect(page.isClosed()).toBe(false);
  });

  it('whose page crashes is entered anew, heard as before', async () => {
    await call();
    await crash();
    await reconnecting();
    await backInCall();
    expect(await pages()).toBe(2);
  });

  it('whose page crashes while muted is entered anew, muted', async () => {
    await call();
    await desktop.button('Mute microphone').click();
    await desktop.microphoneMuted(true);
    await crash();
    await reconnecting();
    await backInCall(false);
  });

  it('whose page hangs can be muted all the same, and is entered anew muted', async () => {
    await call();
    await (
      await desktop.meeting()
    ).evaluate(() => {
      setTimeout(() => {
        for (const end = Date.now() + 600_000; Date.now() < end;);
      });
    });
    await desktop.shell.getByText('The meeting page does not answer.').waitFor();
    const button = desktop.button('Mute microphone');
    await expect.poll(() => button.getAttribute('aria-pressed')).toBe('mixed');
    await button.click();
    await button.locator('[data-word="Muting …"]').waitFor();
    await desktop.button('Reload meeting').click();
    await backInCall(false);
  });

  it('whose token has died, when its deployment restarts, is entered anew with a fresh one', async () => {
    await call();
    const first = await desktop.meeting();
    await deployment.stop();
    await reconnecting();
    // For the deployment ten minutes have passed: the token that the page has is no good any more.
    ahead = 11 * 60_000;
    const withOldToken = new Promise<void>((resolve) => first.once('close', () => resolve()));
    deployment = await start();
    await withOldToken;
    ahead = 0;
    await backInCall();
  });

  // The last one: the lobby does not come back.
  it('whose lobby is away when it is needed waits for it, and can be left meanwhile', async () => {
    await call();
    lobby.signal('SIGKILL');
    await lobby.exited;
    await crash();
    await desktop.shell.getByText('Lobby does not answer. Entering the room again').waitFor();
    await desktop.button('Leave call').click();
    await desktop.ready();
    expect(await pages()).toBe(1);
  });
});
