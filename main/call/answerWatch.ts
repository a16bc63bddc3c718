/** How long a joined page may leave every question unanswered before it is said to hang, in ms. */
export const HUNG_AFTER_MS = 8_000;

/** Whatever the page does not answer for long, it hangs: its devices may be open, and nobody can tell. */
export class AnswerWatch {
  readonly #onChange: (hung: boolean) => void;
  #timer: NodeJS.Timeout | undefined;
  #hung = false;

  constructor(onChange: (hung: boolean) => void) {
    this.#onChange = onChange;
  }

  /** The page has just shown that it lives, and is to do so again. */
  lives(): void {
    clearTimeout(this.#timer);
    this.#set(false);
    this.#timer = setTimeout(() => this.#set(true), HUNG_AFTER_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #set(hung: boolean): void {
    if (this.#hung === hung) return;
    this.#hung = hung;
    this.#onChange(hung);
  }
}
