import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { directoryOwner } from './directoryOwner';
import { type KeySize, writeKeyPair, writeNew } from './keyPair';
import { readSigningKey } from './signingKey';
import { StartFailure } from '../startFailure';
import {
  type KeyIndex,
  type KeyIndexEntry,
  keyFileIn,
  readKeyIndex,
  thumbprintOf,
  writeKeyIndex,
} from './keyIndex';
import { SIGNS_AFTER } from './loadKeys';

/** A key is taken away so long after the next one began to sign, days: by then every invite of its has expired. */
const KEPT_DAYS = 31;
const DAY_MS = 86_400_000;

export interface Rotation {
  /** The new key. */
  kid: string;
  file: string;
  /** Whether it is the first, and so signs at once. */
  first: boolean;
  /** Keys that were taken away; their ids are never used again. */
  retired: readonly string[];
}

export interface RotationWish {
  bits: KeySize;
  /** `undefined`: one is made up from the date. */
  kid: string | undefined;
  /** A key that signs already and becomes the directory's first one. */
  adopt: { kid: string; file: string } | undefined;
}

/**
 * Adds a key to a directory, which it makes if need be, and takes away those that nothing needs any more. A lobby that
 * runs on the directory never sees half of it: key files appear whole before the index names them, and the index is
 * replaced at once.
 *
 * @throws StartFailure when an id has been used before or something cannot be written.
 */
export async function rotateKeys(directory: string, wish: RotationWish, now: Date): Promise<Rotation> {
  await mkdir(directory, { recursive: true, mode: 0o700 }).catch(fail(directory));
  const lock = join(directory, 'rotation.lock');
  const handle = await open(lock, 'wx', 0o600).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return fail(directory)(error);
    throw new StartFailure(`Another rotation is under way. If none is, it was cut off: rm "${lock}"`);
  });
  try {
    return await rotateLocked(directory, wish, now);
  } finally {
    await handle.close();
    await rm(lock, { force: true });
  }
}

async function rotateLocked(
  directory: string,
  { bits, kid: wished, adopt }: RotationWish,
  now: Date,
): Promise<Rotation> {
  const kid = wished ?? newKid(now);
  const known = await knownKeys(directory);
  for (const id of [kid, ...(adopt === undefined ? [] : [adopt.kid])]) {
    const used = known.find((entry) => entry.kid === id);
    if (used === undefined) continue;
    const what = used.retired === undefined ? 'is in use' : `was retired on ${used.retired.slice(0, 10)}`;
    throw new StartFailure(`Key id ${id} ${what}. Prosody keeps keys by id, so an id is never used again.`);
  }
  const adopted = adopt === undefined ? [] : [await adoptKey(directory, known, adopt, now)];
  const file = keyFileIn(directory, kid);
  await writeKeyPair(file, bits);
  await giveToOwner(directory, [file, `${file}.pub`]);
  const added: KeyIndexEntry = { kid, created: now.toISOString(), thumbprint: await thumbprintIn(file) };
  const live = [...known, ...adopted, added].filter(({ retired }) => retired === undefined);
  const outlived = new Set(live.filter((_key, index) => isOutlived(live[index + 1], now)));
  const keys = [...known, ...adopted, added].map((entry) =>
    outlived.has(entry) ? { ...entry, retired: now.toISOString() } : entry,
  );
  await writeKeyIndex(directory, { version: 1, keys }).catch(fail(directory));
  const retired = [...outlived].map((entry) => entry.kid);
  for (const old of retired) {
    for (const path of [keyFileIn(directory, old), `${keyFileIn(directory, old)}.pub`])
      await rm(path, { force: true });
  }
  return { kid, file, first: live.length === 1, retired };
}

async function knownKeys(directory: string): Promise<KeyIndex['keys']> {
  const read = await readKeyIndex(directory);
  if (read.ok) return read.index.keys;
  if (read.code === 'missing') return [];
  throw new StartFailure(`${directory}: ${read.detail}. Put back the last good one.`);
}

async function adoptKey(
  directory: string,
  known: readonly KeyIndexEntry[],
  { kid, file }: { kid: string; file: string },
  now: Date,
): Promise<KeyIndexEntry> {
  if (known.length > 0)
    throw new StartFailure(`${directory} has keys already; --adopt is for the first one.`);
  const read = await readSigningKey(file);
  if (!read.ok) throw new StartFailure(`${file}: ${read.detail}.`);
  const { privateKey, publicKey } = read.key;
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await writeNew(keyFileIn(directory, kid), pem, 0o600);
  await giveToOwner(directory, [keyFileIn(directory, kid)]);
  return { kid, created: now.toISOString(), thumbprint: thumbprintOf(publicKey) };
}

async function giveToOwner(directory: string, files: readonly string[]): Promise<void> {
  const owner = await directoryOwner(directory);
  if (owner === undefined) return;
  for (const file of files) await chown(file, owner.uid, owner.gid);
}

async function thumbprintIn(file: string): Promise<string> {
  const read = await readSigningKey(file);
  if (!read.ok) throw new StartFailure(`${file}: ${read.detail}.`);
  return thumbprintOf(read.key.publicKey);
}

/** Whether a key's successor has signed for so long that nothing needs the key any more. */
function isOutlived(successor: KeyIndexEntry | undefined, now: Date): boolean {
  if (successor === undefined) return false;
  return now.getTime() > Date.parse(successor.created) + SIGNS_AFTER * 1000 + KEPT_DAYS * DAY_MS;
}

function newKid(now: Date): string {
  return `parley-${now.toISOString().slice(0, 10)}-${randomBytes(4).toString('hex')}`;
}

const fail =
  (directory: string) =>
  (error: unknown): never => {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new StartFailure(`${directory} cannot be written (${code}).`);
  };
