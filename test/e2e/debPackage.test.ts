/**
 * The Debian package: installed, started from its desktop entry, a call made, a policy heard, removed without a trace.
 * `npm run package:bare` runs this against a system that has nothing but what the package asks for.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, lstat, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policyFilePath } from '../../main/settings/policyFile';
import { InstalledApp, readDesktopEntry } from '../support/installedApp';
import { type Keyring, startKeyring } from '../support/keyring';
import { type Servers, startServers } from '../support/servers';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** The root folder of the system to install on, whose /tmp is this one's (build/packageBare.mjs); here, when not set. */
const SYSTEM = process.env['PARLEY_BARE_ROOT'] ?? '';
const inSystem = (...command: string[]) => (SYSTEM === '' ? command : ['chroot', SYSTEM, ...command]);
/** Runs a program of that system. */
const runThere = (...command: string[]) => {
  const [program = '', ...args] = inSystem(...command);
  return run(program, args, { maxBuffer: 16 * 1024 * 1024 });
};

const ENTRY = join(SYSTEM, '/usr/share/applications/parley.desktop');
const POLICY = join(SYSTEM, policyFilePath('linux', {}));
const SETUID = 0o4000;

// Where Parley is installed already, it stays so. Elsewhere only a machine of the tests' own may be changed.
const mayInstall =
  existsSync('/usr/bin/dpkg') &&
  process.getuid?.() === 0 &&
  !existsSync(ENTRY) &&
  (SYSTEM !== '' || process.env['CI'] !== undefined);

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
    const seen = join(profile, basename(deb));
    await cp(deb, seen);
    // Here every dependency is there, or dpkg refuses; there, apt brings them, and nothing else.
    await (SYSTEM === ''
      ? run('dpkg', ['--install', seen])
      : runThere('apt-get', 'install', '-y', '-qq', '--no-install-recommends', seen));
    const { stdout } = await runThere('dpkg', '--listfiles', 'parley');
    files = stdout.split('\n').filter((file) => /\/parley|\/Parley/.test(file));
    // Packing and unpacking 200 MB, and on a bare system a hundred packages.
  }, 300_000);
  afterAll(async () => {
    await runThere('dpkg', '--purge', 'parley');
    await rm(dirname(POLICY), { recursive: true, force: true });
    await Promise.all([servers.stop(), keyring.stop(), rm(profile, { recursive: true })]);
  });

  /** Starts what the desktop entry says. */
  const start = async (env: Record<string, string> = {}) => {
    const { Exec = '' } = await readDesktopEntry(ENTRY);
    return InstalledApp.start(inSystem(Exec).join(' '), profile, { ...keyring.env, ...env });
  };
  const controls = ({ shell }: InstalledApp) => ({
    button: (name: string) => shell.getByRole('button', { name, exact: true }),
    field: (name: string) => shell.getByRole('textbox', { name, exact: true }),
  });

  it('installs with what it depends on, unchanged', async () => {
    const { stdout } = await runThere('dpkg-query', '--show', '--showformat', '${Status}', 'parley');
    expect(stdout).toBe('install ok installed');
    expect((await runThere('dpkg', '--verify', 'parley')).stdout).toBe('');
    expect((await lstat(join(SYSTEM, '/opt/Parley/chrome-sandbox'))).mode & SETUID).toBe(SETUID);
  });

  it('stands on the path, among the programs, with icons, and for links', async () => {
    expect((await runThere('sh', '-c', 'command -v parley')).stdout.trim()).toBe('/usr/bin/parley');
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
    const app = await start({ PARLEY_DISPLAY_NAME: 'Ana' });
    const { button, field } = controls(app);
    try {
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
      const [program = '', ...args] = inSystem('parley', 'mute', '--json');
      const { stdout } = await run(program, args, { env });
      expect(JSON.parse(stdout)).toMatchObject({ microphone: 'off' });
      await servers.deployment.waitFor(room, ([ana]) => ana?.audioMuted === true);
    } finally {
      await app.close();
    }
  });

  it('hears the policy in its place, and shows what it has locked', async () => {
    await mkdir(dirname(POLICY));
    await writeFile(POLICY, JSON.stringify({ lobbyUrl: servers.lobby.url, freeMode: false }));
    const app = await start();
    const { button, field } = controls(app);
    try {
      await button('Settings').click();
      const address = field('Lobby address');
      await address.and(app.shell.locator('[readonly], [disabled]')).waitFor();
      expect(await address.inputValue()).toBe(servers.lobby.url);
      await app.shell.getByText('Set by your organisation.', { exact: true }).first().waitFor();
    } finally {
      await app.close();
    }
  });

  it('is removed without a trace', async () => {
    await runThere('dpkg', '--purge', 'parley');
    expect(files.filter((file) => existsSync(join(SYSTEM, file)))).toEqual([]);
  });
});
