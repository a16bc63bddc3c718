import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { type Keyring, type KeyringMode, startKeyring } from '../support/keyring.ts';

const run = promisify(execFile);
const ACCOUNT = 'https://lobby.example.com';
/** How long an answer may take; where none can come, a short wait tells as much as a long one. */
const BOUND_MS = 10_000;
const HANG_MS = 500;

const SCRIPT = `
const [action, ...args] = process.argv.slice(1);
require('keytar')[action]('Parley', ...args).then(
  (value) => console.log(JSON.stringify({ value })),
  (error) => console.log(JSON.stringify({ error: error.message })),
);
`;

interface Answer {
  value?: unknown;
  error?: string;
  hung?: true;
}

/** Calls the keychain from a process of its own, which is ended when no answer comes. */
async function keytar(keyring: Keyring, action: string, args: string[], timeout = BOUND_MS): Promise<Answer> {
  try {
    const { stdout } = await run(process.execPath, ['-e', SCRIPT, action, ...args], {
      env: { ...process.env, ...keyring.env },
      timeout,
      killSignal: 'SIGKILL',
    });
    return JSON.parse(stdout) as Answer;
  } catch (error) {
    if ((error as { killed?: boolean }).killed) return { hung: true };
    throw error;
  }
}

describe.runIf(process.platform === 'linux')('the private keyring', () => {
  let keyring: Keyring | undefined;

  const started = async (mode?: KeyringMode): Promise<Keyring> => {
    keyring = await startKeyring(mode ? { mode } : {});
    return keyring;
  };

  afterEach(async () => {
    await keyring?.stop();
    keyring = undefined;
  });

  it('keeps a secret and gives it back to another process', async () => {
    const open = await started();
    expect(await keytar(open, 'getPassword', [ACCOUNT])).toEqual({ value: null });
    expect(await keytar(open, 'setPassword', [ACCOUNT, 'a secret'])).not.toHaveProperty('error');
    expect(await keytar(open, 'getPassword', [ACCOUNT])).toEqual({ value: 'a secret' });
    expect(await open.lookup('Parley', ACCOUNT)).toBe('a secret');
    expect(await open.lookup('Parley', 'https://other.example.com')).toBeUndefined();
  });

  it('gives no secret once it is locked', async () => {
    const open = await started();
    await keytar(open, 'setPassword', [ACCOUNT, 'a secret']);
    await open.lock();
    expect(await keytar(open, 'getPassword', [ACCOUNT])).toEqual({ value: null });
  });

  it('says once it is locked that there is nothing to delete, and keeps the secret', async () => {
    const open = await started();
    await keytar(open, 'setPassword', [ACCOUNT, 'a secret']);
    await open.lock();
    expect(await keytar(open, 'deletePassword', [ACCOUNT])).toEqual({ value: false });
    await open.unlock();
    expect(await open.lookup('Parley', ACCOUNT)).toBe('a secret');
  });

  it('keeps nothing when it was locked from the start', async () => {
    const locked = await started('locked');
    const answer = await keytar(locked, 'setPassword', [ACCOUNT, 'a secret']);
    expect(answer.error).toMatch(/locked/);
  });

  it('answers nothing while it hangs, and still ends', async () => {
    const open = await started();
    open.hang();
    expect(await keytar(open, 'getPassword', [ACCOUNT], HANG_MS)).toEqual({ hung: true });
  });

  it('refuses at once where there is no keychain', async () => {
    const none = await started('none');
    const answer = await keytar(none, 'getPassword', [ACCOUNT]);
    expect(answer.error).toBeTruthy();
  });

  it('is apart from the next one and leaves no files', async () => {
    const first = await started();
    await keytar(first, 'setPassword', [ACCOUNT, 'a secret']);
    const runtime = first.env['XDG_RUNTIME_DIR'] ?? '';
    expect(existsSync(runtime)).toBe(true);
    await first.stop();
    expect(existsSync(runtime)).toBe(false);
    const second = await started();
    expect(await second.lookup('Parley', ACCOUNT)).toBeUndefined();
  });
});
