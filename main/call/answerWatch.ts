/**
 * Whether a page still answers: whatever it leaves unanswered for long, it hangs. Its devices may be open then, and nobody
 * can tell. Electron's own `unresponsive` is no help: it comes when the user's clicks and keys go unanswered, later than this,
 * and of a page that nobody touches, or that is out of sight, it never comes.
 */

/** How long a page may leave every question unanswered before it is said to hang, in ms. */
export const HUNG_AFTER_MS = 8_000;
/** Between two questions to a page that has not entered its room, in ms. */
export const ASK_EVERY_MS = 2_000;

export interface AnswerWatchParts {
  /** Asks the page for anything. Resolves once it answers; never rejects, may never resolve. */
  ask: () => Promise<unknown>;
  onChange: (hung: boolean) => void;
}

export class AnswerWatch {
  readonly #parts: AnswerWatchParts;
  #timer: NodeJS.Timeout | undefined;
  #asking: NodeJS.Timeout | undefined;
  #hung = false;

  constructor(parts: AnswerWatchParts) {
    this.#parts = parts;
  }

  /** A page is there that nobody else asks anything yet. Begins anew when another page has taken its place. */
  begin(): void {
    this.stop();
    this.lives();
    this.#asking = setInterval(() => {
      // What it was asked last it answers when it lives again.
      if (!this.#hung) void this.#parts.ask().then(() => this.#asking && this.lives());
    }, ASK_EVERY_MS);
  }

  /** The page is in its room: from here on it is asked about its devices all the time. */
  entered(): void {
    this.stop();
    this.lives();
  }

  /** The page has just shown that it lives, and is to do so again. */
  lives(): void {
    clearTimeout(this.#timer);
    this.#set(false);
    this.#timer = setTimeout(() => this.#set(true), HUNG_AFTER_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#asking);
    this.#asking = undefined;
  }

  #set(hung: boolean): void {
    if (this.#hung === hung) return;
    this.#hung = hung;
    this.#parts.onChange(hung);
  }
}
