import { constants, closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import type { Given } from './given';

/** Longest secret, bytes. */
const SECRET_MAX = 65_536;

/**
 * A secret that is given as `NAME`, or as the content of the file that `NAME_FILE` names, without a line end behind it.
 * `undefined` when neither is set.
 */
export function readSecret(given: Given, name: string): { value: string | undefined } | { faults: string[] } {
  const file = given[`${name}_FILE`];
  if (file === undefined) return { value: given[name] };
  if (given[name] !== undefined) return { faults: [`${name} and ${name}_FILE are both set. Keep one.`] };
  const read = readSecretFile(file);
  return typeof read === 'string' ? { value: read } : { faults: [`${name}_FILE ${file}: ${read.fault}.`] };
}

function readSecretFile(file: string): string | { fault: string } {
  let descriptor: number;
  try {
    // Without O_NONBLOCK a named pipe in the file's place would stop the start with no word.
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return { fault: `it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})` };
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return { fault: 'it is not a regular file' };
    if (stats.size > SECRET_MAX) return { fault: `it has more than ${SECRET_MAX} bytes` };
    if (process.platform !== 'win32' && (stats.mode & constants.S_IROTH) !== 0) {
      return { fault: `every account of this machine can read it; close it: chmod 600 "${file}"` };
    }
    const text = readFileSync(descriptor, 'utf8').replace(/\r?\n$/, '');
    return text === '' ? { fault: 'it is empty' } : text;
  } finally {
    closeSync(descriptor);
  }
}
