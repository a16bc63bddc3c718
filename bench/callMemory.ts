/** What a call weighs beside the meeting's own page, and what many calls leave behind. */
import { setTimeout as delay } from 'node:timers/promises';
import type { DesktopApp } from '../test/support/desktopApp';
import { idleMemory, memoryByKind } from './processTree';

/** V8 goes by what was allocated in the last 5 s (its `GCTracer`). */
const QUIET_MS = 6_000;

/** Proportional memory (PSS), in MiB. */
export interface CallMemory {
  readonly idle: number;
  /** During a call, of all processes but the one that shows the meeting. */
  readonly inCall: number;
}

export async function measureCallMemory(desktop: DesktopApp): Promise<CallMemory> {
  const root = pidOf(desktop);
  await callOnce(desktop);
  const idle = await idleMemory(root);
  await desktop.button('Start voice call').click();
  await desktop.inCall();
  await desktop.microphoneMuted(false);
  const meeting = await desktop.app.evaluate(
    ({ webContents }) =>
      webContents
        .getAllWebContents()
        .find((contents) => contents.getURL().startsWith('http'))
        ?.getOSProcessId() ?? 0,
  );
  const inCall = await idleMemory(root, new Set([meeting]));
  await desktop.leave();
  return { idle, inCall };
}

/** What is still needed at some moment, in MiB. */
export interface SettledMemory {
  /** Of all processes. */
  readonly all: number;
  readonly byKind: ReadonlyMap<string, number>;
}

/** Memory after some calls, and after `calls` more. */
export async function measureLeak(
  desktop: DesktopApp,
  before: number,
  calls: number,
  progress: (line: string) => void,
): Promise<{ few: SettledMemory; many: SettledMemory }> {
  for (let call = 0; call < before; call += 1) await callOnce(desktop);
  const few = await settledMemory(desktop);
  for (let call = 1; call <= calls; call += 1) {
    await callOnce(desktop);
    if (call % 20 === 0) progress(`${call} of ${calls} calls joined and left`);
  }
  return { few, many: await settledMemory(desktop) };
}

/**
 * Without what the two processes with JavaScript of ours no longer need: V8 collects when it wants to, and until then main
 * holds anything from 18 to 36 MB of heap for the 9 MB that are in use (measured after 20 and after 220 calls alike). A
 * collection after busy times leaves the room of the young generation as it is, 28 MB of heap; one after {@link QUIET_MS} of
 * quiet gives it back, and 11 to 14 MB are left. So there are two.
 */
async function settledMemory(desktop: DesktopApp): Promise<SettledMemory> {
  await collectGarbage(desktop);
  await delay(QUIET_MS);
  await collectGarbage(desktop);
  const all = await idleMemory(pidOf(desktop));
  return { all, byKind: await memoryByKind(pidOf(desktop)) };
}

async function collectGarbage(desktop: DesktopApp): Promise<void> {
  const tools = await desktop.app.context().newCDPSession(desktop.shell);
  await tools.send('HeapProfiler.collectGarbage');
  await tools.detach();
  await desktop.app.evaluate(() => {
    if (globalThis.gc === undefined) throw new Error('the app was not started with --expose-gc');
    globalThis.gc();
  });
}

async function callOnce(desktop: DesktopApp): Promise<void> {
  await desktop.button('Start voice call').click();
  await desktop.inCall();
  await desktop.microphoneMuted(false);
  await desktop.leave();
}

const pidOf = (desktop: DesktopApp) => desktop.app.process().pid ?? 0;
