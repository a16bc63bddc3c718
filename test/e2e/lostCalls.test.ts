/** Calls whose page or connection is lost: what the toolbar says of it, and how they go on. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';
import type { ChildServer } from '../support/childServer';
import { type Keyring, startKeyring } from '../support/keyring';
import { type LobbyProcess, runLobby, startLobby } from '../support/lobbyProcess';
import { pickFromMenu } from '../support/nativeMenu';
import { startRedis } from '../support/redisServer';
import { freePort } from '../support/servers';

const run = promisify(execFile);

describe('a call in a room of the lobby', () => {
  let keyring: Keyring;
  /** The one that is running; those before it have been killed. */
  let lobby: LobbyProcess;
  const killed: LobbyProcess[] = [];
  let token: string;
  let redis: ChildServer & { url: string };
  let lobbyEnv: Record<string, string>;
  let deployment: JitsiDeployment;
  let desktop: DesktopApp;
  let port: number;
  /** How far the deployment's clock is ahead, in ms. */
  let ahead = 0;
  let room: string;

  const openLobby = (env: Record<string, string> = {}) =>
    startLobby({ jitsiUrl: `http://127.0.0.1:${port}`, env: { ...lobbyEnv, ...env } });
  /** Keys and access tokens, which the first lobby has made and those after it have too. */
  const files = () => killed[0] ?? lobby;
  const start = () =>
    startDeployment({ port, asapKeyServer: `${lobby.url}/asap`, now: () => Date.now() + ahead });

  beforeAll(async () => {
    port = await freePort();
    redis = await startRedis();
    lobbyEnv = { LOBBY_PORT: String(await freePort()), REDIS_URL: redis.url };
    [keyring, lobby] = await Promise.all([startKeyring(), openLobby()]);
    deployment = await start();
    desktop = await startDesktop({ env: keyring.env });
    token = await lobby.addToken('ana');
    await desktop.saveSettings({ lobby: lobby.url, name: 'Ana', token });
  });
  afterAll(async () => {
    await desktop.close();
    await deployment.stop();
    for (const one of [lobby, ...killed]) await one.stop();
    await redis.kill();
    await keyring.stop();
  });
  afterEach(async () => {
    ahead = 0;
    deployment.restore();
    expect(desktop.output).not.toContain('eyJ');
    if (await desktop.button('Leave call').isVisible()) await desktop.leave();
  });

  async function call(caller = desktop): Promise<void> {
    await caller.button('Start voice call').click();
    room = await caller.inCall();
    await caller.microphoneMuted(false);
  }
  async function mute(caller = desktop): Promise<void> {
    await caller.button('Mute microphone').click();
    await caller.microphoneMuted(true);
    await deployment.waitFor(room, ([person]) => person?.audioMuted === true);
  }
  /** Still there and still not heard, as others see it and as the button says. */
  async function stillMuted(caller = desktop): Promise<void> {
    expect(await caller.inCall()).toBe(room);
    await caller.microphoneMuted(true);
    expect(deployment.rooms().get(room)).toMatchObject([{ audioMuted: true, connected: true }]);
  }
  const reconnecting = () => desktop.status.getByText('Reconnecting…').waitFor();
  /** In the same room again, heard as before, and alone: the page before has left. */
  async function backInCall(heard = true): Promise<void> {
    expect(await desktop.inCall()).toBe(room);
    await deployment.waitFor(room, (people) => people.filter(({ connected }) => connected).length === 1);
    await desktop.microphoneMuted(!heard);
    const [person] = (deployment.rooms().get(room) ?? []).filter(({ connected }) => connected);
    expect(person?.audioMuted).toBe(!heard);
  }
  const crash = () =>
    desktop.app.evaluate(({ webContents }) =>
      webContents
        .getAllWebContents()
        .find((contents) => contents.getURL().startsWith('http:'))
        ?.forcefullyCrashRenderer(),
    );
  const pages = () => desktop.app.evaluate(({ webContents }) => webContents.getAllWebContents().length);

  it('whose sockets are cut says so within 5 s, and goes on with the same page when that is back', async () => {
    await call();
    const page = await desktop.meeting();
    const begun = performance.now();
    deployment.fail('drop');
    await reconnecting();
    expect(performance.now() - begun).toBeLessThan(5_000);
    deployment.restore();
    await deployment.waitFor(room, ([person]) => person?.connected === true);
    await backInCall();
    expect(page.isClosed()).toBe(false);
  });

  it('whose page crashes is entered anew, heard as before', async () => {
    await call();
    await crash();
    await reconnecting();
    await backInCall();
    expect(await pages()).toBe(2);
  });

  it('whose page crashes while muted is entered anew, muted', async () => {
    await call();
    await mute();
    await crash();
    await reconnecting();
    await backInCall(false);
  });

  it('whose computer has slept, as its page finds out, is entered anew, muted and without noise as before', async () => {
    await call();
    await mute();
    const noiseless = async () =>
      (await desktop.meeting()).locator('[data-noise-suppression="on"]').waitFor();
    await pickFromMenu(desktop, () => desktop.button('More').click(), 'Noise suppression', 'Turn on');
    await noiseless();
    const page = await desktop.meeting();
    const gone = page.waitForEvent('close');
    await page.evaluate(() => {
      const scope = 'jitsi_meet_external_api_7';
      const params = { type: 'event', data: { name: 'suspend-detected' } };
      window.postMessage(JSON.stringify({ postis: true, scope, method: 'message', params }), '*');
    });
    await gone;
    await backInCall(false);
    await noiseless();
  });

  it('whose page hangs can be muted all the same, and is entered anew muted', async () => {
    await call();
    await (
      await desktop.meeting()
    ).evaluate(() => {
      setTimeout(() => {
        for (const end = Date.now() + 600_000; Date.now() < end;);
      });
    });
    await desktop.shell.getByText('The meeting page does not answer.').waitFor();
    const button = desktop.button('Mute microphone');
    await expect.poll(() => button.getAttribute('aria-pressed')).toBe('mixed');
    await button.click();
    await button.locator('[data-word="Muting …"]').waitFor();
    await desktop.button('Reload meeting').click();
    await backInCall(false);
  });

  it('whose token has died, when its deployment restarts, is entered anew with a fresh one', async () => {
    await call();
    const first = await desktop.meeting();
    await deployment.stop();
    await reconnecting();
    // For the deployment ten minutes have passed: the token that the page has is no good any more.
    ahead = 11 * 60_000;
    const withOldToken = new Promise<void>((resolve) => first.once('close', () => resolve()));
    deployment = await start();
    await withOldToken;
    ahead = 0;
    await backInCall();
  });

  it('whose lobby is killed when it is needed is entered anew once that is back, muted; the next one works', async () => {
    await call();
    await mute();
    lobby.signal('SIGKILL');
    await lobby.exited;
    killed.push(lobby);
    await crash();
    await desktop.shell.getByText('Lobby does not answer. Entering the room again').waitFor();
    const { keyFile, accessTokensFile } = files();
    lobby = await openLobby({
      JITSI_RSA_JWT_KEY_FILE: keyFile,
      LOBBY_ACCESS_TOKENS_FILE: accessTokensFile,
    });
    await backInCall(false);
    await desktop.leave();
    await call();
  });

  it('whose lobby loses its Redis and finds another key in its file goes on muted; the next one works', async () => {
    await call();
    await mute();
    const { keyFile } = files();
    const whole = await readFile(keyFile, 'utf8');
    await redis.kill();
    const other = `${keyFile}.other`;
    expect((await runLobby(['keygen', other])).code).toBe(0);
    await writeFile(keyFile, await readFile(other, 'utf8'));
    lobby.signal('SIGHUP');
    await lobby.waitForStderr(/keys cannot be used; those known stay in force/);
    await stillMuted();
    await desktop.leave();
    await call();
    await writeFile(keyFile, whole);
  });

  it('on a disk that gets full goes on muted, a change that cannot be kept is told, and the next one works', async (context) => {
    const disk = await mkdtemp(join(tmpdir(), 'parley-disk-'));
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk]).then(
      () => true,
      () => false,
    );
    if (!mounted) return context.skip('only root can mount a small disk');
    const settings = async () =>
      JSON.parse(await readFile(join(disk, 'settings.json'), 'utf8')) as { displayName: string };
    const save = async (name: string) => {
      await own.button('Settings').click();
      await own.field('Display name').fill(name);
      await own.button('Save').click();
    };
    const own = await startDesktop({ env: keyring.env, profile: disk });
    try {
      await own.saveSettings({ lobby: lobby.url, name: 'Ana', token });
      await call(own);
      await mute(own);
      const other = join(disk, 'other');
      await expect(writeFile(other, Buffer.alloc(64 * 1024 * 1024))).rejects.toMatchObject({
        code: 'ENOSPC',
      });
      await save('Berta');
      await own.shell.getByText(/The settings could not be written: .*Free some space/).waitFor();
      expect(await settings()).toMatchObject({ displayName: 'Ana' });
      await own.button('Done').click();
      await stillMuted(own);
      await own.leave();
      await call(own);
      await rm(other);
      await save('Berta');
      await own.shell.getByText('Saved.', { exact: true }).waitFor();
      expect(await settings()).toMatchObject({ displayName: 'Berta' });
    } finally {
      await own.close();
      await run('umount', [disk]);
      await rm(disk, { recursive: true });
    }
  });

  // The last one: the lobby does not come back.
  it('whose lobby is away when it is needed waits for it, and can be left meanwhile', async () => {
    await call();
    lobby.signal('SIGKILL');
    await lobby.exited;
    await crash();
    await desktop.shell.getByText('Lobby does not answer. Entering the room again').waitFor();
    await desktop.button('Leave call').click();
    await desktop.ready();
    expect(await pages()).toBe(1);
  });
});
