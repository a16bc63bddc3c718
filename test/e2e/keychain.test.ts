import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BrokenLibsecret, breakLibsecret } from '../support/brokenLibsecret';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type Keyring, startKeyring } from '../support/keyring';
import { leaksToTheEnd } from '../support/secretSearch';
import { type Servers, startServers } from '../support/servers';

describe('a keychain that is not to be had', () => {
  let servers: Servers;
  let token: string;
  let keyring: Keyring | undefined;
  let broken: BrokenLibsecret | undefined;
  let desktop: DesktopApp | undefined;

  beforeAll(async () => {
    servers = await startServers();
    token = await servers.lobby.addToken('ana');
  });
  afterAll(() => servers.stop());
  afterEach(async () => {
    const found = desktop === undefined ? [] : await leaksToTheEnd(desktop, [token]);
    await desktop?.close();
    await keyring?.stop();
    await broken?.remove();
    desktop = keyring = broken = undefined;
    expect(found).toEqual([]);
  });

  /** Saves a token that the keychain does not take, reads what is said, and makes the call all the same. */
  async function saveAndCall(app: DesktopApp, what: string, advice: string): Promise<void> {
    const said = `${what} Your token is kept until you quit. ${advice}`;
    await app.button('Settings').click();
    await app.field('Lobby address').fill(servers.lobby.url);
    await app.field('Access token').fill(token);
    await app.button('Save').click();
    await app.shell.getByText('Saved.', { exact: true }).waitFor();
    expect(await app.alert.innerText()).toBe(said);
    await app.button('Done').click();
    await app.button('Settings').click();
    await app.shell.getByText(said).waitFor();
    expect(await app.alert.count()).toBe(0);
    await app.button('Done').click();
    await app.button('Start voice call').click();
    await app.inCall();
    await app.leave();
  }

  /** With the token gone, the call fails with the keychain's fault; the settings are still there. */
  async function callFails(app: DesktopApp, said: string): Promise<void> {
    await app.button('Start voice call').click();
    await app.alert.getByText('Your access token could not be read.').waitFor();
    await app.alert.getByText(said).waitFor();
    await app.ready();
    await app.button('Settings').click();
    expect(await app.field('Lobby address').inputValue()).toBe(servers.lobby.url);
    await app.button('Done').click();
  }

  it('because no secret service runs', async () => {
    keyring = await startKeyring({ mode: 'none' });
    desktop = await startDesktop({ env: keyring.env });
    const what = 'No system keychain found.';
    const advice = 'Install a Secret Service (GNOME Keyring, KWallet) to keep it.';
    await saveAndCall(desktop, what, advice);
    const { profile } = desktop;
    expect(await leaksToTheEnd(desktop, [token])).toEqual([]);
    desktop = await startDesktop({ env: keyring.env, profile });
    await callFails(desktop, `${what} ${advice}`);
  });

  it('because libsecret is missing', async () => {
    keyring = await startKeyring();
    broken = await breakLibsecret();
    const env = { ...keyring.env, ...broken.env };
    desktop = await startDesktop({ env });
    await saveAndCall(
      desktop,
      'The system’s keychain library is missing.',
      'Install libsecret (Debian: libsecret-1-0) and start Parley again.',
    );
  });

  it('because it is locked, and nobody answers', async () => {
    keyring = await startKeyring();
    desktop = await startDesktop({ env: keyring.env });
    await desktop.saveSettings({ lobby: servers.lobby.url, name: 'Ana', token });
    await keyring.lock();
    await callFails(desktop, 'The system’s keychain is locked, or the token was removed from it.');
  });

  it('because it is locked from the start: the token is held until the app quits', async () => {
    keyring = await startKeyring({ mode: 'locked' });
    desktop = await startDesktop({ env: keyring.env });
    await saveAndCall(desktop, 'The system’s keychain is locked.', 'Unlock the keychain, then try again.');
  });

  it('because it hangs: the wait is bounded, and cancel works at once', async () => {
    keyring = await startKeyring();
    desktop = await startDesktop({ env: keyring.env });
    await desktop.saveSettings({ lobby: servers.lobby.url, name: 'Ana', token });
    keyring.hang();
    await desktop.button('Start voice call').click();
    await desktop.status.getByText('Requesting room…').waitFor();
    await desktop.button('Cancel').click();
    await desktop.ready();
    await callFails(desktop, 'The system’s keychain is locked. Unlock the keychain, then try again.');
  });

  it('because it is locked: nothing is said to be forgotten that is not', async () => {
    keyring = await startKeyring();
    desktop = await startDesktop({ env: keyring.env });
    await desktop.saveSettings({ lobby: servers.lobby.url, name: 'Ana', token });
    await keyring.lock();
    await desktop.button('Settings').click();
    await desktop.button('Forget credentials').click();
    await desktop.alert.waitFor();
    expect(await desktop.alert.innerText()).toBe(
      'The system’s keychain is locked, or the token was removed from it. Your token may still be in the keychain. ' +
        'Unlock the keychain or start it, then choose “Forget credentials” again.',
    );
    await keyring.unlock();
    expect(await keyring.lookup('Parley', servers.lobby.url)).toBe(token);
    await desktop.button('Forget credentials').click();
    await desktop.shell.getByText('The token was removed.').waitFor();
    expect(await keyring.lookup('Parley', servers.lobby.url)).toBeUndefined();
  });

  it('because it is locked: a lobby goes off the list, and its token is said to be left', async () => {
    keyring = await startKeyring();
    desktop = await startDesktop({ env: keyring.env });
    const other = servers.lobby.url.replace('127.0.0.1', 'localhost');
    for (const lobby of [other, servers.lobby.url]) await desktop.saveSettings({ lobby, name: 'Ana', token });
    await keyring.lock();
    await desktop.button('Settings').click();
    const { host } = new URL(other);
    await desktop.button(`Remove ${host}`).click();
    await desktop.alert.waitFor();
    expect(await desktop.alert.innerText()).toMatch(
      new RegExp(
        `^${host} is off the list, but its token may still be in the keychain\\. .* Delete the token`,
      ),
    );
    await desktop.button(`Use ${host}`).waitFor({ state: 'detached' });
    await keyring.unlock();
    expect(await keyring.lookup('Parley', other)).toBe(token);
  });

  it('and forgets the token when told', async () => {
    keyring = await startKeyring();
    desktop = await startDesktop({ env: keyring.env });
    await desktop.saveSettings({ lobby: servers.lobby.url, name: 'Ana', token });
    await desktop.button('Settings').click();
    await desktop.button('Forget credentials').click();
    await desktop.shell.getByText('The token was removed.').waitFor();
    expect(await keyring.lookup('Parley', servers.lobby.url)).toBeUndefined();
    await desktop.button('Done').click();
    await desktop.button('Start voice call').click();
    await desktop.alert.getByText('Lobby wants an access token.').waitFor();
  });
});
