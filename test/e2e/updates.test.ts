/**
 * Updates of the packed app by the real electron-updater, over a server on this machine. The app is started as an AppImage
 * starts it - `APPIMAGE` names its file, `APPDIR` where it is mounted - since mounting one needs FUSE, which a test's machine
 * need not have. What stands in for the AppImage is a program that leaves a mark.
 */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { desktopFile } from '../../main/shell/autostart';
import { InstalledApp } from '../support/installedApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';
import { feedName, sha512, startUpdateServer, type UpdateServer } from '../support/updateServer';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** What stands in for a later AppImage; electron-builder's own does nothing either when it is only installed. */
const later = (mark: string) =>
  Buffer.from(`#!/bin/sh\n[ "$APPIMAGE_EXIT_AFTER_INSTALL" = true ] || echo started > '${mark}'\n`);
const THIS = 'this version';

describe.skipIf(process.platform !== 'linux')('updates of the packed app', () => {
  let scratch: string;
  let appDir: string;
  let appImage: string;
  let profile: string;
  let server: UpdateServer;
  let deployment: JitsiDeployment;
  let app: InstalledApp | undefined;

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'parley-updates-'));
    await run(process.execPath, [join(root, 'build/packageDir.mjs')], { cwd: root });
    appDir = join(scratch, 'mounted');
    const packed = join(root, 'dist/linux-unpacked');
    // Links are quick; other file systems have copies.
    await run('cp', ['-al', packed, appDir]).catch(() =>
      cp(packed, appDir, { recursive: true, force: true }),
    );
    // As electron-builder writes it into an AppImage.
    await writeFile(
      join(appDir, 'resources/app-update.yml'),
      'provider: generic\nurl: https://updates.invalid\nupdaterCacheDirName: parley-updater\n',
    );
    [server, deployment] = await Promise.all([
      startUpdateServer(),
      startDeployment({ tokenRequired: false }),
    ]);
    // NetworkManager's answer, whatever this machine has.
    await mkdir(join(scratch, 'bin'));
    await writeFile(join(scratch, 'bin/busctl'), '#!/bin/sh\necho "u ${PLAYED_METERED:-0}"\n', {
      mode: 0o755,
    });
  }, 120_000);
  afterEach(async () => {
    await app?.close();
    app = undefined;
  });
  afterAll(async () => {
    await Promise.all([server.stop(), deployment.stop()]);
    await rm(scratch, { recursive: true });
  });

  /** Starts the app with its settings open at "Updates". */
  async function start(env: NodeJS.ProcessEnv = {}, name = 'Parley.AppImage'): Promise<void> {
    profile = await mkdtemp(join(scratch, 'profile-'));
    appImage = join(profile, name);
    await writeFile(appImage, THIS);
    await writeFile(join(profile, 'settings.json'), '{"freeMode":true,"freeNoticeRead":true}');
    app = await InstalledApp.start(join(appDir, 'parley'), profile, {
      APPIMAGE: appImage,
      APPDIR: appDir,
      XDG_CACHE_HOME: join(profile, 'cache'),
      XDG_CONFIG_HOME: join(profile, 'config'),
      PATH: `${join(scratch, 'bin')}:${process.env['PATH'] ?? ''}`,
      PARLEY_FREE_URL: deployment.url,
      PARLEY_UPDATE_URL: server.address,
      ...env,
    });
    await button('Settings').click();
  }
  const shell = () => {
    if (app === undefined) throw new Error('The app is not started.');
    return app.shell;
  };
  const button = (name: string) => shell().getByRole('button', { name, exact: true });
  const says = (words: string | RegExp) => shell().locator('.updates').getByText(words).waitFor();
  const check = () => button('Check for updates').click();
  const mark = () => join(profile, 'mark');
  const started = () => readFile(mark(), 'utf8').catch(() => '');
  const host = () => new URL(server.address).host;

  it('asks before it loads, says what is new as text, waits for the end of a call, and starts the later one', async () => {
    await start();
    server.offer({
      version: '0.3.0',
      content: later(mark()),
      notes: 'Calls are <b>clearer</b>.\n<img src=x onerror="document.title = 1">',
    });
    await check();
    await says('Parley 0.3.0 is available. The download has 0.1 MB.');
    const notes = shell().getByRole('region', { name: 'What is new in 0.3.0' });
    await notes.getByText('Calls are <b>clearer</b>.').waitFor();
    expect(await notes.locator('*').count()).toBe(0);
    expect(server.asked).toEqual([`/parley/${feedName}`]);

    let finish: () => void = () => undefined;
    server.answer('file', (_request, response) => {
      const content = later(mark());
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 10));
      finish = () => response.end(content.subarray(10));
    });
    await button('Download').click();
    await says(/^Downloading Parley 0\.3\.0: \d+%$/);
    await shell().getByRole('progressbar', { name: 'Download' }).waitFor();
    await expect.poll(() => server.asked.length).toBe(2);
    finish();
    await says('Parley 0.3.0 is ready. It is installed when you quit.');

    await button('Done').click();
    const row = button('Parley 0.3.0 is ready: restart to update');
    await row.waitFor();
    await button('Start voice call').click();
    await shell()
      .getByRole('status')
      .getByText(/In call/)
      .waitFor();
    expect(await row.count()).toBe(0);
    await button('Settings').click();
    await says('You are in a call. Restart when it is over.');
    expect(await button('Restart now').isDisabled()).toBe(true);
    await button('Done').click();
    await button('Leave call').click();
    await row.click();
    expect(await readFile(appImage, 'utf8')).toBe(THIS);
    await button('Restart now').click();
    await expect.poll(started, { timeout: 20_000 }).toBe('started\n');
    expect(await readFile(appImage, 'utf8')).toBe(later(mark()).toString());
  });

  it('loads unasked where that costs nothing, and installs when it quits', async () => {
    await start({ PLAYED_METERED: '2' });
    server.offer({ version: '0.3.0', content: later(mark()) });
    await check();
    await says('Parley 0.3.0 is ready. It is installed when you quit.');
    expect(await readFile(appImage, 'utf8')).toBe(THIS);
    await app?.close();
    expect(await readFile(appImage, 'utf8')).toBe(later(mark()).toString());
    expect(await started()).toBe('');
  });

  it('of a file with its version in its name have the session start the later one', async () => {
    await start({ PLAYED_METERED: '2' }, 'parley-0.1.0-linux-x86_64.AppImage');
    const autostart = join(profile, 'config/autostart/parley.desktop');
    await shell().getByRole('checkbox', { name: 'Start Parley, minimised, when I log in' }).click();
    const written = () => readFile(autostart, 'utf8').catch(() => '');
    await expect.poll(written).toBe(desktopFile([appImage, '--at-login']));
    server.offer({ version: '0.3.0', content: later(mark()) });
    await check();
    await says('Parley 0.3.0 is ready. It is installed when you quit.');
    await app?.close();
    const named = join(profile, 'parley-0.3.0-linux-x86_64.AppImage');
    expect(await readFile(named, 'utf8')).toBe(later(mark()).toString());
    expect(await written()).toBe(desktopFile([named, '--at-login']));
  });

  it('refuses what a wrong, broken or hostile server says, and installs none of it', async () => {
    const elsewhere = createServer((_request, response) => void response.end('evil'));
    const reached: string[] = [];
    elsewhere.on('request', ({ url = '' }) => reached.push(url));
    await once(elsewhere.listen(0, '127.0.0.1'), 'listening');
    const other = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/evil.AppImage`;
    await start({ PLAYED_METERED: '1' });
    const [release, refused] = [
      { version: '0.3.0', content: later(mark()) },
      'sends elsewhere, or more than',
    ];
    const offered = 'Parley 0.3.0 is available. The download has 0.1 MB. Your connection is metered.';
    const load = async (words: string) => {
      await check();
      await says(offered);
      await button('Download').click();
      await says(words);
    };

    server.answer('feed', (_request, response) =>
      response.end('<html><body>Sign in to the network</body></html>'),
    );
    await check();
    await says(`What ${host()} says does not describe a release. Check the update address.`);
    server.answer('feed', (_request, response) => response.end(`version: ${'1'.repeat(200_000)}`));
    await check();
    await says('does not describe a release');
    server.answer('feed', (_request, response) => response.writeHead(302, { location: other }).end());
    await check();
    await says(refused);
    server.answer('feed', (_request, response) => response.writeHead(403).end());
    await check();
    await says(`${host()} has no releases there: it answers 403. Check the update address.`);

    server.offer({ ...release, said: { url: other } });
    await load(refused);
    server.offer(release);
    server.answer('file', (_request, response) => response.writeHead(302, { location: other }).end());
    await load(refused);
    server.offer(release);
    server.answer('file', (_request, response) => response.end(Buffer.alloc(1_000_000)));
    await load(refused);
    server.offer(release);
    server.answer('file', (_request, response) => response.writeHead(404).end());
    await load(`${host()} has no releases there: it answers 404.`);
    server.offer({ ...release, said: { sha512: sha512(Buffer.from('another')) } });
    await load(
      `What was downloaded is not what ${host()} has announced. It was thrown away; nothing was installed.`,
    );

    expect(reached).toEqual([]);
    const kept = await readdir(join(profile, 'cache/parley-updater/pending')).catch(() => []);
    expect(kept.filter((name) => name.endsWith('.AppImage'))).toEqual([]);
    await app?.close();
    expect(await readFile(appImage, 'utf8')).toBe(THIS);
    expect(await started()).toBe('');
    elsewhere.close();
  });

  it('goes to no older version, and leaves what others have installed to them', async () => {
    await start({ APPIMAGE: '', APPDIR: '' });
    server.offer({ version: '0.0.9', content: later(mark()) });
    await check();
    await says(/^This is the latest version, \d/);
    server.offer({ version: '0.3.0', content: later(mark()) });
    const asked = server.asked.length;
    await check();
    await says('Parley 0.3.0 is available. Install it the way this one was installed');
    expect(await button('Download').count()).toBe(0);
    expect(server.asked.slice(asked)).toEqual([`/parley/${feedName}`]);
  });

  it('takes an address, but none that is not protected; says that a server, or the file to replace, is not there', async () => {
    await start({ PARLEY_UPDATE_URL: '' });
    await says('No update address is set, so Parley looks for no later version.');
    const field = shell().getByRole('textbox', { name: 'Update address', exact: true });
    await field.fill('http://updates.example.com');
    await button('Use this address').click();
    await says('http is not protected: anyone on the way could change what you install. Use https.');
    const closed = createServer();
    await once(closed.listen(0, '127.0.0.1'), 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await field.fill(`127.0.0.1:${port}`);
    await button('Use this address').click();
    await says('Parley has not looked for a later version yet.');
    await check();
    await says(`127.0.0.1:${port} refused the connection`);
    await field.fill(server.address);
    await button('Use this address').click();
    server.offer({ version: '0.3.0', content: later(mark()) });
    await check();
    await says('Parley 0.3.0 is available.');
    expect(JSON.parse(await readFile(join(profile, 'settings.json'), 'utf8'))).toMatchObject({
      updateUrl: server.address,
    });
    await button('Download').click();
    await says('Parley 0.3.0 is ready.');
    await rm(appImage);
    await button('Restart now').click();
    await says('The update failed:');
  });
});
