/**
 * What the deployment can be told to get wrong.
 *
 * - `never-answer`: the page loads, and its login is never answered;
 * - `drop`: the pages' sockets are cut, and the pages say nothing (`recordings/refusals-and-cuts.jsonl`, `cut`);
 * - `mic-error`: the page behaves as if the system refused the microphone;
 * - `page-error`: the room page is answered with 502;
 * - `sent-elsewhere`: the room page is answered with a redirect to another site, the deployment's `elsewhere`.
 */
export type Fault = 'never-answer' | 'drop' | 'mic-error' | 'page-error' | 'sent-elsewhere';

/** The faults that are due: for the next time only, or until they are taken back. */
export class Faults {
  readonly #standing = new Set<Fault>();
  readonly #once = new Set<Fault>();

  next(fault: Fault): void {
    this.#once.add(fault);
  }

  fail(fault: Fault): void {
    this.#standing.add(fault);
  }

  restore(): void {
    this.#standing.clear();
    this.#once.clear();
  }

  /** Whether the fault holds until it is taken back. */
  stands(fault: Fault): boolean {
    return this.#standing.has(fault);
  }

  /** Whether the fault is to happen now; one that was due once is used up by asking. */
  strikes(fault: Fault): boolean {
    return this.#once.delete(fault) || this.stands(fault);
  }
}
