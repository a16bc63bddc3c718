/** The program `parley`, run as an editor's task or a script runs it, against the running app. */
import { execFile } from 'node:child_process';
import { lstat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlPath } from '../../main/control/controlPath';
import { ControlReply, ControlState } from '../../shared/control';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';

const PROGRAM = fileURLToPath(new URL('../../out/main/parley.cjs', import.meta.url));

describe.runIf(process.platform !== 'win32')('the program parley', () => {
  let deployment: JitsiDeployment;
  let desktop: DesktopApp;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    deployment = await startDeployment({ tokenRequired: false });
    desktop = await startDesktop({ env: { PARLEY_FREE_URL: deployment.url, PARLEY_DISPLAY_NAME: 'Bea' } });
    env = { ...process.env, PARLEY_USER_DATA_DIR: desktop.profile };
    await desktop.freeSwitch.click();
    await desktop.button('Use free Jitsi').click();
    await desktop.freeSwitch.and(desktop.shell.locator('[aria-checked="true"]')).waitFor();
  });
  afterAll(async () => {
    await desktop.close();
    await deployment.stop();
  });

  /** Runs it, and gives what a script gets. */
  const parley = (...args: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      execFile(process.execPath, [PROGRAM, ...args], { env }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      });
    });
  const stateOf = (stdout: string) => ControlState.parse(JSON.parse(stdout));
  const heard = (room: string, is: boolean) =>
    deployment.waitFor(room, ([person]) => person?.audioMuted === !is);

  it('starts a call, mutes, and leaves; each answer tells what has come about', async () => {
    expect(await parley('status')).toEqual({ code: 0, stdout: 'ready\n', stderr: '' });
    const { code, stdout } = await parley('call', '--json');
    expect(code).toBe(0);
    const { phase, room, people } = stateOf(stdout);
    expect({ phase, people }).toEqual({ phase: 'joined', people: 1 });
    await desktop.inCall();
    const name = room?.name ?? '';
    await desktop.microphoneMuted(false);
    expect(stateOf((await parley('mute', '--json')).stdout).microphone).toBe('off');
    await heard(name, false);
    expect((await parley('mute')).stdout).toBe(`in call ${name}, muted, alone\n`);
    expect(stateOf((await parley('toggle-mute', '--json')).stdout).microphone).toBe('on');
    await heard(name, true);
    await desktop.microphoneMuted(false);
    expect(await parley('call')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('parley leave') as string,
    });
    expect(await parley('leave')).toEqual({ code: 0, stdout: 'ready\n', stderr: '' });
    await desktop.ready();
    await deployment.waitFor(name, (all) => all.length === 0);
    expect(await parley('unmute')).toMatchObject({ code: 1, stderr: 'There is no call.\n' });
  });

  it('joins a room, and refuses what leads nowhere', async () => {
    expect(await parley('join', 'https://example.com/')).toMatchObject({ code: 1, stdout: 'ready\n' });
    const { stdout } = await parley('join', `${deployment.url}/quiet-otter`, '--json');
    expect(stateOf(stdout)).toMatchObject({
      phase: 'joined',
      room: { name: 'quiet-otter', deployment: deployment.url, free: true },
    });
    await parley('leave');
  });

  it('speaks by a socket that only this user can open, and tells neither token nor invite', async () => {
    const path = controlPath(process.platform, env);
    expect((await lstat(path)).mode & 0o777).toBe(0o600);
    expect((await lstat(join(path, '..'))).mode & 0o777).toBe(0o700);
    const say = (text: string) =>
      new Promise<string>((resolve) => {
        const socket = connect(path);
        let answer = '';
        socket.on('data', (chunk) => (answer += chunk.toString()));
        socket.on('error', () => undefined);
        socket.on('close', () => resolve(answer));
        // All is said before anything is answered.
        socket.end(text);
      });
    for (const wrong of [
      '{}',
      'x',
      '{"version":1,"command":"status","more":1}',
      '{"version":2,"command":"status"}',
    ]) {
      expect(ControlReply.parse(JSON.parse(await say(`${wrong}\n`)))).toMatchObject({
        ok: false,
        fault: 'bad-request',
      });
    }
    expect(await say('x'.repeat(100_000))).toBe('');
    expect((await parley('status')).code).toBe(0);
    const answer = await say('{"version":1,"command":"call","video":false}\n');
    expect(ControlReply.parse(JSON.parse(answer))).toMatchObject({ ok: true, state: { phase: 'joined' } });
    const { stdout } = await parley('status', '--json');
    expect(stdout).not.toMatch(/jwt|token|invite|eyJ/);
    await parley('leave');
  });

  it('says so when it is used wrongly, or nobody is there to talk to', async () => {
    expect((await parley('dance')).code).toBe(2);
    expect((await parley('join')).code).toBe(2);
    await desktop.app.close();
    expect(await parley('status')).toEqual({ code: 3, stdout: '', stderr: 'Parley is not running.\n' });
    await expect(lstat(controlPath(process.platform, env))).rejects.toThrow('ENOENT');
  });
});
