import { timingSafeEqual } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import type { BigIntStats } from 'node:fs';
import type { Logger } from 'pino';
import { type AccessToken, parseAccessTokens, sha256 } from './accessTokensFile';

interface KnownToken {
  user: string;
  digest: Buffer;
}

/** The access tokens as the running lobby knows them: it looks at the file before every answer. */
export class AccessTokens {
  readonly #file: string;
  readonly #log: Logger;
  #tokens: readonly KnownToken[];
  /** The file's version that {@link #tokens} was read from, or the one that could not be read. */
  #version = '';
  /** The fault last logged: the same one is not logged at every request. */
  #logged = '';

  /** @param tokens what the file holds at start. */
  constructor(file: string, tokens: readonly AccessToken[], log: Logger) {
    this.#file = file;
    this.#log = log;
    this.#tokens = known(tokens);
  }

  /** The user whose token this is. Takes the same time whichever token it is, and whether it is one. */
  async userOf(token: string): Promise<string | undefined> {
    await this.#refresh();
    const digest = sha256(token);
    let user: string | undefined;
    for (const entry of this.#tokens) {
      if (timingSafeEqual(entry.digest, digest)) user = entry.user;
    }
    return user;
  }

  /**
   * Reads the file again when it is not the version last seen. A file that is gone means no token at all; one that
   * cannot be read or is half written leaves the last good list in force and is logged once.
   */
  async #refresh(): Promise<void> {
    try {
      if (versionOf(await stat(this.#file, { bigint: true })) === this.#version) return;
      const handle = await open(this.#file, 'r');
      try {
        this.#version = versionOf(await handle.stat({ bigint: true }));
        this.#tokens = known(parseAccessTokens(await handle.readFile('utf8')));
        this.#logged = '';
        this.#log.info({ tokens: this.#tokens.length }, 'access tokens read');
      } finally {
        await handle.close();
      }
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT') {
        this.#tokens = [];
        this.#version = '';
        this.#once('ENOENT', 'the access tokens file is gone: nobody is let in');
      } else {
        this.#once(
          code ?? this.#version,
          'the access tokens file cannot be read: the last good list stays in force',
        );
      }
    }
  }

  #once(fault: string, message: string): void {
    if (this.#logged === fault) return;
    this.#logged = fault;
    this.#log.error({ file: this.#file }, message);
  }
}

const known = (tokens: readonly AccessToken[]): KnownToken[] =>
  tokens.map(({ user, sha256: hex }) => ({ user, digest: Buffer.from(hex, 'hex') }));

/** A rename changes the inode, a write the times: no version is taken for another within the clock's grain. */
const versionOf = ({ ino, size, mtimeNs, ctimeNs }: BigIntStats) => [ino, size, mtimeNs, ctimeNs].join();
