/** Processes and their memory, from Linux's `/proc`. */
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** Two readings a second apart that differ by no more than this are those of an idle app. */
const IDLE_SHARE = 0.01;
const READINGS_MAX = 20;

/** Ids of a process and of all below it. */
export async function processTree(root: number): Promise<number[]> {
  const children = new Map<number, number[]>();
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const parent = await parentOf(pid);
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const below = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(below)];
  return below(root);
}

/**
 * Proportional memory of a process and all below it, in MiB, as soon as two readings in a row agree.
 *
 * @param without ids of processes that do not count.
 */
export async function idleMemory(root: number, without: ReadonlySet<number> = new Set()): Promise<number> {
  let before = await memory(root, without);
  for (let reading = 0; reading < READINGS_MAX; reading += 1) {
    await wait(1000);
    const now = await memory(root, without);
    if (Math.abs(now - before) <= IDLE_SHARE * before) return now;
    before = now;
  }
  throw new Error(`memory was still moving after ${READINGS_MAX} s`);
}

/** Proportional memory of a process and all below it now, in MiB, by what Chromium has them for: `main`, `renderer`, ... */
export async function memoryByKind(root: number): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  for (const pid of await processTree(root)) {
    const kind = await kindOf(pid);
    sizes.set(kind, (sizes.get(kind) ?? 0) + (await proportionalSize(pid)));
  }
  return sizes;
}

async function kindOf(pid: number): Promise<string> {
  const words = (await readIfThere(`/proc/${pid}/cmdline`)).split(/[\0 ]/);
  const value = (name: string) => words.find((word) => word.startsWith(`--${name}=`))?.split('=')[1];
  // `network.mojom.NetworkService` and its like say more than that they are utilities.
  return value('utility-sub-type')?.split('.').at(-1) ?? value('type') ?? 'main';
}

async function memory(root: number, without: ReadonlySet<number>): Promise<number> {
  const counted = (await processTree(root)).filter((pid) => !without.has(pid));
  const sizes = await Promise.all(counted.map(proportionalSize));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function proportionalSize(pid: number): Promise<number> {
  const rollup = await readIfThere(`/proc/${pid}/smaps_rollup`);
  const kibibytes = /^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1];
  return Number(kibibytes ?? 0) / 1024;
}

async function parentOf(pid: number): Promise<number | undefined> {
  // The name, in parentheses, may hold anything; the state and the parent follow the last one.
  const parent = /^.*\) \S (\d+)/s.exec(await readIfThere(`/proc/${pid}/stat`))?.[1];
  return parent === undefined ? undefined : Number(parent);
}

/** A file of a process; empty when the process has ended meanwhile. */
async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return '';
    throw error;
  }
}

/** Processor time of a process and its threads so far, s (proc(5): fields 14 and 15, in ticks of 10 ms). */
export function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
