/** The keychain of the demo: the user's own where it works, otherwise a private one. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { startKeyring } from './keyring';

const require = createRequire(import.meta.url);

const SERVICE = 'Parley';
/** A keychain that has not answered by then waits for its user. */
const ANSWER_MS = 5_000;

/** Takes the secret from standard input: arguments can be seen by every user of a machine. */
const SCRIPT = `
const [keytar, action, ...args] = process.argv.slice(1);
const secret = require('node:fs').readFileSync(0, 'utf8');
require(keytar)[action](...args, ...(secret ? [secret] : [])).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
`;

type Env = Readonly<Record<string, string>>;

/** No keychain works; the message says what to install. */
export class NoKeychain extends Error {}

export interface DemoKeychain {
  /** What a program needs in its environment to use it. */
  readonly env: Env;
  keep(account: string, secret: string): Promise<void>;
  /** Removes what was kept. */
  close(): Promise<void>;
}

/** Calls the keychain in a process of its own, so that neither a hang nor the environment stays with us. */
async function call(env: Env, action: string, args: readonly string[], secret = ''): Promise<void> {
  const child = spawn(process.execPath, ['-e', SCRIPT, require.resolve('keytar'), action, SERVICE, ...args], {
    env: { ...process.env, ...env },
    timeout: ANSWER_MS,
  });
  child.stdin.end(secret);
  const [complaint] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  if (child.exitCode !== 0) throw new Error(`the keychain did not answer: ${complaint.trim()}`);
}

function usersKeychain(): DemoKeychain {
  const env: Env = {};
  const kept: string[] = [];
  return {
    env,
    keep: async (account, secret) => {
      kept.push(account);
      await call(env, 'setPassword', [account], secret);
    },
    close: async () => {
      for (const account of kept) await call(env, 'deletePassword', [account]);
    },
  };
}

/** A keychain that goes away with all that is in it. */
async function privateKeychain(): Promise<DemoKeychain> {
  const keyring = await startKeyring();
  return {
    env: keyring.env,
    keep: (account, secret) => call(keyring.env, 'setPassword', [account], secret),
    close: () => keyring.stop(),
  };
}

/** Whether a secret can be kept there now. To ask what is kept is not enough: one that was never set up answers that. */
async function canKeep(keychain: DemoKeychain): Promise<boolean> {
  try {
    await keychain.keep('demo', 'trial');
    await keychain.close();
    return true;
  } catch {
    return false;
  }
}

/** Opens a keychain that works. */
export async function openKeychain(): Promise<DemoKeychain> {
  if (process.platform !== 'linux' || (await canKeep(usersKeychain()))) return usersKeychain();
  return privateKeychain().catch((error: unknown) => {
    throw new NoKeychain(error instanceof Error ? error.message : String(error));
  });
}
