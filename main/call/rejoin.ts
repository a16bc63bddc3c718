/** Enters a room anew after its page was lost: again and again, ever slower, until it succeeds or makes no sense. */
import { backoffMs } from '../../shared/backoff';
import type { CallFailure } from '../../shared/failure';
import type { FindResult, FoundRoom } from './roomFinder';

/** How long it is tried, from each loss of a page that was in the room, in ms. */
export const REJOIN_FOR_MS = 180_000;
/** A call that has lasted so long since it was entered anew has recovered, in ms: the next attempt waits as the first did. */
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
  #begunAt = 0;
  #attempt = 0;
  #joinedAt: number | undefined;
  #request = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: RejoinParts) {
    this.#parts = parts;
  }

  /** The page is in the room again. */
  joined(): void {
    this.#joinedAt = this.#parts.now();
  }

  /** The page was lost, or an attempt came to nothing: tries again, in a while, or gives up. */
  lost(failure: CallFailure): void {
    const now = this.#parts.now();
    // The first loss is of a page that was in the room as well.
    const wasInside = this.#attempt === 0 || this.#joinedAt !== undefined;
    if (wasInside) this.#begunAt = now;
    if (this.#joinedAt !== undefined && now - this.#joinedAt >= RECOVERED_AFTER_MS) this.#attempt = 0;
    this.#joinedAt = undefined;
    // A page that was in the room has had its token for a while. One that has a fresh one is refused for good.
    const outOfToken = wasInside && failure.code === 'deployment-refused-token';
    if ((!PASSING.has(failure.code) && !outOfToken) || now - this.#begunAt > REJOIN_FOR_MS) {
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
