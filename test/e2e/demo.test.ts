/** `npm run demo` as the README has it: two signed-in windows, whatever the keychain of the session is like. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { startKeyring } from '../support/keyring';

const SCRIPT = fileURLToPath(new URL('../../build/demo.mjs', import.meta.url));

const startDemo = (env: Readonly<Record<string, string>>) =>
  spawn(process.execPath, [SCRIPT, '--fake-devices'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });

const leftBehind = async () =>
  (await readdir(tmpdir())).filter((name) => name.startsWith('parley-demo-')).sort();

it('opens where the keychain was never unlocked, and leaves nothing when it is stopped', async () => {
  const [keyring, before] = await Promise.all([startKeyring({ mode: 'locked' }), leftBehind()]);
  const demo = startDemo(keyring.env);
  const ended = once(demo, 'exit');
  try {
    let said = '';
    demo.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await expect.poll(() => said, { timeout: 50_000 }).toContain('Two windows are open: Ana and Bob.');
    demo.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(await leftBehind()).toEqual(before);
  } finally {
    demo.kill('SIGKILL');
    await keyring.stop();
  }
}, 90_000);

it('says in one line what to install where there is no keychain', async () => {
  const keyring = await startKeyring({ mode: 'none' });
  // Node is called by its full path; with no other program to be found, neither is a keychain.
  // Without `CI` nothing is installed unasked.
  const demo = startDemo({ ...keyring.env, PATH: join(tmpdir(), 'parley-no-such-folder'), CI: '' });
  const ended = once(demo, 'exit');
  try {
    const said = await text(demo.stderr);
    expect(said).not.toMatch(/^ +at /m);
    // The command, where the packages' names are known.
    expect(said).toMatch(/^Parley needs: .*gnome-keyring/m);
    expect(await ended).toEqual([1, null]);
  } finally {
    demo.kill('SIGKILL');
    await keyring.stop();
  }
}, 60_000);
