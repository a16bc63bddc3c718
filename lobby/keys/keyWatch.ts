import { statSync } from 'node:fs';
import type { Logger } from 'pino';
import { thumbprintOf } from './keyIndex';
import type { KeyRing, RingKey } from './keyRing';
import type { KeySource } from './keySettings';
import { loadKeys, watchedFiles } from './loadKeys';

/** How often the files are looked at, ms: often enough that a new key is published everywhere before it signs. */
const LOOK_EVERY_MS = 2_000;

/**
 * Keeps a ring's keys those of their files: looks every two seconds, and on request. A set that cannot be used changes
 * nothing, and is logged once; so is one that has another key under an id that this process knows, since Prosody and
 * clients keep keys by their ids.
 */
export class KeyWatch {
  readonly #source: KeySource;
  readonly #ring: KeyRing;
  readonly #log: Logger;
  readonly #program: string;
  readonly #thumbprints = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #seen: string;
  #fault = '';
  #turn: Promise<void> = Promise.resolve();

  /** @param program how the operator calls this program, for the commands in messages. */
  constructor(source: KeySource, ring: KeyRing, log: Logger, program: string) {
    this.#source = source;
    this.#ring = ring;
    this.#log = log;
    this.#program = program;
    this.#seen = this.#state();
    this.#remember(ring.keys);
  }

  start(): void {
    this.#timer = setInterval(() => {
      // A set that could not be used may be whole by now.
      if (this.#fault !== '' || this.#state() !== this.#seen) void this.reload();
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Reads the keys anew, after whatever reading is under way. */
  reload(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#reload());
    return this.#turn;
  }

  async #reload(): Promise<void> {
    // Before reading: a change in between is seen as one the next time.
    const state = this.#state();
    const loaded = await loadKeys(this.#source, this.#program).catch((error: unknown) => ({
      ok: false as const,
      detail: String(error),
    }));
    const fault = loaded.ok ? this.#reused(loaded.keys) : loaded.detail;
    this.#seen = state;
    if (fault === undefined && loaded.ok) {
      this.#ring.replace(loaded.keys);
      this.#remember(loaded.keys);
      this.#log.info({ kids: loaded.keys.map(({ kid }) => kid) }, 'keys read');
    } else if (fault !== this.#fault) {
      this.#log.error({ fault }, 'keys cannot be used; those known stay in force');
    }
    this.#fault = fault ?? '';
  }

  #reused(keys: readonly RingKey[]): string | undefined {
    const reused = keys.find(({ kid, key }) => {
      const known = this.#thumbprints.get(kid);
      return known !== undefined && known !== thumbprintOf(key.publicKey);
    });
    return (
      reused &&
      `Key id ${reused.kid} now has another key. A new key needs a new id: Prosody keeps keys by id.`
    );
  }

  #remember(keys: readonly RingKey[]): void {
    for (const { kid, key } of keys) this.#thumbprints.set(kid, thumbprintOf(key.publicKey));
  }

  /** Changes whenever a file does, also when it cannot be looked at any more. */
  #state(): string {
    return watchedFiles(this.#source).map(versionOf).join();
  }
}

function versionOf(file: string): string {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join('.');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}
