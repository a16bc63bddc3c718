import { timingSafeEqual } from 'node:crypto';
import { type BigIntStats, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Logger } from 'pino';
import { type AccessToken, parseAccessTokens, sha256 } from './accessTokensFile';
import { type Caller, publicIdOf } from './caller';

interface KnownToken {
  caller: Caller;
  digest: Buffer;
}

/**
 * The access tokens as the running lobby knows them: it looks at the file before it answers, once for the requests that
 * one turn of the event loop finds there together.
 */
export class AccessTokens {
  readonly #file: string;
  readonly #log: Logger;
  #tokens: readonly KnownToken[];
  /** The file's version that {@link #tokens} was read from, or the one that could not be read. */
  #version = '';
  /** The fault last logged: the same one is not logged at every request. */
  #logged = '';
  /** Whether the file was looked at in this turn of the event loop. */
  #looked = false;

  /** @param tokens what the file holds at start. */
  constructor(file: string, tokens: readonly AccessToken[], log: Logger) {
    this.#file = file;
    this.#log = log;
    this.#tokens = known(tokens);
  }

  /** Whose token this is. Takes the same time whichever token it is, and whether it is one. */
  async callerOf(token: string): Promise<Caller | undefined> {
    const digest = sha256(token);
    let caller: Caller | undefined;
    for (const entry of await this.#current()) {
      if (timingSafeEqual(entry.digest, digest)) caller = entry.caller;
    }
    return caller;
  }

  /**
   * The tokens of the file as it is now; it is read again when it is not the version last seen. Requests that come
   * together each read it: whoever waited for another's reading could be judged by the list before. A file that is gone
   * means no token at all; one that cannot be read or is half written leaves the last good list in force and is logged
   * once.
   */
  async #current(): Promise<readonly KnownToken[]> {
    if (this.#looked) return this.#tokens;
    let version = '';
    try {
      // Not on libuv's pool: the trip there costs more than the look, and the pool is where room tokens are signed.
      if (versionOf(statSync(this.#file, { bigint: true })) === this.#version) {
        this.#looked = true;
        setImmediate(() => (this.#looked = false));
        return this.#tokens;
      }
      const handle = await open(this.#file, 'r');
      let text: string;
      try {
        version = versionOf(await handle.stat({ bigint: true }));
        text = await handle.readFile('utf8');
      } finally {
        await handle.close();
      }
      const tokens = known(parseAccessTokens(text));
      if (version !== this.#version) this.#log.info({ tokens: tokens.length }, 'access tokens read');
      this.#version = version;
      this.#tokens = tokens;
      this.#logged = '';
    } catch (error) {
      this.#onUnreadable((error as NodeJS.ErrnoException).code, version);
    }
    return this.#tokens;
  }

  /** @param version of the file, when it could be opened: the same one need not be read again. */
  #onUnreadable(code: string | undefined, version: string): void {
    this.#version = version;
    if (code === 'ENOENT') {
      this.#tokens = [];
      this.#once('ENOENT', 'the access tokens file is gone: nobody is let in');
      return;
    }
    const fault = code ?? version;
    this.#once(fault, 'the access tokens file cannot be read: the last good list stays in force');
  }

  #once(fault: string, message: string): void {
    if (this.#logged === fault) return;
    this.#logged = fault;
    this.#log.error({ file: this.#file }, message);
  }
}

const known = (tokens: readonly AccessToken[]): KnownToken[] =>
  tokens.map(({ user, sha256: hex }) => ({
    caller: { user, account: user, publicId: publicIdOf(user), moderator: true },
    digest: Buffer.from(hex, 'hex'),
  }));

/** A rename changes the inode, a write the times: no version is taken for another within the clock's grain. */
const versionOf = ({ ino, size, mtimeNs, ctimeNs }: BigIntStats) => [ino, size, mtimeNs, ctimeNs].join();
