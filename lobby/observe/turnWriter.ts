import { writeSync } from 'node:fs';

/** So much is written at once even within a turn, characters. */
const CHUNK_MAX = 65_536;

/**
 * Writes lines to a file descriptor once a turn of the event loop, so that many requests that are answered together cost
 * one call of the system and not one each. A line waits no longer than the turn that it was written in; what is left
 * when the process ends goes out then.
 */
export class TurnWriter {
  readonly #descriptor: number;
  #text = '';
  #scheduled = false;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
    process.once('exit', () => this.flushSync());
  }

  write(line: string): void {
    this.#text += line;
    if (this.#text.length > CHUNK_MAX) {
      this.flushSync();
    } else if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(() => {
        this.#scheduled = false;
        this.flushSync();
      });
    }
  }

  flushSync(): void {
    let rest = Buffer.from(this.#text);
    this.#text = '';
    while (rest.length > 0) {
      try {
        rest = rest.subarray(writeSync(this.#descriptor, rest));
      } catch (error) {
        // A pipe that somebody made non-blocking is full: its reader is slow, and no line may be lost.
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
        Atomics.wait(PAUSE, 0, 0, 1);
      }
    }
  }
}

const PAUSE = new Int32Array(new SharedArrayBuffer(4));
