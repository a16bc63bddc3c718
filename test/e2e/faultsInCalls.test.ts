/** Things that die while a call is on: what the app says of it then, that it stays muted, and that the next call works. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type Keyring, startKeyring } from '../support/keyring';
import { type LobbyProxy, startLobbyProxy } from '../support/lobbyProxy';
import { type Servers, startServers } from '../support/servers';

describe('while a call is on', () => {
  let keyring: Keyring;
  let servers: Servers;
  let proxy: LobbyProxy;
  let desktop: DesktopApp;
  let room: string;

  beforeAll(async () => {
    [keyring, servers] = await Promise.all([startKeyring(), startServers()]);
    proxy = await startLobbyProxy(servers.lobby.url);
    desktop = await startDesktop({ env: keyring.env });
    await desktop.saveSettings({ lobby: proxy.url, name: 'Ana', token: await servers.lobby.addToken('ana') });
  });
  afterAll(async () => {
    await desktop.close();
    await proxy.stop();
    await servers.stop();
    await keyring.stop();
  });

  async function mutedCall(): Promise<void> {
    await desktop.button('Start voice call').click();
    room = await desktop.inCall();
    await desktop.microphoneMuted(false);
    await desktop.button('Mute microphone').click();
    await desktop.microphoneMuted(true);
    await heard(false);
  }
  /** What a peer would hear. */
  const heard = (open: boolean) =>
    servers.deployment.waitFor(room, (people) => people.some((person) => person.audioMuted === !open));

  /** The call is as it was: muted, for everybody; it can be unmuted and left. */
  async function unharmed(): Promise<void> {
    expect(await desktop.inCall()).toBe(room);
    await desktop.microphoneMuted(true);
    await heard(false);
    await desktop.button('Mute microphone').click();
    await desktop.microphoneMuted(false);
    await heard(true);
    await desktop.leave();
    expect(servers.deployment.rooms().get(room) ?? []).toEqual([]);
  }

  /** The settings are all there, and the next call works. */
  async function nextCallWorks(): Promise<void> {
    await desktop.button('Settings').click();
    expect(await desktop.field('Lobby address').inputValue()).toBe(proxy.url);
    expect(await desktop.field('Display name').inputValue()).toBe('Ana');
    await desktop.button('Done').click();
    await desktop.button('Start voice call').click();
    await desktop.inCall();
    await desktop.leave();
  }

  it("the toolbar's own page dies: it is there again, and says what is", async () => {
    await mutedCall();
    const back = desktop.shell.waitForEvent('crash');
    await desktop.app.evaluate(({ webContents }) =>
      webContents
        .getAllWebContents()
        .find((contents) => contents.getURL().startsWith('parley-app:'))
        ?.forcefullyCrashRenderer(),
    );
    await back;
    // Playwright gives a page that has crashed up, though it is loaded again; so it is read from within.
    const toolbar = (script: string) =>
      desktop.app.evaluate(async ({ webContents }, text) => {
        const page = webContents.getAllWebContents().find((each) => each.getURL().startsWith('parley-app:'));
        return (await page?.executeJavaScript(text)) as unknown;
      }, script);
    const mute = `document.querySelector('[aria-label="Mute microphone"]')`;
    await expect.poll(() => toolbar(`${mute}?.getAttribute('aria-pressed')`)).toBe('true');
    await heard(false);
    await toolbar(`${mute}.click()`);
    await heard(true);
    await expect.poll(() => toolbar(`${mute}?.getAttribute('aria-pressed')`)).toBe('false');
    await toolbar(`document.querySelector('[aria-label="Leave call"]').click()`);
    await servers.deployment.waitFor(room, (people) => people.length === 0);
    await desktop.close();
    desktop = await startDesktop({ env: keyring.env });
    await desktop.saveSettings({ lobby: proxy.url, name: 'Ana', token: await servers.lobby.addToken('ana') });
  });

  it('the process that draws dies: nothing is lost', async (context) => {
    await mutedCall();
    const gpu = () =>
      desktop.app.evaluate(({ app }) => app.getAppMetrics().find(({ type }) => type === 'GPU')?.pid);
    const before = await gpu();
    if (before === undefined) {
      await desktop.leave();
      return context.skip('nothing draws in a process of its own here');
    }
    process.kill(before, 'SIGKILL');
    await expect.poll(gpu).not.toBe(before);
    await unharmed();
    await nextCallWorks();
  });

  it('the lobby is gone and comes back: the call does not care', async () => {
    await mutedCall();
    await proxy.refuse();
    expect(await desktop.inCall()).toBe(room);
    await proxy.listen();
    await unharmed();
    await nextCallWorks();
  });

  it('the keychain is locked: the call goes on, and the next one says what is', async () => {
    await mutedCall();
    await keyring.lock();
    await unharmed();
    await desktop.button('Start voice call').click();
    await desktop.alert
      .getByText(/keychain/i)
      .first()
      .waitFor();
    await desktop.button('Settings').click();
    expect(await desktop.field('Lobby address').inputValue()).toBe(proxy.url);
  });
});
