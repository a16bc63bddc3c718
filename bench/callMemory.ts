/** What a call weighs beside the meeting's own page, and what many calls leave behind. */
import type { DesktopApp } from '../test/support/desktopApp';
import { idleMemory } from './processTree';

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

/** Memory of all processes after some calls, and after `calls` more, in MiB; without what the toolbar's page no longer needs. */
export async function measureLeak(
  desktop: DesktopApp,
  before: number,
  calls: number,
  progress: (line: string) => void,
): Promise<{ few: number; many: number }> {
  for (let call = 0; call < before; call += 1) await callOnce(desktop);
  const few = await settledMemory(desktop);
  for (let call = 1; call <= calls; call += 1) {
    await callOnce(desktop);
    if (call % 20 === 0) progress(`${call} of ${calls} calls joined and left`);
  }
  return { few, many: await settledMemory(desktop) };
}

async function settledMemory(desktop: DesktopApp): Promise<number> {
  const tools = await desktop.app.context().newCDPSession(desktop.shell);
  await tools.send('HeapProfiler.collectGarbage');
  await tools.detach();
  return idleMemory(pidOf(desktop));
}

async function callOnce(desktop: DesktopApp): Promise<void> {
  await desktop.button('Start voice call').click();
  await desktop.inCall();
  await desktop.microphoneMuted(false);
  await desktop.leave();
}

const pidOf = (desktop: DesktopApp) => desktop.app.process().pid ?? 0;
