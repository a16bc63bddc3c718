/** A copy of the runtime, for measuring memory: pages shared with another app on the same runtime would count less. */
import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

export interface OwnRuntime {
  /** Path of its executable. */
  electron: string;
  remove: () => Promise<void>;
}

const SET_USER_ID = 0o4000;

/** Copies the runtime where memory is measured: on Linux. One whose sandbox needs its set-user-id helper stays. */
export async function ownRuntime(electron: string): Promise<OwnRuntime> {
  const there = { electron, remove: () => Promise.resolve() };
  if (process.platform !== 'linux') return there;
  const original = dirname(electron);
  const helper = await stat(join(original, 'chrome-sandbox')).catch(() => undefined);
  if (helper !== undefined && (helper.mode & SET_USER_ID) !== 0) return there;

  const directory = await mkdtemp(join(tmpdir(), 'parley-runtime-'));
  const remove = () => rm(directory, { recursive: true, force: true });
  try {
    await cp(original, directory, { recursive: true, verbatimSymlinks: true });
  } catch (error) {
    await remove();
    throw error;
  }
  return { electron: join(directory, basename(electron)), remove };
}
