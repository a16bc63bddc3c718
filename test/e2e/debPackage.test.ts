/** The Debian package: installed, started from its desktop entry, a call made, removed without a trace. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { lstat, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InstalledApp, readDesktopEntry } from '../support/installedApp';
import { type Keyring, startKeyring } from '../support/keyring';
import { type Servers, startServers } from '../support/servers';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

const ENTRY = '/usr/share/applications/parley.desktop';
const SETUID = 0o4000;

// Where Parley is installed already, it stays so. Elsewhere only a machine of the tests' own may be changed.
const mayInstall =
  existsSync('/usr/bin/dpkg') &&
  process.getuid?.() === 0 &&
  !existsSync(ENTRY) &&
  process.env['CI'] !== undefined;

describe.skipIf(!mayInstall)('the Debian package', () => {
  let keyring: Keyring;
  let servers: Servers;
  let profile: string;
  let files: string[];

  beforeAll(async () => {
    profile = await mkdtemp(join(tmpdir(), 'parley-installed-'));
    [keyring, servers] = await Promise.all([startKeyring(), startServers()]);
    const { stderr } = await run(process.execPath, [join(root, 'build/packageDeb.mjs')], { cwd: root });
    const deb = /^\/.*\.deb$/m.exec(stderr)?.[0] ?? '';
    await run('dpkg', ['--install', deb]);
    const { stdout } = await run('dpkg', ['--listfiles', 'parley']);
    files = stdout.split('\n').filter((file) => /\/parley|\/Parley/.test(file));
    // Packing and unpacking 200 MB.
  }, 150_000);
  afterAll(async () => {
    await run('dpkg', ['--purge', 'parley']);
    await Promise.all([servers.stop(), keyring.stop(), rm(profile, { recursive: true })]);
  });

  it('installs with what it depends on, unchanged', async () => {
    const { stdout } = await run('dpkg-query', ['--show', '--showformat', '${Status}', 'parley']);
    expect(stdout).toBe('install ok installed');
    expect((await run('dpkg', ['--verify', 'parley'])).stdout).toBe('');
    expect((await lstat('/opt/Parley/chrome-sandbox')).mode & SETUID).toBe(SETUID);
  });

  it('stands on the path, among the programs, with icons, and for links', async () => {
    expect((await run('sh', ['-c', 'command -v parley'])).stdout.trim()).toBe('/usr/bin/parley');
    expect(await readDesktopEntry(ENTRY)).toMatchObject({
      Name: 'Parley',
      Exec: '/opt/Parley/parley %U',
      Icon: 'parley',
      MimeType: 'x-scheme-handler/parley;',
      Categories: 'Network;',
    });
    expect(files).toContain('/usr/share/icons/hicolor/256x256/apps/parley.png');
    expect(files).toContain('/usr/share/icons/hicolor/scalable/apps/parley.svg');
  });

  it('makes a call, with the token from the keychain', async () => {
    const token = await servers.lobby.addToken('ana');
    const { Exec } = await readDesktopEntry(ENTRY);
    const app = await InstalledApp.start(Exec ?? '', profile, { ...keyring.env, PARLEY_DISPLAY_NAME: 'Ana' });
    try {
      const button = (name: string) => app.shell.getByRole('button', { name, exact: true });
      const field = (name: string) => app.shell.getByRole('textbox', { name, exact: true });
      await button('Settings').click();
      await field('Lobby address').fill(servers.lobby.url);
      await field('Access token').fill(token);
      await button('Save').click();
      await app.shell.getByText('Saved.', { exact: true }).waitFor();
      expect(await keyring.lookup('Parley', servers.lobby.url)).toBe(token);
      await button('Show licences').click();
      const licences = field('Licences of Parley and of what is in it');
      for (const part of ['Apache License', '\nreact ', '\nzod ', '/opt/Parley/LICENSES.chromium.html']) {
        expect(await licences.inputValue()).toContain(part);
      }
      await button('Done').click();
      await button('Start voice call').click();
      const status = app.shell.getByRole('status');
      await status.getByText(/In call/).waitFor();
      const room = (await status.locator('.name').textContent()) ?? '';
      await servers.deployment.waitFor(room, ([ana]) => ana?.displayName === 'Ana' && !ana.audioMuted);

      const env = {
        ...process.env,
        ...keyring.env,
        ELECTRON_DISABLE_SANDBOX: '1',
        PARLEY_USER_DATA_DIR: profile,
      };
      const { stdout } = await run('parley', ['mute', '--json'], { env });
      expect(JSON.parse(stdout)).toMatchObject({ microphone: 'off' });
      await servers.deployment.waitFor(room, ([ana]) => ana?.audioMuted === true);
    } finally {
      await app.close();
    }
  });

  it('is removed without a trace', async () => {
    await run('dpkg', ['--purge', 'parley']);
    expect(files.filter((file) => existsSync(file))).toEqual([]);
  });
});
