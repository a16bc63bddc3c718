import { constants, closeSync, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import type { Given } from './given';

/** What is a secret; with a deployment's id behind it (`JWT_APP_SECRET_EU`) it is that deployment's. */
const SECRETS = ['JWT_APP_SECRET', 'LDAP_BINDPW', 'LOBBY_METRICS_TOKEN', 'REDIS_URL'] as const;
type Secret = (typeof SECRETS)[number];
export type SecretVariable = Secret | `${Secret}_${string}`;

/** Longest secret, bytes. */
const SECRET_MAX = 65_536;

/**
 * A secret that is given as `NAME`, or as the content of the file that `NAME_FILE` names, without a line end behind it.
 * `undefined` when neither is set.
 */
export function readSecret(
  given: Given,
  name: SecretVariable,
): { value: string | undefined } | { faults: string[] } {
  const file = given[`${name}_FILE`];
  if (file === undefined) return { value: given[name] };
  if (given[name] !== undefined) return { faults: [`${name} and ${name}_FILE are both set. Keep one.`] };
  const read = readSecretFile(file);
  return typeof read === 'string' ? { value: read } : { faults: [`${name}_FILE ${file}: ${read.fault}.`] };
}

/** Whether a variable holds a secret, or names a file of one. */
export function isOfSecret(variable: string): 'secret' | 'file' | undefined {
  if (!SECRETS.some((secret) => variable === secret || variable.startsWith(`${secret}_`))) return undefined;
  return variable.endsWith('_FILE') ? 'file' : 'secret';
}

/**
 * Says which files of secrets every account of this machine can read. They are taken nevertheless: so Docker Swarm and
 * Kubernetes hand them out, to containers that have one account.
 */
export function openSecretFiles(given: Given): string[] {
  return Object.entries(given)
    .filter(([variable, file]) => isOfSecret(variable) === 'file' && isOpen(file))
    .map(
      ([variable, file]) =>
        `${variable}: every account of this machine can read that file. In a container of the lobby's own nobody else is ` +
        `there; anywhere else close it: chmod 600 "${file}"`,
    );
}

function isOpen(file: string): boolean {
  if (process.platform === 'win32') return false;
  try {
    return (statSync(file).mode & constants.S_IROTH) !== 0;
  } catch {
    // Why it cannot be had is told where it is read.
    return false;
  }
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
    const text = readFileSync(descriptor, 'utf8').replace(/\r?\n$/, '');
    return text === '' ? { fault: 'it is empty' } : text;
  } finally {
    closeSync(descriptor);
  }
}
