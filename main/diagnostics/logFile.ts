/**
 * The log on disk: a bounded number of files of bounded size. Whatever the disk does - full, read-only, gone, hanging -
 * nobody waits for it, and nothing is thrown: what cannot be written is dropped, and counted.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { appendFile, mkdir, open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

export const LOG_FILE = 'parley.log';
/** Most bytes in one file. */
const FILE_BYTES = 1024 * 1024;
/** The one being written, and the older ones, `parley.1.log` and `parley.2.log`. */
const FILES = 3;
/** Most lines that wait for the disk; and so many are kept in memory for whoever asks for the last ones. */
const LINES_KEPT = 200;
/** What is read of a file for its last lines, in bytes: far more than so many lines have. */
const END_BYTES = 256 * 1024;
/** A write that has not ended for so long will not end: nobody waits for it any more, in ms. */
const STUCK_AFTER_MS = 1_000;

export interface LogFileLimits {
  fileBytes: number;
  /** Monotonic, ms. */
  now: () => number;
}

export class LogFile {
  readonly #limits: LogFileLimits;
  #directory: string | undefined;
  /** The last lines of this run. */
  readonly #recent: string[] = [];
  /** Those that are not on disk yet. */
  #waiting: string[] = [];
  #lost = 0;
  /** How many lines of this run are on disk. */
  #written = 0;
  /** Bytes of the file, once known. */
  #size: number | undefined;
  #writingSince: number | undefined;
  /** Ends with the write that is under way, and never fails. */
  #writes: Promise<void> = Promise.resolve();

  constructor(limits: Partial<LogFileLimits> = {}) {
    this.#limits = { fileBytes: FILE_BYTES, now: () => performance.now(), ...limits };
  }

  /** From now on lines go to files in `directory`, those that have come before too. */
  open(directory: string): void {
    this.#directory = directory;
    this.#writeSoon();
  }

  /** Takes a line with its end. */
  append(line: string): void {
    this.#recent.push(line);
    if (this.#recent.length > LINES_KEPT) this.#recent.shift();
    if (this.#waiting.length < LINES_KEPT) this.#waiting.push(line);
    else this.#lost += 1;
    this.#writeSoon();
  }

  /** Writes what waits, at once: the process is about to end. Not behind a write that is stuck: this one would be too. */
  flush(): void {
    const { now } = this.#limits;
    if (this.#directory === undefined || this.#waiting.length === 0) return;
    if (this.#writingSince !== undefined && now() - this.#writingSince > STUCK_AFTER_MS) return;
    const batch = this.#take();
    try {
      mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
      appendFileSync(this.#file(0), batch.text, { mode: 0o600 });
    } catch {
      this.#lost += batch.taken;
    }
  }

  /** The last lines: of this run, and before them those that earlier runs have left. */
  async lastLines(count: number): Promise<string[]> {
    const own = this.#recent.slice(-count);
    if (own.length >= count || this.#directory === undefined) return own;
    const reading = this.#writes.then(() => this.#earlierLines());
    const earlier = await Promise.race([reading, nothingAfter(STUCK_AFTER_MS)]);
    return [...earlier, ...own].slice(-count);
  }

  async #earlierLines(): Promise<string[]> {
    const texts: string[] = [];
    for (const age of [1, 0]) texts.push(await endOf(this.#file(age)).catch(() => ''));
    const lines = texts.join('').match(/.*\n/g) ?? [];
    // What this run has written stands at the end, and is in memory.
    return lines.slice(0, Math.max(0, lines.length - this.#written));
  }

  #file(age: number): string {
    return join(this.#directory ?? '', age === 0 ? LOG_FILE : LOG_FILE.replace('.', `.${age}.`));
  }

  /** Once what happens now is done: a line is nobody's first concern. */
  #writeSoon(): void {
    if (this.#directory === undefined || this.#writingSince !== undefined) return;
    this.#writingSince = this.#limits.now();
    this.#writes = this.#write();
  }

  async #write(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      this.#writingSince = this.#limits.now();
      const batch = this.#take();
      try {
        await this.#keep(batch.text);
        this.#written += batch.lines;
      } catch {
        this.#lost += batch.taken;
        this.#size = undefined;
      }
    }
    this.#writingSince = undefined;
  }

  /** What waits, after a word on what was lost; `lines` of text, for `taken` lines of the log. */
  #take(): { text: string; lines: number; taken: number } {
    const lost = this.#lost === 0 ? [] : [`${JSON.stringify({ event: 'log.lost', lines: this.#lost })}\n`];
    const lines = [...lost, ...this.#waiting];
    const taken = this.#lost + this.#waiting.length;
    this.#waiting = [];
    this.#lost = 0;
    return { text: lines.join(''), lines: lines.length, taken };
  }

  async #keep(text: string): Promise<void> {
    const file = this.#file(0);
    if (this.#size === undefined) {
      await mkdir(this.#directory ?? '', { recursive: true, mode: 0o700 });
      this.#size = await stat(file).then(
        ({ size }) => size,
        () => 0,
      );
    }
    const bytes = Buffer.byteLength(text);
    if (this.#size > 0 && this.#size + bytes > this.#limits.fileBytes) {
      for (let age = FILES - 1; age > 0; age--) await this.#grow(age);
      this.#size = 0;
    }
    await appendFile(file, text, { mode: 0o600 });
    this.#size += bytes;
  }

  /** Makes of a file the next older one, in place of what has that name. */
  async #grow(age: number): Promise<void> {
    try {
      await rename(this.#file(age - 1), this.#file(age));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

/** The last lines of a file, whole. @throws the system's error when it cannot be read. */
async function endOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - END_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    const text = buffer.toString('utf8', 0, bytesRead);
    return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await file.close();
  }
}

function nothingAfter(ms: number): Promise<[]> {
  return new Promise((resolve) => setTimeout(() => resolve([]), ms).unref());
}
