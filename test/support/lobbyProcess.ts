import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The lobby as operators get it. */
export const LOBBY_BUNDLE = join(root, 'out/lobby/parley-lobby.cjs');
const bundleAndRun = join(root, 'build/lobby.mjs');

/** A finished command of the lobby's command line. */
export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A lobby that listens on a free port of this machine. */
export interface LobbyProcess {
  /** Origin, such as `http://127.0.0.1:40123`. */
  url: string;
  pid: number;
  keyFile: string;
  accessTokensFile: string;
  /** Makes an access token by the command line, while the lobby runs. */
  addToken(user: string): Promise<string>;
  /** All that the lobby has written to standard error so far. */
  stderr(): string;
  /** All that the lobby has written to standard output so far. */
  stdout(): string;
  /** Waits until standard error matches. */
  waitForStderr(pattern: RegExp): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** How the process ended: its exit code, or `null` when a signal killed it. */
  exited: Promise<number | null>;
  /** Asks it to stop, waits for its end and removes its files. */
  stop(): Promise<number | null>;
}

/** Runs one command of the lobby to its end. `env` is all it gets besides the search path and the home directory. */
export async function runLobby(args: string[], env: Record<string, string> = {}): Promise<CommandResult> {
  await bundled();
  return run([LOBBY_BUNDLE, ...args], env);
}

/**
 * Starts a lobby of its own with a fresh key and an empty list of access tokens, both in a directory that {@link
 * LobbyProcess.stop} removes.
 *
 * @throws Error with the lobby's message when it does not start.
 */
export async function startLobby({
  jitsiUrl,
  env = {},
}: {
  jitsiUrl: string;
  env?: Record<string, string>;
}): Promise<LobbyProcess> {
  const directory = await mkdtemp(join(tmpdir(), 'parley-lobby-'));
  const keyFile = join(directory, 'key.pem');
  const accessTokensFile = join(directory, 'access-tokens.json');
  const made = await runLobby(['keygen', keyFile]);
  if (made.code !== 0) throw new Error(`keygen failed: ${made.stderr}`);

  const settings = {
    JITSI_URL: jitsiUrl,
    JITSI_RSA_JWT_KEY_FILE: keyFile,
    LOBBY_ACCESS_TOKENS_FILE: accessTokensFile,
    LOBBY_PORT: '0',
    ...env,
  };
  const child = spawn(process.execPath, [LOBBY_BUNDLE, 'serve'], {
    env: environment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const exited = once(child, 'exit').then(([code]: (number | null)[]) => {
    process.removeListener('exit', endWithUs);
    return code ?? null;
  });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);

  const listening = /is listening on (\S+);/;
  const early = exited.then(() => {
    throw new Error(`the lobby did not start: ${stderr.text()}`);
  });
  // Its later rejection, when the lobby has started and been stopped, concerns nobody.
  early.catch(() => undefined);
  try {
    await Promise.race([stderr.waitFor(listening), early]);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }

  return {
    url: listening.exec(stderr.text())?.[1] ?? '',
    pid: child.pid ?? 0,
    keyFile,
    accessTokensFile,
    addToken: async (user) => {
      const added = await runLobby(['token', 'add', user], { LOBBY_ACCESS_TOKENS_FILE: accessTokensFile });
      if (added.code !== 0) throw new Error(`token add failed: ${added.stderr}`);
      return added.stdout.trim();
    },
    stderr: stderr.text,
    stdout: stdout.text,
    waitForStderr: stderr.waitFor,
    signal: (name) => void child.kill(name),
    exited,
    stop: async () => {
      child.kill('SIGTERM');
      const code = await exited;
      await rm(directory, { recursive: true, force: true });
      return code;
    },
  };
}

let bundling: Promise<CommandResult> | undefined;

/** Bundles the lobby once a process, if its sources are newer than the bundle. */
async function bundled(): Promise<void> {
  bundling ??= run([bundleAndRun, '--help'], {});
  const { code, stderr } = await bundling;
  if (code !== 0) throw new Error(`the lobby could not be bundled: ${stderr}`);
}

/** Longest time for a command, ms: one that should have refused to start must not stay when the test is over. */
const COMMAND_MAX_MS = 50_000;

async function run(args: string[], env: Record<string, string>): Promise<CommandResult> {
  const child = spawn(process.execPath, args, {
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: COMMAND_MAX_MS,
    killSignal: 'SIGKILL',
  });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** Nothing of the surrounding environment may set up the lobby under test. */
function environment(env: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, ...env };
}

function collect(stream: NonNullable<ChildProcess['stdout']>): {
  text: () => string;
  waitFor: (pattern: RegExp) => Promise<void>;
} {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => (text += chunk));
  return {
    text: () => text,
    waitFor: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(text)) return;
          stream.off('data', look).off('end', fail);
          resolve();
        };
        const fail = () => reject(new Error(`the lobby ended and never wrote ${String(pattern)}: ${text}`));
        stream.on('data', look).on('end', fail);
        look();
      }),
  };
}
