// @ts-check
/** Electron for a script that a person started: progress and notices go to standard error. */
import { resolveElectron } from './electronRuntime.mjs';
import { progressOn } from './progress.mjs';

/** @returns {Promise<string>} absolute path of the executable */
export async function findElectron() {
  const progress = progressOn(process.stderr);
  try {
    return await resolveElectron({
      onProgress: progress.show,
      onNotice: (line) => {
        progress.end();
        process.stderr.write(`${line}\n`);
      },
    });
  } finally {
    progress.end();
  }
}
