/**
 * The whole system on this machine: a lobby with a fresh key, the stand-in deployment, and two windows that are signed
 * in. Nothing is configured, nothing leaves the machine, nothing stays behind.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openKeychain } from './demoKeychain';

export { NoKeychain } from './demoKeychain';
import { startServers } from './servers';

export interface DemoOptions {
  /** Electron's executable. */
  readonly electron: string;
  /** The arguments that make it open the app. */
  readonly args: readonly string[];
  readonly say: (line: string) => void;
}

const PEOPLE = ['Ana', 'Bob'] as const;

/** Runs the demo until both windows are closed, or `stopped` says so. */
export async function runDemo(options: DemoOptions, stopped: AbortSignal): Promise<void> {
  const undo: (() => Promise<unknown>)[] = [];
  try {
    const servers = await startServers();
    undo.push(() => servers.stop());
    const { lobby } = servers;

    const keychain = await openKeychain();
    undo.push(() => keychain.close());
    await keychain.keep(lobby.url, await lobby.addToken('demo'));

    const windows = [];
    for (const name of PEOPLE) {
      const profile = await mkdtemp(path.join(os.tmpdir(), `parley-demo-${name.toLowerCase()}-`));
      undo.push(() => rm(profile, { recursive: true, force: true }));
      const env = { PARLEY_USER_DATA_DIR: profile, PARLEY_LOBBY_URL: lobby.url, PARLEY_DISPLAY_NAME: name };
      const window = openWindow(options, { ...keychain.env, ...env });
      undo.push(() => closeWindow(window));
      windows.push(window);
    }

    options.say('Two windows are open: Ana and Bob. In one, click "Voice".');
    options.say('In the other, click "Join" and enter the room name that the first one shows.');
    options.say('Close both windows, or press Ctrl+C here, to end the demo.');
    await Promise.race([Promise.all(windows.map(ended)), abortOf(stopped)]);
  } finally {
    await undoAll(undo);
  }
}

/** Takes back every step, the last one first; one that fails does not keep the others from it. */
async function undoAll(steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of [...steps].reverse()) await step().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, 'the demo could not clean up after itself');
}

function openWindow({ electron, args }: DemoOptions, env: NodeJS.ProcessEnv): ChildProcess {
  const stdio = ['ignore', 'ignore', 'inherit'] as const;
  return spawn(electron, [...args], { env: { ...process.env, ...env }, stdio: [...stdio] });
}

/** Resolves when a window's process has gone; rejects if it could not be started. */
async function ended(window: ChildProcess): Promise<void> {
  if (window.exitCode === null && window.signalCode === null) await once(window, 'exit');
}

/** Asks a window's process to quit, and waits until it has. */
async function closeWindow(window: ChildProcess): Promise<void> {
  if (window.pid === undefined) return;
  const gone = ended(window);
  window.kill('SIGTERM');
  await gone;
}

async function abortOf(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
