import { chmod, lstat, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AccessTokens } from '../../../../lobby/auth/accessTokens';
import {
  addAccessToken,
  readAccessTokens,
  revokeAccessTokens,
} from '../../../../lobby/auth/accessTokensFile';

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'parley-tokens-'));
  file = join(directory, 'tokens.json');
});
afterEach(() => rm(directory, { recursive: true }));

const now = new Date('2026-03-01T12:00:00Z');

describe('the access tokens file', () => {
  it('keeps user, date and hash, never the token, for its owner alone', async () => {
    const token = await addAccessToken(file, 'alice', now);
    expect(token).toMatch(/^parley_[\w-]{43}$/);
    const text = await readFile(file, 'utf8');
    expect(text).not.toContain(token);
    expect(text).not.toContain(token.slice(7));
    expect(await readAccessTokens(file)).toEqual([
      {
        user: 'alice',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        created: now.toISOString(),
      },
    ]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is made private again by the next change', async () => {
    await addAccessToken(file, 'alice', now);
    await chmod(file, 0o644);
    await addAccessToken(file, 'bob', now);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('loses nothing when several commands change it at once', async () => {
    await addAccessToken(file, 'mallory', now);
    const users = Array.from({ length: 12 }, (_, index) => `user${index}`);
    await Promise.all([
      ...users.map((user) => addAccessToken(file, user, now)),
      revokeAccessTokens(file, 'mallory'),
    ]);
    expect((await readAccessTokens(file)).map(({ user }) => user).sort()).toEqual(users.sort());
  });

  it('takes all tokens of one user away', async () => {
    for (const user of ['alice', 'bob', 'alice']) await addAccessToken(file, user, now);
    expect(await revokeAccessTokens(file, 'alice')).toBe(2);
    expect(await revokeAccessTokens(file, 'alice')).toBe(0);
    expect((await readAccessTokens(file)).map(({ user }) => user)).toEqual(['bob']);
  });

  it('stays where a symbolic link leads', async () => {
    const link = join(directory, 'link.json');
    await addAccessToken(file, 'alice', now);
    await symlink(file, link);
    await addAccessToken(link, 'bob', now);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(await readAccessTokens(file)).toHaveLength(2);
  });

  it.each(['', 'garbage', '[]', '{"tokens":[{"user":"a"}]}'])(
    'is not overwritten when it holds %j',
    async (text) => {
      await writeFile(file, text);
      await expect(addAccessToken(file, 'alice', now)).rejects.toThrow('LOBBY_ACCESS_TOKENS_FILE');
      expect(await readFile(file, 'utf8')).toBe(text);
      await rm(file);
      await addAccessToken(file, 'alice', now);
    },
  );

  it('says what to do when a command was cut off', async () => {
    await writeFile(`${file}.lock`, '');
    await expect(addAccessToken(file, 'alice', now)).rejects.toThrow(`remove ${file}.lock`);
  });
});

describe('the access tokens of a running lobby', () => {
  const logged: string[] = [];
  const log = pino({}, { write: (line: string) => void logged.push(line) });
  beforeEach(() => (logged.length = 0));
  const userOf = async (tokens: AccessTokens, token: string) => (await tokens.callerOf(token))?.user;

  it('tells users by their tokens', async () => {
    const alice = await addAccessToken(file, 'alice', now);
    const again = await addAccessToken(file, 'alice', now);
    const bob = await addAccessToken(file, 'bob', now);
    const tokens = new AccessTokens(file, await readAccessTokens(file), log);
    expect(await userOf(tokens, alice)).toBe('alice');
    expect(await userOf(tokens, again)).toBe('alice');
    expect(await userOf(tokens, bob)).toBe('bob');
    for (const wrong of ['', 'parley_', bob.slice(0, -1), `${bob}x`, bob.toUpperCase()]) {
      expect(await userOf(tokens, wrong)).toBeUndefined();
    }
  });

  it('follow the file', async () => {
    const tokens = new AccessTokens(file, [], log);
    const alice = await addAccessToken(file, 'alice', now);
    expect(await userOf(tokens, alice)).toBe('alice');
    await revokeAccessTokens(file, 'alice');
    expect(await userOf(tokens, alice)).toBeUndefined();
  });

  it('stay the last good ones while the file is broken, and say so once', async () => {
    const alice = await addAccessToken(file, 'alice', now);
    const good = await readFile(file, 'utf8');
    const tokens = new AccessTokens(file, await readAccessTokens(file), log);
    await userOf(tokens, alice);
    logged.length = 0;
    await writeFile(file, good.slice(0, 40));
    expect(await userOf(tokens, alice)).toBe('alice');
    expect(await userOf(tokens, alice)).toBe('alice');
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('last good list');
    await writeFile(file, '{"tokens":[]}');
    expect(await userOf(tokens, alice)).toBeUndefined();
  });

  it('are none when the file is gone', async () => {
    const alice = await addAccessToken(file, 'alice', now);
    const tokens = new AccessTokens(file, await readAccessTokens(file), log);
    await rm(file);
    expect(await userOf(tokens, alice)).toBeUndefined();
    expect(await userOf(tokens, alice)).toBeUndefined();
    expect(logged).toHaveLength(1);
  });
});
