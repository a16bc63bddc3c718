/** Enters a room anew after its page was lost: again and again, ever slower, until it succeeds or makes no sense. */
import { backoffMs } from '../../shared/backoff';
import type { CallFailure } from '../../shared/failure';
import type { FindResult, FoundRoom } from './roomFinder';

/** How long it is tried, from the loss on, in ms. */
export const REJOIN_FOR_MS = 180_000;
/** A call that has lasted so long since it was entered anew has recovered, in ms: a later loss begins from the start. */
export const RECOVERED_AFTER_MS = 60_000;

/** What may be different in a moment. Everything else, above all a refusal, is said at once. */
const PASSING: ReadonlySet<CallFailure['code']> = new Set([
  'lobby-unreachable',
  'lobby-timeout',
  'lobby-broken',
  'provider-failed',
  'deployment-unreachable',
  'deployment-timeout',
  'deployment-error',
  'connection-lost',
  'page-crashed',
  'page-hung',
  'suspended',
]);

export interface RejoinParts {
  /** A fresh link into the room. */
  renew: (signal: AbortSignal) => Promise<FindResult>;
  open: (found: FoundRoom) => void;
  /** It is tried again, in a while, after this. */
  onTrying: (because: CallFailure) => void;
  /** It makes no sense to go on. */
  onGivenUp: (failure: CallFailure) => void;
  /** Monotonic, ms. */
  now: () => number;
  /** From [0, 1). */
  random: () => number;
}

export class Rejoin {
  readonly #parts: RejoinParts;
  #begunAt: number;
  #attempt = 0;
  #joinedAt: number | undefined;
  #request = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: RejoinParts) {
    this.#parts = parts;
    this.#begunAt = parts.now();
  }

  /** The page is in the room again. */
  joined(): void {
    this.#joinedAt = this.#parts.now();
  }

  /** The page was lost, or an attempt came to nothing: tries again, in a while, or gives up. */
  lost(failure: CallFailure): void {
    const now = this.#parts.now();
    if (this.#joinedAt !== undefined && now - this.#joinedAt >= RECOVERED_AFTER_MS) {
      this.#begunAt = now;
      this.#attempt = 0;
    }
    this.#joinedAt = undefined;
    const firstRefusal = this.#attempt === 0 && failure.code === 'deployment-refused-token';
    if ((!PASSING.has(failure.code) && !firstRefusal) || now - this.#begunAt > REJOIN_FOR_MS) {
      this.#parts.onGivenUp(failure);
      return;
    }
    this.#parts.onTrying(failure);
    this.#timer = setTimeout(() => void this.#try(), backoffMs(this.#attempt, this.#parts.random()));
    this.#attempt += 1;
  }

  /** Ends it: the user has left. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#request.abort();
  }

  async #try(): Promise<void> {
    const request = new AbortController();
    this.#request = request;
    const result = await this.#parts.renew(request.signal);
    if (request.signal.aborted) return;
    if (result.ok) this.#parts.open(result.found);
    else this.lost(result.failure);
  }
}
