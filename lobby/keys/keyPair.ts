import { generateKeyPair, randomUUID } from 'node:crypto';
import { link, lstat, open, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { StartFailure } from '../startFailure';

/** RSA key sizes that keygen makes, bits. */
export const KEY_SIZES = [2048, 3072, 4096] as const;
export type KeySize = (typeof KEY_SIZES)[number];

/**
 * Makes an RSA key pair: `file` (PKCS#8 PEM, mode 0600) and `file`.pub (SPKI PEM). Each appears whole or not at all,
 * and never in the place of something else.
 *
 * @throws StartFailure when one of the two exists or cannot be written.
 */
export async function writeKeyPair(file: string, bits: KeySize): Promise<{ publicFile: string }> {
  const publicFile = `${file}.pub`;
  for (const path of [file, publicFile]) {
    if (await exists(path)) throw alreadyThere(path);
  }
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: bits,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  await writeNew(file, privateKey, 0o600);
  try {
    await writeNew(publicFile, publicKey, 0o644);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
  return { publicFile };
}

/**
 * Writes a file that appears whole, and never in the place of another.
 *
 * @throws StartFailure
 */
export async function writeNew(file: string, text: string, mode: number): Promise<void> {
  const draft = `${file}.${randomUUID()}.new`;
  try {
    const handle = await open(draft, 'wx', mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // Unlike a rename, a link never replaces what is already there.
    await link(draft, file);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw alreadyThere(file);
    if (code === 'ENOENT') {
      throw new StartFailure(
        `There is no directory ${dirname(resolve(file))}. Make it: mkdir -p -m 700 "${dirname(resolve(file))}"`,
      );
    }
    throw new StartFailure(`The key cannot be written to ${file} (${code}).`);
  } finally {
    // Whatever hinders this hindered the writing, which has been told.
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

const alreadyThere = (file: string) =>
  new StartFailure(`${file} is already there, and keygen replaces nothing. Name another file.`);
