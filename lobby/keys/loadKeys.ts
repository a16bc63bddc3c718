import { stat } from 'node:fs/promises';
import { readSigningKey, signingKeyRemedy } from './signingKey';
import { indexFile, keyFileIn, readKeyIndex, thumbprintOf } from './keyIndex';
import type { RingKey } from './keyRing';
import type { KeyFile, KeySource } from './keySettings';

/**
 * So long after it was made a new key begins to sign, seconds: every lobby on the same directory publishes it by then.
 */
export const SIGNS_AFTER = 30;

export type LoadedKeys = { ok: true; keys: readonly RingKey[] } | { ok: false; detail: string };

/** Reads all keys, or none: one that cannot be used makes the whole set unusable. `detail` says what to do. */
export async function loadKeys(source: KeySource, program: string): Promise<LoadedKeys> {
  return source.kind === 'files' ? loadFiles(source, program) : loadDirectory(source, program);
}

/** The files that change when the keys do. */
export function watchedFiles(source: KeySource): readonly string[] {
  return source.kind === 'files' ? source.files.map(({ file }) => file) : [indexFile(source.directory)];
}

async function loadFiles(
  { variable, files }: KeySource & { kind: 'files' },
  program: string,
): Promise<LoadedKeys> {
  const keys: RingKey[] = [];
  for (const file of files) {
    const read = await loadFile(file, program);
    if ('fault' in read) return { ok: false, detail: `${variable} ${read.fault}` };
    const { mtime } = await stat(file.file);
    keys.push({ kid: file.kid, key: read.key, madeAt: mtime, signsFrom: undefined });
  }
  return { ok: true, keys };
}

async function loadDirectory(
  { variable, directory }: KeySource & { kind: 'directory' },
  program: string,
): Promise<LoadedKeys> {
  const fault = (detail: string): LoadedKeys => ({
    ok: false,
    detail: `${variable} ${directory}: ${detail}`,
  });
  const read = await readKeyIndex(directory);
  if (!read.ok) {
    const remedy =
      read.code === 'missing'
        ? `Make the first key: ${program} keygen --rotate "${directory}"`
        : read.code === 'unreadable'
          ? "Let the lobby's account read it."
          : 'Put back the last good one; keygen --rotate alone writes it.';
    return fault(`${read.detail}. ${remedy}`);
  }
  const keys: RingKey[] = [];
  for (const { kid, created, thumbprint, retired } of read.index.keys) {
    if (retired !== undefined) continue;
    const loaded = await loadFile({ kid, file: keyFileIn(directory, kid) }, program);
    if ('fault' in loaded) return { ok: false, detail: `${variable} ${loaded.fault}` };
    if (thumbprintOf(loaded.key.publicKey) !== thumbprint) {
      return fault(
        `${kid}.pem is another key than keys.json says. Prosody keeps a key by its id, so put back the one that was there.`,
      );
    }
    const madeAt = new Date(created);
    const signsFrom = keys.length === 0 ? undefined : new Date(madeAt.getTime() + SIGNS_AFTER * 1000);
    keys.push({ kid, key: loaded.key, madeAt, signsFrom });
  }
  return { ok: true, keys };
}

async function loadFile({ file }: KeyFile, program: string) {
  const read = await readSigningKey(file);
  return read.ok
    ? { key: read.key }
    : { fault: `${file}: ${read.detail}. ${signingKeyRemedy(read.code, file, program)}` };
}
