/**
 * `npm run bench:lobby`: how many signed rooms a second the lobby gives over HTTP, against how often `openssl speed`
 * signs with a key of the same size on the same processors; how soon `/healthz` answers meanwhile; and whether memory
 * grows with the number of requests.
 *
 * The lobby gets one half of the processors and the load the other, each held there (`taskset`), so that the load is not
 * charged to the lobby; `openssl speed` runs on the lobby's half, right before and right after, and the mean of both is
 * taken. The lobby is the built file with its log in a file, as an operator would run it. What of openssl's signatures any
 * program can give over HTTP on Node.js is measured too, by the least one that signs (bench/bareSigner.cjs).
 */
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { LobbyLoad } from './lobbyLoad';
import { type PinnedServer, startBareSigner, startLobby } from './pinnedServer';
import { processorSeconds } from './processTree';
import { median, percentile, summary } from './statistics';

const ROUNDS = 5;
const OPENSSL_S = 2;
const LOAD_MS = 5_000;
/** Before the first round: the JavaScript is compiled by then. */
const WARM_UP_REQUESTS = 5_000;
const CONNECTIONS_PER_PROCESSOR = 16;
/** Memory is compared after so many requests. */
const FEW = 20_000;
const MANY = 200_000;

export interface BenchOptions {
  readonly print: (line: string) => void;
  readonly progress: (line: string) => void;
}

/** Measures, tells how, and ends with one line a figure. */
export async function runBench({ print, progress }: BenchOptions): Promise<void> {
  if (process.platform !== 'linux')
    throw new Error('bench:lobby needs Linux: it holds programs to processors.');
  const processors = availableParallelism();
  const half = Math.max(1, Math.floor(processors / 2));
  const own = half === 1 ? '0' : `0-${half - 1}`;
  if (processors > 1) execFileSync('taskset', ['-acp', `${half}-${processors - 1}`, String(process.pid)]);
  print(
    `${processors} processors: the lobby has ${own}, the load the rest; ${ROUNDS} rounds of ${LOAD_MS / 1000} s.`,
  );

  const rounds = await roundsOf(await startLobby(own), own, half, progress);
  const bare = await roundsOf(await startBareSigner(own), own, half, (line) => {
    progress(`${line}, the least program that signs`);
  });
  printRounds(print, rounds);
  print(
    `  of openssl’s, the least program on Node.js that signs over HTTP gives ${signedRatio(bare).toFixed(3)}`,
  );
  progress(
    `memory after ${FEW.toLocaleString('en')} and ${MANY.toLocaleString('en')} requests, on a fresh lobby`,
  );
  const memory = await memoryRatio(own, half, print);

  print(`lobby.signed_ratio: ${signedRatio(rounds).toFixed(3)}`);
  print(`lobby.health_p99_ms: ${median(rounds.map(({ health }) => percentile(health, 0.99))).toFixed(1)}`);
  print(`lobby.memory_ratio: ${memory.toFixed(3)}`);
}

const signedRatio = (rounds: readonly Round[]) => median(rounds.map(({ rooms, signs }) => rooms / signs));

/** Loads a server, and stops it in the end. */
async function roundsOf(
  server: PinnedServer,
  own: string,
  half: number,
  progress: BenchOptions['progress'],
): Promise<Round[]> {
  try {
    const load = await LobbyLoad.start({ ...server, connections: CONNECTIONS_PER_PROCESSOR * half });
    await load.until(WARM_UP_REQUESTS);
    const rounds = [];
    for (let count = 1; count <= ROUNDS; count += 1) {
      progress(`round ${count} of ${ROUNDS}`);
      rounds.push(await round(server, load, own, half));
    }
    load.stop();
    return rounds;
  } finally {
    await server.stop();
  }
}

interface Round {
  /** Signed rooms a second. */
  rooms: number;
  /** Rooms for each second of processor time that the lobby used. */
  roomsPerProcessorSecond: number;
  /** Signatures a second of `openssl speed`. */
  signs: number;
  /** Latencies of `/healthz`, ms. */
  health: number[];
}

async function round(lobby: PinnedServer, load: LobbyLoad, own: string, half: number): Promise<Round> {
  // A stopped lobby answers nothing, so the load waits and takes no processor time either.
  process.kill(lobby.pid, 'SIGSTOP');
  const before = await opensslSigns(own, half);
  process.kill(lobby.pid, 'SIGCONT');
  await delay(500);

  const { signed, refused } = load;
  const [startedAt, usedBefore] = [performance.now(), processorSeconds(lobby.pid)];
  const health = await load.healthDuring(LOAD_MS);
  const seconds = (performance.now() - startedAt) / 1000;
  const used = processorSeconds(lobby.pid) - usedBefore;
  const done = load.signed - signed;
  if (load.refused > refused) throw new Error(`the lobby refused ${load.refused - refused} calls`);

  process.kill(lobby.pid, 'SIGSTOP');
  const after = await opensslSigns(own, half);
  process.kill(lobby.pid, 'SIGCONT');
  return {
    rooms: done / seconds,
    roomsPerProcessorSecond: done / used,
    signs: (before + after) / 2,
    health,
  };
}

/**
 * How often `openssl speed` signs with RSA-2048 in a second, on all of the processors together; by the clock, as the rooms
 * are counted, not by processor time.
 */
async function opensslSigns(processors: string, count: number): Promise<number> {
  const several = count > 1 ? ['-multi', String(count)] : [];
  const args = [
    '-c',
    processors,
    'openssl',
    'speed',
    '-elapsed',
    '-mr',
    '-seconds',
    String(OPENSSL_S),
    ...several,
    'rsa2048',
  ];
  const { stdout } = await promisify(execFile)('taskset', args);
  // "+F2:<n>:2048:<seconds a signature>:<seconds a check>"; with -multi the sum is the last.
  const line = stdout
    .split('\n')
    .filter((text) => text.startsWith('+F2:'))
    .at(-1);
  const value = Number(line?.split(':')[3]);
  if (!(value > 0)) throw new Error(`openssl speed said nothing of use: ${stdout}`);
  return value < 1 ? 1 / value : value;
}

async function memoryRatio(own: string, half: number, print: BenchOptions['print']): Promise<number> {
  const lobby = await startLobby(own);
  try {
    const load = await LobbyLoad.start({ ...lobby, connections: CONNECTIONS_PER_PROCESSOR * half });
    const resident = async (answers: number) => {
      await load.until(answers);
      const samples = [];
      for (let count = 0; count < 20; count += 1) {
        samples.push(residentMiB(lobby.pid));
        await delay(50);
      }
      return median(samples);
    };
    const few = await resident(FEW);
    const many = await resident(MANY);
    load.stop();
    print(`Memory (RSS): ${few.toFixed(1)} MiB after ${FEW} requests, ${many.toFixed(1)} MiB after ${MANY}`);
    return many / few;
  } finally {
    await lobby.stop();
  }
}

function printRounds(print: BenchOptions['print'], rounds: readonly Round[]): void {
  print(
    `Signed rooms a second: ${summary(
      rounds.map(({ rooms }) => rooms),
      '',
    )}`,
  );
  print(
    `  for a second of processor: ${summary(
      rounds.map((one) => one.roomsPerProcessorSecond),
      '',
    )}`,
  );
  print(
    `Signatures a second of openssl speed rsa2048: ${summary(
      rounds.map(({ signs }) => signs),
      '',
    )}`,
  );
  const health = rounds.flatMap((one) => one.health);
  print(
    `/healthz meanwhile: median ${median(health).toFixed(1)} ms, worst ${Math.max(...health).toFixed(1)} ms`,
  );
}

function residentMiB(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
