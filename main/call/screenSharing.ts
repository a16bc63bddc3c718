/**
 * What of the screen a meeting may see: nothing but the source that the user picks, each time the page asks. The page
 * calls `getDisplayMedia`; Electron then asks the session's display media handler, which asks here.
 */
import type { ShareSource, SharingState } from '../../shared/ipc/snapshot';

/** Between two looks at the screens and windows while the picker stands open, in ms. */
export const REFRESH_MS = 1_500;
/** How long a page that was given the screen may take to say that it shows it, in ms: the system may refuse it what was picked. */
export const WORD_MS = 10_000;

export interface ScreenSharingParts {
  /** The screens and windows there are now, with a small picture each. */
  sources: () => Promise<readonly ShareSource[]>;
  /** The system asks the user itself, and `sources` gives what was picked there: a second question would only annoy. */
  systemPicks: boolean;
  /** Nothing comes of a question: nothing was picked, or the page does not show what was. */
  onDropped: () => void;
  onChange: () => void;
}

interface Question {
  host: string;
  answer: (source: ShareSource | undefined) => void;
}

export class ScreenSharing {
  readonly #parts: ScreenSharingParts;
  #question: Question | undefined;
  #sources: readonly ShareSource[] | undefined;
  #shared: string | undefined;
  /** Whether the page says that it shows the screen. */
  #said = false;
  #timer: NodeJS.Timeout | undefined;
  #patience: NodeJS.Timeout | undefined;

  constructor(parts: ScreenSharingParts) {
    this.#parts = parts;
  }

  get state(): SharingState {
    return {
      picker: this.#question && { host: this.#question.host, sources: this.#sources },
      shared: this.#shared,
    };
  }

  /**
   * Asks the user what `host` may see. Resolves with `undefined` when that is nothing; also when it asks again before the
   * user has answered.
   */
  async ask(host: string): Promise<ShareSource | undefined> {
    if (this.#question !== undefined) this.#answer(undefined);
    if (this.#parts.systemPicks) {
      const [picked] = await this.#parts.sources().catch(() => []);
      this.#give(picked);
      this.#parts.onChange();
      if (picked === undefined) this.#parts.onDropped();
      return picked;
    }
    return new Promise((resolve) => {
      this.#question = { host, answer: resolve };
      this.#parts.onChange();
      void this.#refresh();
    });
  }

  /** The user has picked. An id that is not on offer is passed over: the source is gone, or never was. */
  pick(id: string): void {
    const source = this.#sources?.find((candidate) => candidate.id === id);
    if (source !== undefined) this.#answer(source);
  }

  /** The user wants to show nothing, or the call is over. */
  cancel(): void {
    if (this.#question === undefined) return;
    this.#answer(undefined);
    this.#parts.onDropped();
  }

  /** The page says that it shows the screen, or does not any more. */
  said(on: boolean): void {
    this.#said = on;
    if (on) clearTimeout(this.#patience);
    else this.#forget();
  }

  /** The user wants to show nothing more. What the page says it shows goes on being named until it says otherwise. */
  stop(): void {
    if (!this.#said) this.#drop();
  }

  #answer(source: ShareSource | undefined): void {
    clearTimeout(this.#timer);
    const question = this.#question;
    this.#question = undefined;
    this.#sources = undefined;
    this.#give(source);
    this.#parts.onChange();
    question?.answer(source);
  }

  /** A page that gets nothing goes on with what it shows. */
  #give(source: ShareSource | undefined): void {
    if (source === undefined) return;
    this.#shared = source.name;
    clearTimeout(this.#patience);
    if (!this.#said) this.#patience = setTimeout(() => this.#drop(), WORD_MS);
  }

  #drop(): void {
    this.#forget();
    this.#parts.onDropped();
  }

  #forget(): void {
    clearTimeout(this.#patience);
    if (this.#shared === undefined) return;
    this.#shared = undefined;
    this.#parts.onChange();
  }

  async #refresh(): Promise<void> {
    const question = this.#question;
    const sources = await this.#parts.sources().catch(() => []);
    if (question === undefined || this.#question !== question) return;
    this.#sources = sources;
    this.#parts.onChange();
    this.#timer = setTimeout(() => void this.#refresh(), REFRESH_MS);
  }
}
