/** Pictures of the app for the documents, taken of the whole window: a page's own screenshot lacks the meeting view. */
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type Keyring, startKeyring } from '../support/keyring';
import { type Servers, startServers } from '../support/servers';

const folder = fileURLToPath(new URL('../../out/pictures/', import.meta.url));
const place = { x: 0, y: 0, width: 1000, height: 640 };

/** Shoots the part of the screen where the window is. Needs ImageMagick, and a screen with nothing in front. */
async function shoot(name: string): Promise<void> {
  const { x, y, width, height } = place;
  const crop = `${width}x${height}+${x}+${y}`;
  await promisify(execFile)('import', ['-window', 'root', '-crop', crop, '+repage', join(folder, name)]);
}

describe.runIf(process.platform === 'linux')('pictures', () => {
  let keyring: Keyring;
  let servers: Servers;
  let ana: DesktopApp;
  let bob: DesktopApp;

  beforeAll(async () => {
    await mkdir(folder, { recursive: true });
    [keyring, servers] = await Promise.all([startKeyring(), startServers()]);
    const env = { ...keyring.env, PARLEY_LOBBY_URL: servers.lobby.url };
    bob = await startDesktop({ env: { ...env, PARLEY_DISPLAY_NAME: 'Bob' } });
    // She has set nothing up yet.
    ana = await startDesktop({ env: keyring.env });
    await ana.app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), place);
  });
  afterAll(async () => {
    // Whoever quits during a call is asked.
    await ana.leave();
    await bob.leave();
    await ana.close();
    await bob.close();
    await servers.stop();
    await keyring.stop();
  });

  /** Two frames: what was changed last is on the screen then. */
  const painted = () =>
    ana.shell.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const shootBoth = async (name: string) => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await ana.shell.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await painted();
      await shoot(`${name}-${colorScheme}.png`);
    }
  };

  it('of what comes before a call', async () => {
    await ana.field('Your name').fill('Ana');
    await shootBoth('first-run');
    const token = await servers.lobby.addToken('ana');
    await ana.saveSettings({ lobby: servers.lobby.url, name: 'Ana', token });
    await shootBoth('ready');
    await ana.button('Join call').click();
    await shootBoth('join');
    await ana.button('Settings').click();
    await ana.shell.getByRole('heading', { name: 'Settings' }).waitFor();
    await shootBoth('settings');
    await ana.button('Done').click();
  });

  it('of a call', async () => {
    await ana.button('Start voice call').click();
    const room = await ana.inCall();
    await bob.join(room);
    await bob.microphoneMuted(false);
    await ana.status.getByText('with Bob').waitFor();
    await ana.microphoneMuted(false);
    await (await ana.meeting()).getByText('Bob', { exact: true }).waitFor();
    await shootBoth('call');
    await ana.button('Hide meeting').click();
    await ana.shell.getByRole('heading', { name: 'People in the call' }).waitFor();
    await shootBoth('hidden-meeting');
    await ana.button('Hide meeting').click();
    await ana.shell.getByRole('button', { name: /^Connection: / }).click();
    await ana.shell.getByRole('complementary', { name: 'Connection' }).waitFor();
    await shootBoth('connection');
    await ana.button('Close panel').click();
  });
});
