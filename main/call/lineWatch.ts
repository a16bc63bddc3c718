/** Follows how good the line of a call is: takes the probes of the connection's watch, and asks the page what it measures. */
import {
  type Line,
  lineFailed,
  lineLookedAt,
  lineProbed,
  type LineQuality,
  type MediaReport,
  NEW_LINE,
} from '../../shared/lineQuality';

/** Between two looks, in ms. The page's own figures are new every 10 s (jitsi-meet `config.js`, `pcStatsInterval`). */
export const LOOK_EVERY_MS = 2_000;

export interface LineWatchParts {
  /** What the page measures; `undefined` when it does not tell. Never rejects; may never resolve. */
  readMedia: () => Promise<MediaReport | undefined>;
  /** Called on each change. */
  onQuality: (quality: LineQuality) => void;
}

export class LineWatch {
  readonly #parts: LineWatchParts;
  readonly #timer: NodeJS.Timeout;
  #line = NEW_LINE;
  #asking = false;
  #media: MediaReport | undefined;

  /** Begins at once; the page has joined. */
  constructor(parts: LineWatchParts) {
    this.#parts = parts;
    this.#ask();
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  /** What is known of the line now. */
  get line(): Line {
    return this.#line;
  }

  /** Takes how long a probe's answer took, in ms, or that none came. */
  onProbe(roundTripMs: number | undefined): void {
    this.#line = lineProbed(this.#line, roundTripMs);
  }

  onMediaFailure(): void {
    this.#set(lineFailed(this.#line));
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    // A page that has not answered since the last look: what it said before does not count any more.
    if (this.#asking) this.#media = undefined;
    this.#set(lineLookedAt(this.#line, this.#media));
    this.#ask();
  }

  #set(line: Line): void {
    const before = this.#line.quality;
    this.#line = line;
    if (line.quality !== before) this.#parts.onQuality(line.quality);
  }

  #ask(): void {
    if (this.#asking) return;
    this.#asking = true;
    void this.#parts.readMedia().then((report) => {
      this.#asking = false;
      this.#media = report;
    });
  }
}
