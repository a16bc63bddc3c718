/** An app of one window, started as a user's shell would start it, with DevTools listening and nothing attached. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { processTree } from './processTree';

/** The runtime, and the arguments that it gets whatever it runs. */
export interface Runtime {
  readonly electron: string;
  readonly args: readonly string[];
}

/** Longest wait for a started app, and for one that was asked to quit, in ms. */
const START_MS = 30_000;
const QUIT_MS = 10_000;

const DEVTOOLS_LINE = /^DevTools listening on (ws:\S+)/;

export interface WindowApp {
  readonly pid: number;
  /** When it was spawned, in ms since the Unix epoch. */
  readonly spawnedAt: number;
  /** Address of its DevTools. */
  readonly devTools: string;
  /** Asks it to quit, waits for its end and removes its profile. */
  stop(): Promise<void>;
}

/**
 * Starts the app in `directory`, or the one that is packed with the runtime, with a fresh profile, which it is told by the
 * variable `profileVariable`.
 */
export async function startWindowApp(
  { electron, args }: Runtime,
  directory: string | undefined,
  profileVariable: string,
): Promise<WindowApp> {
  const profile = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  const spawnedAt = Date.now();
  const app = directory === undefined ? [] : [directory];
  const child = spawn(electron, [...app, ...args, '--remote-debugging-port=0'], {
    env: { ...withoutSettings(process.env), [profileVariable]: profile },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const stop = async () => {
    await quit(child);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await once(child, 'spawn');
    return { pid: idOf(child), spawnedAt, devTools: await devToolsOf(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What the user has set for Parley must not change what is measured. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('PARLEY_')));
}

function idOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('the app has no process');
  return pid;
}

/** Reads on after the line, so that the app never waits for a reader. */
async function devToolsOf(child: ChildProcess): Promise<string> {
  if (child.stderr === null) throw new Error('the app has no standard error');
  const lines = createInterface({ input: child.stderr });
  const found = new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      const url = DEVTOOLS_LINE.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
    lines.on('close', () => reject(new Error('the app ended before its DevTools listened')));
  });
  return inTime(found, START_MS, 'the app did not start');
}

async function quit(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  try {
    await inTime(gone, QUIT_MS, 'the app did not quit');
  } catch (error) {
    const all = process.platform === 'linux' ? await processTree(child.pid) : [child.pid];
    for (const pid of all) process.kill(pid, 'SIGKILL');
    throw error;
  }
}

/** The promise's value, or an error that says what took too long. */
export async function inTime<Value>(promise: Promise<Value>, ms: number, late: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${late} within ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
