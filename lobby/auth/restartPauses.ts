/** When a process that was lost may be started again: one that dies at once must not be started in a tight row. */

/** Between the second loss in a row and the next start, in ms; after each further loss it is twice as long. */
export const PAUSE_MIN_MS = 250;
/** Longest pause, in ms. */
export const PAUSE_MAX_MS = 30_000;
/** Whatever ended a process that lived so long, in ms, it was not its start: its loss is the first of a new row. */
export const STEADY_MS = 30_000;

/** All times are on the monotonic clock: one that is set must not make a pause longer. */
export class RestartPauses {
  #losses = 0;
  #startedAt = 0;
  #until = 0;

  /** What is left of the pause, in ms; 0 when it may be started. */
  left(): number {
    return Math.max(0, this.#until - performance.now());
  }

  /** It is being started. */
  started(): void {
    this.#startedAt = performance.now();
  }

  /** It does what it is for: its loss will be the first of a new row. */
  succeeded(): void {
    this.#losses = 0;
  }

  /**
   * It is lost, or could not be started. The first time in a row it may be started again at once.
   * @returns how many losses this makes in a row
   */
  lost(): number {
    const now = performance.now();
    if (now - this.#startedAt >= STEADY_MS) this.#losses = 0;
    this.#losses += 1;
    if (this.#losses > 1) this.#until = now + Math.min(PAUSE_MAX_MS, PAUSE_MIN_MS * 2 ** (this.#losses - 2));
    return this.#losses;
  }
}
