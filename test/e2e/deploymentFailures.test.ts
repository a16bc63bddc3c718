import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';
import { type Keyring, startKeyring } from '../support/keyring';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';
import { type OtherSite, startOtherSite } from '../support/otherSite';
import { leaksToTheEnd } from '../support/secretSearch';
import { freePort } from '../support/servers';

describe('a deployment that fails', () => {
  let keyring: Keyring;
  let lobby: LobbyProcess;
  let deployment: JitsiDeployment;
  let desktop: DesktopApp;
  let otherSite: OtherSite;
  let token: string;
  let port: number;
  /** How far the deployment's clock is ahead, in ms. */
  let ahead = 0;

  const start = () =>
    startDeployment({
      port,
      asapKeyServer: `${lobby.url}/asap`,
      now: () => Date.now() + ahead,
      elsewhere: otherSite.url,
    });

  beforeAll(async () => {
    port = await freePort();
    otherSite = await startOtherSite();
    [keyring, lobby] = await Promise.all([
      startKeyring(),
      startLobby({ jitsiUrl: `http://127.0.0.1:${port}` }),
    ]);
    deployment = await start();
    desktop = await startDesktop({ env: keyring.env });
    token = await lobby.addToken('ana');
    await desktop.saveSettings({ lobby: lobby.url, name: 'Ana', token });
  });
  afterAll(async () => {
    const found = await leaksToTheEnd(desktop, [token]);
    await desktop.close();
    await deployment.stop();
    await lobby.stop();
    await keyring.stop();
    otherSite.stop();
    expect(found).toEqual([]);
  });

  /** After each failure the page is gone and the next call works. */
  afterEach(async () => {
    deployment.restore();
    // Electron itself tells of pages that do not load, and would tell the token.
    expect(desktop.output).not.toContain('eyJ');
    await desktop.ready();
    const pages = () => desktop.app.evaluate(({ webContents }) => webContents.getAllWebContents().length);
    await expect.poll(pages).toBe(1);
    await desktop.button('Start voice call').click();
    const room = await desktop.inCall();
    await deployment.waitFor(room, ([person]) => person?.audioMuted === false);
    await desktop.leave();
  });

  async function failure(): Promise<string> {
    await desktop.alert.waitFor();
    return (await desktop.alert.innerText()).replace(/\s+/g, ' ');
  }

  it('by refusing the connection', async () => {
    await deployment.stop();
    await desktop.button('Start voice call').click();
    expect(await failure()).toBe(
      `Meeting server does not answer. 127.0.0.1:${port} refused the connection. Check the address or your network.`,
    );
    deployment = await start();
  });

  it('by an error page', async () => {
    deployment.next('page-error');
    await desktop.button('Start voice call').click();
    expect(await failure()).toMatch(/^Meeting server reports an error\. .*HTTP 502/);
  });

  it('by sending its page elsewhere, where nobody is asked for anything: the address would take the token along', async () => {
    deployment.next('sent-elsewhere');
    await desktop.button('Start voice call').click();
    const words = await failure();
    expect(words).toMatch(/^Meeting server reports an error\./);
    expect(words).toContain(new URL(otherSite.url).host);
    expect(otherSite.asked).toEqual([]);
  });

  it('by refusing the token', async () => {
    ahead = 20 * 60_000;
    await desktop.button('Start voice call').click();
    expect(await failure()).toMatch(
      /^The meeting server refused the lobby’s token \(expired \d+ s ago\)\. Check the clocks of both servers, or run parley-lobby doctor\.$/,
    );
    ahead = 0;
  });

  it('by never answering: cancel works at once', async () => {
    deployment.next('never-answer');
    await desktop.button('Start voice call').click();
    await desktop.meeting();
    await desktop.status.getByText('Connecting…').waitFor();
    await desktop.button('Cancel').click();
  });

  it('by throwing the user out', async () => {
    await desktop.button('Start voice call').click();
    const room = await desktop.inCall();
    const [ana] = await deployment.waitFor(room, (people) => people.length === 1);
    deployment.kick(room, ana?.id ?? '');
    expect(await failure()).toBe('You were removed from the call. Moderator removed you.');
  });

  it('by a microphone that does not open: the toolbar says so, and stays truthful', async () => {
    deployment.next('mic-error');
    await desktop.button('Start voice call').click();
    const room = await desktop.inCall();
    expect(await failure()).toMatch(/^Microphone is blocked by the system\. Others cannot hear you\./);
    expect(await desktop.button('Open system settings').count()).toBe(process.platform === 'linux' ? 0 : 1);
    await desktop.microphoneMuted(true);
    expect(deployment.rooms().get(room)?.[0]?.audioMuted).toBe(true);
    await desktop.button('Try again').click();
    await desktop.microphoneMuted(false);
    await desktop.alert.waitFor({ state: 'detached' });
    await desktop.leave();
  });
});

describe('a machine without a microphone', () => {
  it('can call, and is told that nobody hears it', async () => {
    const port = await freePort();
    const lobby = await startLobby({ jitsiUrl: `http://127.0.0.1:${port}` });
    const deployment = await startDeployment({ port, asapKeyServer: `${lobby.url}/asap` });
    const keyring = await startKeyring();
    const desktop = await startDesktop({ env: keyring.env, fakeDevices: false });
    try {
      await desktop.saveSettings({ lobby: lobby.url, token: await lobby.addToken('ana') });
      await desktop.button('Start voice call').click();
      await desktop.inCall();
      await desktop.alert.getByText('No microphone found. Others cannot hear you.').waitFor();
      await desktop.microphoneMuted(true);
    } finally {
      await desktop.close();
      await deployment.stop();
      await lobby.stop();
      await keyring.stop();
    }
  });
});
