/** Parley about itself: the settings' last section, the log on disk, and what "Copy diagnostics" puts into the clipboard. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axeFindings';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { startDeployment } from '../support/jitsi/deployment';
import { type Keyring, startKeyring } from '../support/keyring';
import { pickFromMenu } from '../support/nativeMenu';
import { screenPicture } from '../support/screenPicture';
import { type Servers, startServers } from '../support/servers';

describe('diagnostics', () => {
  let keyring: Keyring;
  let servers: Servers;
  let desktop: DesktopApp;
  let accessToken: string;

  beforeAll(async () => {
    [keyring, servers] = await Promise.all([startKeyring(), startServers()]);
    accessToken = await servers.lobby.addToken('ana');
    desktop = await startDesktop({ env: keyring.env });
    await desktop.saveSettings({ lobby: servers.lobby.url, name: 'Ana Private', token: accessToken });
  });
  afterAll(async () => {
    await desktop.close();
    await servers.stop();
    await keyring.stop();
  });

  const clipboard = () => desktop.app.evaluate(({ clipboard }) => clipboard.readText());
  const log = () => readFile(join(desktop.profile, 'logs/parley.log'), 'utf8');
  /** Picks an item of the menu "Help", which opens with Alt, or stands at the screen's top. */
  const help = (label: string) =>
    desktop.app.evaluate(({ Menu }, wanted) => {
      const items = Menu.getApplicationMenu()?.items.find(({ role }) => role === 'help')?.submenu?.items;
      items?.find((item) => item.label === wanted)?.click();
    }, label);
  const copied = () => desktop.shell.locator('footer').getByText('Diagnostics copied').waitFor();

  it('hold what a report needs, and no secret, no name and no room', async () => {
    await desktop.button('Start voice call').click();
    const room = await desktop.inCall();
    await desktop.microphoneMuted(false);
    await desktop.button('Copy invite link').click();
    const invite = await clipboard();
    expect(invite).toContain('/join/');
    await pickFromMenu(desktop, () => desktop.button('More').click(), 'Copy diagnostics');
    await copied();
    const text = await clipboard();

    expect(text).toContain(`electron: ${await desktop.app.evaluate(() => process.versions.electron)}`);
    expect(text).toContain(`lobbyUrl: ${servers.lobby.url} (user)`);
    expect(text).toContain('theme: system (default)');
    expect(text).toMatch(/^Keychain\n {2}stored$/m);
    expect(text).toMatch(/steps: 0\.0 s requesting, .* s connecting, .* s joined/);
    expect(text).toMatch(/^ {2}\{.*"event":"call.checked",.*"jti":"[\da-f-]{36}"/m);

    const [self] = await servers.deployment.waitFor(room, ({ length }) => length === 1);
    expect(self?.displayName).toBe('Ana Private');
    const jwt = 'eyJ';
    const inviteToken = invite.split('/').at(-1) ?? invite;
    for (const secret of [accessToken, invite, inviteToken, jwt, 'Ana Private', room]) {
      expect(text).not.toContain(secret);
    }
  });

  it('an error that nobody caught is written down without its secrets, and the call goes on', async () => {
    await desktop.app.evaluate((_, secret) => {
      setTimeout(() => {
        throw new Error(`of a test: https://meet.example.com/room?jwt=eyJhbGciOiJSUzI1NiJ9 ${secret}`);
      });
      void Promise.reject(new Error(`rejected by a test: Bearer ${secret}`));
    }, accessToken);
    await expect.poll(log).toMatch(/"main.uncaught".*of a test: https:\/\/meet.example.com\/…<token> …/);
    await expect.poll(log).toMatch(/"main.unhandled-rejection".*rejected by a test: /);
    for (const text of [await log(), desktop.output]) expect(text).not.toContain(accessToken);
    await desktop.button('Mute microphone').click();
    await desktop.microphoneMuted(true);
    await desktop.leave();
  });

  it('stand, with versions, licences and logs, at the settings’ end, where the menu leads', async () => {
    await help('About Parley');
    const title = desktop.shell.getByRole('heading', { name: 'About Parley' });
    await title.and(desktop.shell.locator(':focus')).waitFor();
    const versions = await desktop.app.evaluate(({ app }) => [app.getVersion(), process.versions.chrome]);
    const section = desktop.shell.getByRole('region', { name: 'About Parley' });
    for (const version of versions) await section.getByText(version).waitFor();
    await section.getByText(join(desktop.profile, 'logs'), { exact: true }).waitFor();

    const keys = desktop.shell.keyboard;
    await keys.press('Tab');
    await desktop.button('Copy diagnostics').and(desktop.shell.locator(':focus')).waitFor();
    await desktop.app.evaluate(({ clipboard }) => clipboard.clear());
    await keys.press('Enter');
    await copied();
    const text = await clipboard();
    expect(text).toMatch(/steps: .* s joined, .* s leaving, .* s idle/);
    expect(text).toContain('of a test: ');

    await keys.press('Tab');
    await keys.press('Tab');
    await keys.press('Enter');
    const licences = desktop.field('Licences of Parley and of what is in it');
    for (const part of ['Apache License', '\nreact ', '\nzod ', 'LICENSES.chromium.html']) {
      expect(await licences.inputValue()).toContain(part);
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await desktop.shell.emulateMedia({ colorScheme });
      expect(await axeFindings(desktop.shell)).toEqual([]);
      await screenPicture(`about-${colorScheme}.png`);
    }
  });

  it('show the folder of the logs in the system’s file manager, or say why not', async () => {
    await desktop.app.evaluate(({ shell }) => {
      shell.openPath = (path) => {
        Object.assign(globalThis, { openedPath: path });
        return Promise.resolve('no file manager');
      };
    });
    await desktop.button('Show logs').click();
    await desktop.alert.getByText('The folder could not be opened (no file manager).').waitFor();
    const opened = await desktop.app.evaluate(() => (globalThis as { openedPath?: string }).openedPath);
    expect(opened).toBe(join(desktop.profile, 'logs'));
  });
});

it('a profile in which no log can be written makes calls as any other', async () => {
  const profile = await mkdtemp(join(tmpdir(), 'parley-profile-'));
  // Where the folder should be.
  await writeFile(join(profile, 'logs'), '');
  const deployment = await startDeployment({ tokenRequired: false });
  const desktop = await startDesktop({ profile, env: { PARLEY_FREE_URL: deployment.url } });
  try {
    await desktop.startFreeCall();
    await pickFromMenu(desktop, () => desktop.button('More').click(), 'Copy diagnostics');
    await desktop.shell.locator('footer').getByText('Diagnostics copied').waitFor();
    const text = await desktop.app.evaluate(({ clipboard }) => clipboard.readText());
    expect(text).toContain('"event":"call.opened"');
    await desktop.leave();
  } finally {
    await desktop.close();
    await deployment.stop();
    await rm(profile, { recursive: true });
  }
});
