/** A machine without libsecret, as far as one program can tell: for it, loading the keychain's library fails. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

export interface BrokenLibsecret {
  /** What the program needs in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Removes the files. */
  remove(): Promise<void>;
}

/** Puts an empty file in the place where the loader looks for libsecret first. */
export async function breakLibsecret(): Promise<BrokenLibsecret> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'parley-no-libsecret-'));
  await writeFile(path.join(folder, 'libsecret-1.so.0'), '');
  return {
    env: { LD_LIBRARY_PATH: folder },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
