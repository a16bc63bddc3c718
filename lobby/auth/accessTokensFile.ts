import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { EXIT_CONFIG, StartFailure } from '../startFailure';

/** A user's name in the access tokens file and the audit log. */
export const UserName = z
  .string()
  .regex(/^[\p{L}\p{N}._@+-]{1,64}$/u, 'takes 1 to 64 letters, digits or . _ @ + - without a blank');

const AccessToken = z.object({
  user: UserName,
  /** SHA-256 of the token's text, hex: the token itself is kept nowhere. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** RFC 3339. */
  created: z.iso.datetime(),
});
export type AccessToken = z.infer<typeof AccessToken>;

const AccessTokensJson = z.object({ tokens: z.array(AccessToken) });

/** How long a command waits for another one that is changing the file, ms. */
const LOCK_WAIT_MS = 3_000;
const LOCK_RETRY_MS = 20;

/**
 * Parses the text of an access tokens file.
 *
 * @throws SyntaxError or ZodError when it is not one.
 */
export function parseAccessTokens(text: string): AccessToken[] {
  return AccessTokensJson.parse(JSON.parse(text)).tokens;
}

/**
 * The tokens of a file; none when the file does not exist yet.
 *
 * @throws StartFailure when the file cannot be read or is not an access tokens file.
 */
export async function readAccessTokens(file: string): Promise<AccessToken[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw new StartFailure(`LOBBY_ACCESS_TOKENS_FILE ${file} cannot be read (${code}).`, EXIT_CONFIG);
  }
  try {
    return parseAccessTokens(text);
  } catch {
    throw new StartFailure(
      `LOBBY_ACCESS_TOKENS_FILE ${file} is not a list of access tokens. Put the right file there, or move this one ` +
        'away and make new tokens with "token add".',
      EXIT_CONFIG,
    );
  }
}

/**
 * Makes an access token of 256 random bits for a user and keeps its hash.
 *
 * @returns the token, which is known to nobody else from now on. The prefix lets secret scanners find it.
 * @throws StartFailure when the file cannot be read or written.
 */
export async function addAccessToken(file: string, user: string, now: Date): Promise<string> {
  const token = `parley_${randomBytes(32).toString('base64url')}`;
  const added: AccessToken = { user, sha256: sha256(token).toString('hex'), created: now.toISOString() };
  await changeAccessTokens(file, (tokens) => [...tokens, added]);
  return token;
}

/**
 * Takes all of a user's access tokens away.
 *
 * @returns how many there were.
 * @throws StartFailure when the file cannot be read or written.
 */
export async function revokeAccessTokens(file: string, user: string): Promise<number> {
  let revoked = 0;
  await changeAccessTokens(file, (tokens) => {
    const kept = tokens.filter((token) => token.user !== user);
    revoked = tokens.length - kept.length;
    return kept;
  });
  return revoked;
}

/** The digest that an access token is known by. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/**
 * Reads, changes and replaces the file. The draft is opened exclusively before reading and so is the lock as well: of two
 * commands at once, neither undoes what the other did (a lost "revoke" would leave a door open).
 */
async function changeAccessTokens(
  file: string,
  change: (tokens: AccessToken[]) => AccessToken[],
): Promise<void> {
  // A rename would replace a symbolic link by a file that the server does not look at.
  const target = await realpath(file).catch(() => file);
  const draft = `${target}.lock`;
  const handle = await openDraft(draft);
  try {
    try {
      const tokens = change(await readAccessTokens(target));
      await keepOwner(handle, target);
      await handle.writeFile(`${JSON.stringify({ tokens }, undefined, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error instanceof StartFailure ? error : cannotWrite(target, error);
  }
}

async function openDraft(draft: string): Promise<FileHandle> {
  const deadline = performance.now() + LOCK_WAIT_MS;
  for (;;) {
    try {
      return await open(draft, 'wx', 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw cannotWrite(draft, error);
      if (performance.now() > deadline) {
        throw new StartFailure(
          `Another command is changing the access tokens. If none is, one was cut off: remove ${draft}.`,
        );
      }
      await delay(LOCK_RETRY_MS);
    }
  }
}

/** When root changes the file, the lobby's own account must still be able to read it. */
async function keepOwner(handle: FileHandle, target: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const before = await stat(target).catch(() => undefined);
  if (before !== undefined) await handle.chown(before.uid, before.gid);
}

const cannotWrite = (file: string, error: unknown) =>
  new StartFailure(
    `The access tokens cannot be written to ${file} (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`,
  );
