/** Recent calls under the empty state: joined again by a click, forgotten when told so, and nothing secret in them. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axeFindings';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';
import { type Keyring, startKeyring } from '../support/keyring';
import { type Servers, startServers } from '../support/servers';

describe('recent calls', () => {
  let keyring: Keyring;
  let servers: Servers;
  let free: JitsiDeployment;
  let desktop: DesktopApp;
  let room: string;
  let freeRoom: string;

  const start = (profile?: string) =>
    startDesktop({ env: { ...keyring.env, PARLEY_FREE_URL: free.url }, ...(profile && { profile }) });
  const file = () => readFile(join(desktop.profile, 'recent-calls.json'), 'utf8');
  const list = () => desktop.shell.getByRole('region', { name: 'Recent calls' });
  /** A slow machine may need more than a minute. */
  const rows = async () =>
    (await list().getByRole('listitem').allTextContents()).map((row) => row.replace(/1 minute ago$/, 'now'));

  beforeAll(async () => {
    [keyring, servers, free] = await Promise.all([startKeyring(), startServers(), startDeployment()]);
    desktop = await start();
    const { lobby } = servers;
    await desktop.saveSettings({ lobby: lobby.url, name: 'Ana', token: await lobby.addToken('ana') });
  });
  afterAll(async () => {
    await desktop.close();
    await Promise.all([servers.stop(), free.stop()]);
    await keyring.stop();
  });

  it('are none at first; then the room is there with its lobby, and no secret in the file', async () => {
    expect(await list().count()).toBe(0);
    await desktop.button('Start voice call').click();
    room = await desktop.inCall();
    await desktop.leave();
    expect(await rows()).toEqual([`${room}${new URL(servers.lobby.url).host}now`]);
    await expect.poll(() => file().catch(() => '')).toContain(room);
    expect(Object.keys((JSON.parse(await file()) as object[])[0] ?? {}).sort()).toEqual(
      ['at', 'free', 'place', 'room'].sort(),
    );
    expect(await file()).not.toMatch(/eyJ|parley_|join/);
  });

  it('include free calls, marked', async () => {
    freeRoom = await desktop.startFreeCall();
    await desktop.leave();
    await expect.poll(rows).toHaveLength(2);
    expect((await rows())[0]).toBe(`${freeRoom}${new URL(free.url).host}free Jitsinow`);
    expect(await axeFindings(desktop.shell)).toEqual([]);
  });

  it('are joined again by a click, each where it was, also after a start', async () => {
    await desktop.app.close();
    desktop = await start(desktop.profile);
    await list().getByRole('button', { name: room }).click();
    expect(await desktop.inCall()).toBe(room);
    await servers.deployment.waitFor(room, (people) => people.length === 1);
    await desktop.leave();
    await list().getByRole('button', { name: freeRoom }).click();
    expect(await desktop.inCall()).toBe(freeRoom);
    await free.waitFor(freeRoom, (people) => people.length === 1);
    await desktop.leave();
  });

  it('are forgotten at a click', async () => {
    await desktop.button('Clear recent calls').click();
    await list().waitFor({ state: 'detached' });
    await expect.poll(file).toBe('[]\n');
  });

  it('are not kept when the setting says so', async () => {
    await desktop.button('Settings').click();
    await desktop.shell.getByRole('checkbox', { name: 'Keep recent calls' }).uncheck();
    await desktop.button('Done').click();
    await desktop.startFreeCall();
    await desktop.leave();
    expect(await list().count()).toBe(0);
    expect(await file()).toBe('[]\n');
  });

  it('in a broken file are none: it is kept aside, and all else works', async () => {
    await desktop.app.close();
    await writeFile(join(desktop.profile, 'recent-calls.json'), '[{"room":');
    desktop = await start(desktop.profile);
    await desktop.button('Settings').click();
    await desktop.shell.getByRole('checkbox', { name: 'Keep recent calls' }).check();
    await desktop.button('Done').click();
    expect(await readFile(join(desktop.profile, 'recent-calls.json.unreadable'), 'utf8')).toBe('[{"room":');
    const anew = await desktop.startFreeCall();
    await desktop.leave();
    await list().getByText(anew).waitFor();
  });
});
