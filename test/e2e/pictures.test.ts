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
    ana = await startDesktop({ env: { ...env, PARLEY_DISPLAY_NAME: 'Ana' } });
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

  it('of a call', async () => {
    await ana.saveSettings({ lobby: servers.lobby.url, token: await servers.lobby.addToken('ana') });
    await shoot('ready.png');
    await ana.button('Start voice call').click();
    const room = await ana.inCall();
    await bob.join(room);
    await bob.microphoneMuted(false);
    await ana.status.getByText('with Bob').waitFor();
    await ana.microphoneMuted(false);
    await (await ana.meeting()).getByText('Bob', { exact: true }).waitFor();
    // Two frames: what was changed last is on the screen then.
    const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await ana.shell.evaluate(painted);
    await shoot('call.png');
  });
});
