/**
 * Whether a call's page still reaches its deployment. The page itself says nothing when its connection is cut, and goes
 * on looking alive (recorded: `cut`), so three other signs are put together: the page's XMPP requests, the system's word
 * on the network, and a small request of our own to the deployment every few seconds. At a public deployment those requests are
 * spared while sound or picture come in, which shows as well that the way is open.
 */
import type { XmppSign } from './xmppTraffic';

export type Connection = 'up' | 'lost';

/** Between two probes while all is well, in ms: with {@link PROBE_TIMEOUT_MS} a cut is noticed within 5 s. */
export const PROBE_EVERY_MS = 2_000;
/** The same while other traffic shows that the way is open, in ms: a public deployment is another's to pay for. */
export const SPARED_PROBE_EVERY_MS = 10_000;
/** Between two looks at that traffic, in ms: it has stopped at most two of them before that is seen. */
export const TRAFFIC_EVERY_MS = 1_000;
/** Longest wait for a probe's answer, in ms. Packets that are dropped show in nothing else for 10 s and more. */
export const PROBE_TIMEOUT_MS = 1_200;
/** Between two probes while something seems wrong, in ms. */
export const DOUBT_EVERY_MS = 250;
/** How long the page may take to get back by itself once its deployment answers again, in ms. */
export const STUCK_AFTER_MS = 15_000;
/** Sockets that the page may open in that time: one that is refused is closed again at once, and opened again. */
const OPENINGS_MAX = 3;
/** Probes that must fail one after the other: a single one may be a hiccup. */
const FAILURES_TO_BE_LOST = 2;

export interface ConnectionWatchParts {
  /** Resolves with whether the deployment answered at all within the time; never rejects. */
  probe: (timeoutMs: number) => Promise<boolean>;
  /** Called with each probe: how long its answer took, in ms, or `undefined` when none came. */
  onProbe: (roundTripMs: number | undefined) => void;
  /** The system's word: false means that there is certainly no network. */
  isOnline: () => boolean;
  /** Called on each change, first when the connection is lost. */
  onChange: (connection: Connection) => void;
  /** The deployment answers, and the page has not got back to it for {@link STUCK_AFTER_MS}. Comes at most once. */
  onStuck: () => void;
  /** Whether anything has come in since the last time this was asked; without it probes are never spared. Never rejects. */
  trafficFlows?: (() => Promise<boolean>) | undefined;
  /** Monotonic, ms. */
  now: () => number;
}

export class ConnectionWatch {
  readonly #parts: ConnectionWatchParts;
  #connection: Connection = 'up';
  #failures = 0;
  #xmppDown = false;
  #timer: NodeJS.Timeout | undefined;
  #stuckTimer: NodeJS.Timeout | undefined;
  #openings = 0;
  #over = false;
  #probedAt: number;

  /** Begins at once; the page has joined. */
  constructor(parts: ConnectionWatchParts) {
    this.#parts = parts;
    this.#probedAt = parts.now();
    this.#schedule();
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** Takes a sign of the page's XMPP requests. A page that has joined opens another socket only when the first is dead. */
  onXmpp(sign: XmppSign): void {
    if (this.#over) return;
    this.#xmppDown = sign !== 'open';
    if (sign === 'opening') this.#openings += 1;
    this.#judge();
  }

  /** Looks now: the network has changed, or the machine has woken up. */
  look(): void {
    if (this.#over) return;
    clearTimeout(this.#timer);
    void this.#probe();
  }

  stop(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#notStuck();
  }

  #schedule(): void {
    if (this.#over) return;
    const doubtful = this.#failures > 0 || this.#connection === 'lost';
    const { trafficFlows } = this.#parts;
    this.#timer =
      doubtful || trafficFlows === undefined
        ? setTimeout(() => void this.#probe(), doubtful ? DOUBT_EVERY_MS : PROBE_EVERY_MS)
        : setTimeout(() => void this.#lookAtTraffic(trafficFlows), TRAFFIC_EVERY_MS);
  }

  async #lookAtTraffic(trafficFlows: () => Promise<boolean>): Promise<void> {
    const timer = this.#timer;
    const flows = this.#parts.isOnline() && (await trafficFlows());
    // Somebody else has looked meanwhile, or nobody is to look any more.
    if (this.#over || timer !== this.#timer) return;
    const due = this.#parts.now() - this.#probedAt >= (flows ? SPARED_PROBE_EVERY_MS : PROBE_EVERY_MS);
    if (due || !this.#parts.isOnline()) await this.#probe();
    else this.#schedule();
  }

  async #probe(): Promise<void> {
    const begun = this.#parts.now();
    this.#probedAt = begun;
    const reached = this.#parts.isOnline() && (await this.#parts.probe(PROBE_TIMEOUT_MS));
    if (this.#over) return;
    this.#parts.onProbe(reached ? this.#parts.now() - begun : undefined);
    this.#failures = reached ? 0 : this.#failures + 1;
    this.#judge();
    clearTimeout(this.#timer);
    this.#schedule();
  }

  #judge(): void {
    const lost = this.#xmppDown || this.#failures >= FAILURES_TO_BE_LOST;
    // One good probe is enough to go on; a first failed one is not enough to stop.
    const now: Connection = lost || (this.#connection === 'lost' && this.#failures > 0) ? 'lost' : 'up';
    this.#judgeStuck();
    if (now === this.#connection) return;
    this.#connection = now;
    this.#parts.onChange(now);
  }

  #judgeStuck(): void {
    // Without a network nobody can get back.
    if (this.#failures > 0) this.#notStuck();
    else if (this.#xmppDown) {
      this.#stuckTimer ??= setTimeout(() => this.#onLate(), STUCK_AFTER_MS);
    }
  }

  #onLate(): void {
    const stuck = this.#xmppDown || this.#openings > OPENINGS_MAX;
    this.#notStuck();
    if (!stuck) return;
    this.stop();
    this.#parts.onStuck();
  }

  #notStuck(): void {
    this.#openings = 0;
    clearTimeout(this.#stuckTimer);
    this.#stuckTimer = undefined;
  }
}
