/** One bridge, as it was last heard. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { boundedText } from '../../shared/boundedAnswer';
import { type BridgeReport, readBridgeReport } from './bridgeReport';

/** Between two questions, in ms; the bridge itself makes a new report every 5 s or so. */
export const POLL_EVERY_MS = 5_000;
/** A fifth more or less, so that several lobbies do not all ask in the same moment. */
const SPREAD = 0.2;
/** Longest wait for a report, in ms. */
export const POLL_TIMEOUT_MS = 2_000;
/** Longest report read, in bytes. A real one has about 5 kB. */
export const REPORT_MAX_BYTES = 262_144;
/** Questions without an answer after which a bridge counts as unreachable: one may have met a restart. */
const MISSES_MAX = 2;
/** Stress from which on a bridge takes nobody any more: 1 is full (jitsi-videobridge `LoadMeasurement`). */
const FULL = 1;
/** What an address leaves out. */
const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

export type BridgeCondition =
  'unknown' | 'ready' | 'unreachable' | 'shutting-down' | 'draining' | 'unhealthy' | 'full';

export class Bridge {
  /** Where its statistics are, but for a query, which may hold a secret. */
  readonly name: string;
  /** Host and port of that. */
  readonly address: string;
  readonly #url: string;
  readonly #log: Logger;
  readonly #reported = new Set<string>();
  readonly #stop = new AbortController();
  #report: BridgeReport | undefined;
  #misses = 0;
  #asked = false;

  constructor(url: string, log: Logger) {
    const { origin, pathname, protocol, hostname, port } = new URL(url);
    this.name = `${origin}${pathname}`;
    this.address = `${hostname}:${port === '' ? DEFAULT_PORTS[protocol] : port}`;
    this.#url = url;
    this.#log = log;
  }

  /** Its last report, while it is reached. */
  get report(): BridgeReport | undefined {
    return this.#misses < MISSES_MAX ? this.#report : undefined;
  }

  get condition(): BridgeCondition {
    if (this.#asked && this.#misses >= MISSES_MAX) return 'unreachable';
    const { report } = this;
    if (report === undefined) return 'unknown';
    const { flags, numbers } = report;
    if (flags.graceful_shutdown === true || flags.shutting_down === true) return 'shutting-down';
    if (flags.drain === true) return 'draining';
    if (flags.healthy === false) return 'unhealthy';
    return (numbers.stress_level ?? 0) >= FULL ? 'full' : 'ready';
  }

  /** Asks again and again until {@link stop}. Never throws. */
  async watch(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await this.ask();
      const pause = POLL_EVERY_MS * (1 - SPREAD + 2 * SPREAD * Math.random());
      await delay(pause, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Asks once. */
  async ask(): Promise<void> {
    const before = this.condition;
    try {
      const read = readBridgeReport(await this.#fetch());
      if (!read.ok) throw new Error('its report is no JSON object');
      this.#report = read.report;
      this.#misses = 0;
      for (const field of read.wrong) this.#once(field, { field }, 'a bridge sends a field of another type');
    } catch (error) {
      this.#misses += 1;
      this.#once('unreachable', { reason: reasonOf(error) }, 'a bridge gives no statistics');
    }
    this.#asked = true;
    const { condition } = this;
    if (condition === before) return;
    if (condition === 'ready') this.#reported.delete('unreachable');
    this.#log.info({ bridge: this.name, condition, before }, 'a bridge is in another condition');
  }

  async #fetch(): Promise<unknown> {
    // Not AbortSignal.any with AbortSignal.timeout: Node 20 may collect the second before it has fired.
    const limit = new AbortController();
    const abort = () => limit.abort(new Error('it does not answer in time'));
    const timer = setTimeout(abort, POLL_TIMEOUT_MS);
    this.#stop.signal.addEventListener('abort', abort);
    try {
      // A redirect would have the lobby ask whatever the bridge names.
      const response = await fetch(this.#url, {
        headers: { accept: 'application/json' },
        redirect: 'error',
        signal: limit.signal,
      });
      if (response.status !== 200) {
        await response.body?.cancel();
        throw new Error(`it answers ${response.status}`);
      }
      return JSON.parse(await boundedText(response, REPORT_MAX_BYTES)) as unknown;
    } finally {
      clearTimeout(timer);
      this.#stop.signal.removeEventListener('abort', abort);
    }
  }

  #once(what: string, fields: object, message: string): void {
    if (this.#reported.has(what)) return;
    this.#reported.add(what);
    this.#log.warn({ bridge: this.name, ...fields }, message);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause.message : '';
  return `${error.message} ${cause}`.trim().slice(0, 200);
}
