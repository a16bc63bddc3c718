/** Signing in as a person does it; the system's browser is played, provider, directory and lobby are real. */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axeFindings';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type Directory, LDAP_BASE, READER, startDirectory } from '../support/directory';
import { type Keyring, startKeyring } from '../support/keyring';
import { APP_CLIENT_ID, type OpenIdProvider, startProvider } from '../support/openIdProvider';
import { PlayedBrowser } from '../support/playedBrowser';
import { type Servers, startServers } from '../support/servers';

describe('signing in', () => {
  let keyring: Keyring;
  let provider: OpenIdProvider;
  let directory: Directory;
  let servers: Servers;
  let desktop: DesktopApp;

  beforeAll(async () => {
    [keyring, provider, directory] = await Promise.all([
      startKeyring(),
      startProvider({ people: { 'sub-1': { preferred_username: 'ana', name: 'Ana Maria' } } }),
      startDirectory(),
    ]);
    servers = await startServers({
      LOBBY_AUTH: 'oidc,ldap',
      LOBBY_OIDC_ISSUER: provider.issuer,
      LOBBY_OIDC_AUDIENCE: APP_CLIENT_ID,
      LDAP_URL: directory.url,
      LDAP_BASE,
      LDAP_BINDDN: READER.dn,
      LDAP_BINDPW: READER.password,
    });
    desktop = await start();
  });
  afterAll(async () => {
    await desktop.close();
    await servers.stop();
    await Promise.all([provider.stop(), directory.stop()]);
    await keyring.stop();
  });

  /** The app, whose "system browser" only notes what it is to open. */
  async function start({
    env = keyring.env,
    ...profile
  }: { env?: Keyring['env']; profile?: string } = {}): Promise<DesktopApp> {
    const app = await startDesktop({ env, ...profile });
    await app.app.evaluate(({ shell }) => {
      Object.assign(globalThis, { opened: [] });
      shell.openExternal = (address) => {
        (globalThis as unknown as { opened: string[] }).opened.push(address);
        return Promise.resolve();
      };
    });
    return app;
  }
  const opened = () =>
    desktop.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened.splice(0));
  /** Waits for the browser to be opened, and does there what the visitor does. */
  async function inBrowser(): Promise<string> {
    let address: string | undefined;
    await expect.poll(async () => ([address] = await opened()).length, { timeout: 15_000 }).toBe(1);
    const { response } = await new PlayedBrowser().go(address ?? '');
    return (await response?.text()) ?? '';
  }
  const says = (words: string) => desktop.shell.getByText(words).waitFor();
  const token = () => desktop.field('Access token');

  it('a lobby that takes no access tokens asks for none, once it has said so', async () => {
    await desktop.button('Settings').click();
    await token().waitFor();
    await desktop.field('Lobby address').fill(servers.lobby.url);
    await desktop.field('Display name').focus();
    await desktop.button('Sign in with your browser').waitFor();
    await token().waitFor({ state: 'detached' });
    await desktop.shell.emulateMedia({ colorScheme: 'light' });
    expect(await axeFindings(desktop.shell)).toEqual([]);
    await desktop.shell.emulateMedia({ colorScheme: 'dark' });
    expect(await axeFindings(desktop.shell)).toEqual([]);
  });

  it('that is cancelled, or declined in the browser, says what is so', async () => {
    await desktop.button('Sign in with your browser').click();
    await says('Waiting for your browser.');
    await desktop.shell.locator('.sign-in').getByRole('button', { name: 'Cancel' }).click();
    await desktop.shell.getByText('Waiting for your browser.').waitFor({ state: 'detached' });
    await opened();
    provider.visitor.declines = true;
    await desktop.button('Sign in with your browser').click();
    expect(await inBrowser()).toContain('You are not signed in');
    await desktop.alert.getByText('did not sign you in').waitFor();
    provider.visitor.declines = false;
  });

  it('without having signed in, a call says what to do', async () => {
    await desktop.button('Done').click();
    await desktop.button('Start voice call').click();
    await desktop.alert.getByText('Sign in first.').waitFor();
    await desktop.button('Sign in').click();
    await desktop.button('Sign in with your browser').and(desktop.shell.locator(':focus')).waitFor();
  });

  it('in the browser lets calls begin; the keychain keeps no token that a lobby takes', async () => {
    await desktop.button('Sign in with your browser').click();
    expect(await inBrowser()).toContain('Close this tab');
    await says('Signed in as Ana Maria.');
    await desktop.button('Test connection').click();
    await says('is a lobby, and knows you.');
    await desktop.button('Done').click();
    await desktop.button('Start voice call').click();
    await desktop.inCall();
    await desktop.leave();
    const kept = (await keyring.lookup('Parley', servers.lobby.url)) ?? '';
    expect(kept).toContain('"kind":"oidc"');
    expect(kept + desktop.output).not.toContain('eyJ');
  });

  it('leaves no trace of itself in what is copied for a report', async () => {
    const kept = JSON.parse((await keyring.lookup('Parley', servers.lobby.url)) ?? '') as {
      refreshToken: string;
    };
    await desktop.button('Settings').click();
    await desktop.button('Copy diagnostics').click();
    await desktop.shell.locator('footer').getByText('Diagnostics copied').waitFor();
    const text = await desktop.app.evaluate(({ clipboard }) => clipboard.readText());
    expect(text).toContain('"event":"call.opened"');
    for (const secret of [kept.refreshToken, 'eyJ', 'Ana Maria']) expect(text).not.toContain(secret);
    await desktop.button('Done').click();
  });

  it('lasts beyond a quit, and ends by signing out', async () => {
    await desktop.app.close();
    desktop = await start({ profile: desktop.profile });
    await desktop.button('Start voice call').click();
    await desktop.inCall();
    await desktop.leave();
    await desktop.button('Settings').click();
    await says('Signed in as Ana Maria.');
    await keyring.lock();
    await desktop.button('Sign out').click();
    await desktop.alert.getByText('Your sign-in may still be in the keychain.').waitFor();
    await keyring.unlock();
    await desktop.button('Done').click();
    await desktop.button('Settings').click();
    await desktop.button('Sign out').click();
    await says('You are signed out, here and at the sign-in service.');
    expect(await keyring.lookup('Parley', servers.lobby.url)).toBeUndefined();
  });

  it('by user name and password names a wrong one, and lets calls begin with the right one', async () => {
    await desktop.field('User name').fill('ana');
    await desktop.field('Password').fill('wrong');
    await desktop.shell.getByRole('checkbox', { name: 'Remember in the system’s keychain' }).uncheck();
    await desktop.button('Sign in').click();
    await desktop.alert.getByText('does not know this user name and password.').waitFor();
    await desktop.field('Password').fill('ana-secret');
    await desktop.shell.keyboard.press('Enter');
    await says('Signed in as ana.');
    expect(await keyring.lookup('Parley', servers.lobby.url)).toBeUndefined();
    await desktop.button('Done').click();
    await desktop.button('Start voice call').click();
    await desktop.inCall();
    await desktop.leave();
    expect(desktop.output).not.toContain('ana-secret');
    await desktop.button('Settings').click();
    await says('Signed in as ana.');
    await desktop.button('Forget credentials').click();
    await says('The token was removed.');
    await desktop.shell.getByText('Signed in as ana.').waitFor({ state: 'detached' });
  });

  it('is asked for by the first run, where the lobby wants it, and leads to a call', async () => {
    const { profile } = desktop;
    await desktop.app.close();
    await rm(profile, { recursive: true, force: true });
    desktop = await start();
    await desktop.field('Address of your lobby').fill(servers.lobby.url);
    await desktop.shell.keyboard.press('Enter');
    const focused = (name: string) => desktop.button(name).and(desktop.shell.locator(':focus')).waitFor();
    await focused('Sign in with your browser');
    expect([await token().count(), await desktop.alert.count()]).toEqual([0, 0]);
    expect(await axeFindings(desktop.shell)).toEqual([]);
    await desktop.shell.keyboard.press('Enter');
    expect(await inBrowser()).toContain('Close this tab');
    await focused('Start voice call');
    await desktop.shell.keyboard.press('Enter');
    await desktop.inCall();
    await desktop.leave();
    await desktop.shell
      .getByRole('heading', { name: 'Before your first call' })
      .waitFor({ state: 'detached' });
  });

  it('says where no keychain takes it that it lasts until a quit, at the first run and in the settings', async () => {
    const said =
      'No system keychain found. Your sign-in is kept until you quit. Install a Secret Service (GNOME Keyring, KWallet) to keep it.';
    const none = await startKeyring({ mode: 'none' });
    await desktop.close();
    desktop = await start({ env: none.env });
    await desktop.field('Address of your lobby').fill(servers.lobby.url);
    await desktop.shell.keyboard.press('Enter');
    await desktop.button('Sign in with your browser').click();
    await inBrowser();
    await desktop.alert.getByText(said).waitFor();
    // Before it is asked anew, the panel still tells that the keychain could not be read.
    await expect.poll(async () => [await token().count(), await desktop.alert.count()]).toEqual([0, 1]);
    await desktop.button('Continue').click();
    await desktop.button('Settings').click();
    await desktop.button('Sign out').click();
    await desktop.field('User name').fill('ana');
    await desktop.field('Password').fill('ana-secret');
    await desktop.button('Sign in').click();
    await says('Signed in as ana.');
    await desktop.alert.getByText(said).waitFor();
    await none.stop();
  });
});
