import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type Keyring, startKeyring } from '../support/keyring';
import { argumentsWithSecrets, leaks, leaksToTheEnd } from '../support/secretSearch';
import { type Servers, startServers } from '../support/servers';

describe('a call through the lobby', () => {
  let keyring: Keyring;
  let servers: Servers;
  let accessToken: string;
  let ana: DesktopApp;
  let bob: DesktopApp;

  beforeAll(async () => {
    [keyring, servers] = await Promise.all([startKeyring(), startServers()]);
    accessToken = await servers.lobby.addToken('ana');
    ana = await startDesktop({ env: keyring.env });
    bob = await startDesktop({ env: { ...keyring.env, PARLEY_LOBBY_URL: servers.lobby.url } });
  });
  afterAll(async () => {
    await ana.close();
    await bob.close();
    await servers.stop();
    await keyring.stop();
  });

  /** Waits until the deployment has Ana's microphone so: what a peer would hear. */
  const heard = (room: string, who: string, audioMuted: boolean) =>
    servers.deployment.waitFor(room, (people) =>
      people.some((person) => person.displayName === who && person.audioMuted === audioMuted),
    );

  it('tells a newcomer what to set', async () => {
    await ana.shell.getByRole('heading', { name: 'Before your first call' }).waitFor();
    await ana.button('Start voice call').click();
    await ana.alert.getByText('No lobby is set.').waitFor();
  });

  it('stores the access token in the keychain alone', async () => {
    await ana.saveSettings({ lobby: servers.lobby.url, name: 'Ana', token: accessToken });
    await ana.alert.waitFor({ state: 'detached' });
    expect(await keyring.lookup('Parley', servers.lobby.url)).toBe(accessToken);

    await ana.button('Settings').click();
    await ana.shell.getByText('A token is stored in the system’s keychain.').waitFor();
    expect(await ana.field('Access token').inputValue()).toBe('');
    await ana.button('Test connection').click();
    await ana.shell.getByText(/is a lobby, and knows you/).waitFor();
    await ana.button('Done').click();
  });

  it('joins one room from two profiles, and shows the microphone as it is', async () => {
    await ana.button('Start voice call').click();
    const room = await ana.inCall();
    expect(room).toMatch(/^[a-z]+(-[a-z]+){3}$/);
    await heard(room, 'Ana', false);
    await ana.microphoneMuted(false);

    await bob.join(room);
    expect(await bob.inCall()).toBe(room);
    await ana.status.getByText(/^with /).waitFor();
    await bob.status.getByText('with Ana').waitFor();

    await bob.microphoneMuted(false);
    const peer = await bob.meeting();
    await ana.button('Mute microphone').click();
    await heard(room, 'Ana', true);
    await ana.microphoneMuted(true);
    await peer.getByText('muted · moderator').waitFor();
    await ana.button('Mute microphone').click();
    await heard(room, 'Ana', false);
    await ana.microphoneMuted(false);
  });

  it('follows the page when the microphone is changed there', async () => {
    const page = await ana.meeting();
    await page.getByRole('button', { name: 'Mute', exact: true }).click();
    await ana.microphoneMuted(true);
    await page.getByRole('button', { name: 'Unmute', exact: true }).click();
    await ana.microphoneMuted(false);
    servers.deployment.muteEveryone(await ana.inCall());
    await ana.microphoneMuted(true);
    await bob.microphoneMuted(true);
  });

  it('turns the camera on and off', async () => {
    const room = await ana.inCall();
    const camera = (on: boolean) =>
      ana.button('Turn on camera').and(ana.shell.locator(`[aria-pressed="${on}"]`));
    await camera(false).click();
    await servers.deployment.waitFor(room, (people) => people.some(({ videoMuted }) => !videoMuted));
    await camera(true).click();
    await servers.deployment.waitFor(room, (people) => people.every(({ videoMuted }) => videoMuted));
    await camera(false).waitFor();
  });

  it('keeps the call while settings are open', async () => {
    await ana.button('Settings').click();
    await ana.field('Display name').waitFor();
    await ana.status.getByText(/In call/).waitFor();
    await ana.shell.keyboard.press('Escape');
    await ana.field('Display name').waitFor({ state: 'detached' });
    await ana.microphoneMuted(true);
  });

  it('leaves nothing secret in a file, a log or a process argument', async () => {
    const room = await ana.inCall();
    const secrets = [accessToken, 'eyJhbGciOi'];
    for (const desktop of [ana, bob]) {
      const log = await readFile(join(desktop.profile, 'logs/parley.log'), 'utf8');
      // What standard error has, the file has: the search below looks into it too.
      for (const text of [desktop.output, log])
        expect(text).toMatch(/"event":"call.checked",.*"jti":"[\da-f-]{36}"/);
      expect(await argumentsWithSecrets(desktop, secrets)).toEqual([]);
      expect(await leaks(desktop, secrets)).toEqual([]);
    }
    for (const { path, headers } of servers.deployment.requests) {
      expect(path).not.toContain('eyJ');
      expect(headers.authorization).toBeUndefined();
    }
    const urls = await ana.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => contents.getURL() + contents.getTitle()),
    );
    expect(urls.filter((url) => url.includes('eyJ'))).toEqual([]);
    expect(room).not.toBe('');
  });

  it('is left for good: the others see it, and the page is gone', async () => {
    const room = await ana.inCall();
    await ana.leave();
    await servers.deployment.waitFor(room, (people) =>
      people.every((person) => person.displayName !== 'Ana'),
    );
    await bob.status.getByText('nobody else yet').waitFor();
    const pages = () =>
      ana.app.evaluate(({ webContents }) => webContents.getAllWebContents().map((each) => each.getType()));
    await expect.poll(pages).toEqual(['window']);
    await bob.leave();
  });

  it('starts a video call with microphone and camera', async () => {
    await ana.button('Start video call').click();
    const room = await ana.inCall();
    await servers.deployment.waitFor(room, ([person]) => person?.audioMuted === false && !person.videoMuted);
    await ana.leave();
  });

  it('joins by a meeting’s address and by an invite link', async () => {
    await ana.button('Start voice call').click();
    const room = await ana.inCall();
    await ana.button('Copy invite link').click();
    const invite = await ana.app.evaluate(({ clipboard }) => clipboard.readText());
    expect(invite).toMatch(new RegExp(`^${servers.lobby.url}/join/`));

    await bob.join(invite);
    expect(await bob.inCall()).toBe(room);
    await servers.deployment.waitFor(room, (people) => people.length === 2);
    await bob.leave();

    await bob.join(`${servers.deployment.url}/${room}#config.startWithAudioMuted=true`);
    expect(await bob.inCall()).toBe(room);
    await bob.leave();
    await ana.leave();
  });

  it('remembers its settings after a restart', async () => {
    const { profile } = bob;
    await bob.saveSettings({ lobby: servers.lobby.url, name: 'Bob' });
    await bob.app.close();
    bob = await startDesktop({ env: keyring.env, profile });
    await bob.button('Start voice call').click();
    const room = await bob.inCall();
    await servers.deployment.waitFor(room, ([person]) => person?.displayName === 'Bob');
    await bob.leave();
  });

  it('leaves nothing secret behind', async () => {
    for (const desktop of [ana, bob]) expect(await leaksToTheEnd(desktop, [accessToken])).toEqual([]);
  });
});
