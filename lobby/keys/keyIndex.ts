import { createHash, type KeyObject, randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { directoryOwner } from './directoryOwner';

/** A key id that is also a file's name. */
export const DirectoryKeyId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'takes letters, digits, and ._- inside, 64 at most');

const Entry = z.strictObject({
  kid: DirectoryKeyId,
  created: z.iso.datetime(),
  /** SHA-256 of the public key's SubjectPublicKeyInfo, in hex: what Prosody keeps under this id. */
  thumbprint: z.string().regex(/^[0-9a-f]{64}$/),
  /** When the key was taken away. Its line stays for ever, so that its id is never used again. */
  retired: z.iso.datetime().optional(),
});

const KeyIndex = z
  .strictObject({ version: z.literal(1), keys: z.array(Entry).min(1).max(10_000) })
  .refine(
    ({ keys }) => new Set(keys.map(({ kid }) => kid)).size === keys.length,
    'a key id stands in it twice',
  )
  .refine(({ keys }) => keys.some(({ retired }) => retired === undefined), 'all its keys are retired');

/** Every key that a directory has ever had, oldest first. */
export type KeyIndex = z.infer<typeof KeyIndex>;
export type KeyIndexEntry = z.infer<typeof Entry>;

export const indexFile = (directory: string) => join(directory, 'keys.json');
export const keyFileIn = (directory: string, kid: string) => join(directory, `${kid}.pem`);

export type KeyIndexResult =
  { ok: true; index: KeyIndex } | { ok: false; code: 'missing' | 'unreadable' | 'malformed'; detail: string };

export async function readKeyIndex(directory: string): Promise<KeyIndexResult> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(indexFile(directory), 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { ok: false, code: 'missing', detail: 'it has no keys.json' };
    if (code !== undefined)
      return { ok: false, code: 'unreadable', detail: `its keys.json cannot be read (${code})` };
    return { ok: false, code: 'malformed', detail: 'its keys.json is not JSON' };
  }
  const parsed = KeyIndex.safeParse(json);
  if (parsed.success) return { ok: true, index: parsed.data };
  const { path = [], message = '' } = parsed.error.issues[0] ?? {};
  return {
    ok: false,
    code: 'malformed',
    detail: `its keys.json is wrong at ${path.join('.') || 'its top'}: ${message}`,
  };
}

/** No secret is in it, and the lobby's account reads it, whoever wrote it and under whatever umask. */
const INDEX_MODE = 0o644;

/** Puts a new index in the old one's place at once. */
export async function writeKeyIndex(directory: string, index: KeyIndex): Promise<void> {
  const draft = `${indexFile(directory)}.${randomUUID()}.new`;
  try {
    const handle = await open(draft, 'wx', INDEX_MODE);
    try {
      await handle.chmod(INDEX_MODE);
      const owner = await directoryOwner(directory);
      if (owner !== undefined) await handle.chown(owner.uid, owner.gid);
      await handle.writeFile(`${JSON.stringify(index, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, indexFile(directory));
  } finally {
    await rm(draft, { force: true });
  }
}

/** @returns what {@link KeyIndexEntry.thumbprint} holds. */
export function thumbprintOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}
