/** Servers that are held to some of the processors: the lobby, and the least program that signs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../test/support/servers';
import { LOBBY_BUNDLE, runLobby } from '../test/support/lobbyProcess';

const BARE_SIGNER = fileURLToPath(new URL('./bareSigner.cjs', import.meta.url));

export interface PinnedServer {
  pid: number;
  port: number;
  accessToken: string;
  stop: () => Promise<void>;
}

/** @param own its processors, as `taskset -c` takes them. */
export async function startLobby(own: string): Promise<PinnedServer> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  const env = {
    PATH: process.env['PATH'] ?? '',
    JITSI_URL: 'https://meet.example.com',
    JITSI_RSA_JWT_KEY_FILE: join(folder, 'key.pem'),
    LOBBY_ACCESS_TOKENS_FILE: join(folder, 'access-tokens.json'),
    LOBBY_PORT: String(await freePort()),
    LOBBY_RATE_LIMIT: 'off',
    LOBBY_ADDRESS_RATE_LIMIT: 'off',
    LOBBY_PUBLIC_URL: 'https://lobby.example.com',
  };
  const made = await runLobby(['keygen', env.JITSI_RSA_JWT_KEY_FILE]);
  const added = await runLobby(['token', 'add', 'bench'], env);
  if (made.code !== 0 || added.code !== 0) throw new Error(made.stderr + added.stderr);
  const port = Number(env.LOBBY_PORT);
  return start(own, [LOBBY_BUNDLE, 'serve'], { env, folder, port, accessToken: added.stdout.trim() });
}

/** @param own its processors, as `taskset -c` takes them. */
export async function startBareSigner(own: string): Promise<PinnedServer> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  const keyFile = join(folder, 'key.pem');
  const made = await runLobby(['keygen', keyFile]);
  if (made.code !== 0) throw new Error(made.stderr);
  const port = await freePort();
  const env = { PATH: process.env['PATH'] ?? '' };
  return start(own, [BARE_SIGNER, String(port), keyFile], { env, folder, port, accessToken: 'none' });
}

interface Program {
  env: Readonly<Record<string, string>>;
  /** Of its own; it goes when the program is stopped. */
  folder: string;
  port: number;
  accessToken: string;
}

/** Starts a server on some of the processors, and waits until it answers. */
async function start(own: string, args: string[], program: Program): Promise<PinnedServer> {
  const { env, folder, port, accessToken } = program;
  const logFile = join(folder, 'log');
  const log = openSync(logFile, 'a');
  const child = spawn('taskset', ['-c', own, process.execPath, ...args], {
    env,
    stdio: ['ignore', 'ignore', log],
  });
  closeSync(log);
  const exited = once(child, 'exit');
  await answering(child, port, logFile);
  return {
    pid: child.pid ?? 0,
    port,
    accessToken,
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answering(child: ChildProcess, port: number, logFile: string): Promise<void> {
  const asked = () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await asked())) {
    if (child.exitCode !== null) throw new Error(readFileSync(logFile, 'utf8'));
    await delay(50);
  }
}
