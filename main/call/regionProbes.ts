/**
 * How far each of a lobby's regions is from here, measured in the background so that a click need not wait for it. The
 * lobby then puts a new room where its first member is nearest.
 */
import type { Region } from '../../shared/lobbyApi';
import type { LobbyClient } from './lobbyClient';
import type { Probe } from './probe';

/** How long a measurement counts, in ms: people move about with their machines. */
export const LATENCIES_MAX_AGE_MS = 3_600_000;
/** Measured probes a region, after one that opens the connection. The median counts. */
const SAMPLES = 3;
/** Longest wait for one probe, in ms: a region so far away is nobody's nearest. */
const PROBE_TIMEOUT_MS = 2_000;
/** Most regions that are measured. */
const REGIONS_MAX = 32;

export interface RegionProbesParts {
  lobby: Pick<LobbyClient, 'regions'>;
  probe: Probe;
  /** Monotonic, ms. */
  now: () => number;
}

/** Round-trip times in whole ms, by region. */
export type Latencies = Readonly<Record<string, number>>;

export class RegionProbes {
  readonly #parts: RegionProbesParts;
  readonly #measured = new Map<string, { at: number; latencies: Latencies }>();
  readonly #likely = new Map<string, string>();
  readonly #running = new Map<string, Promise<void>>();

  constructor(parts: RegionProbesParts) {
    this.#parts = parts;
  }

  /** What was measured for a lobby; `undefined` while nothing that still counts was. */
  latencies(lobby: string): Latencies | undefined {
    const measured = this.#measured.get(lobby);
    if (measured === undefined || this.#parts.now() - measured.at > LATENCIES_MAX_AGE_MS) return undefined;
    return measured.latencies;
  }

  /** The origin that a lobby will likely send a new room to: of the nearest region, or of any until that is known. */
  likelyOrigin(lobby: string): string | undefined {
    return this.#likely.get(lobby);
  }

  /** Measures a lobby's regions now; what runs already is not begun again. Never rejects. */
  measure(lobby: string): Promise<void> {
    const running =
      this.#running.get(lobby) ?? this.#measure(lobby).finally(() => this.#running.delete(lobby));
    this.#running.set(lobby, running);
    return running;
  }

  async #measure(lobby: string): Promise<void> {
    const answer = await this.#parts.lobby.regions(lobby, new AbortController().signal);
    if (!answer.ok) return;
    const regions = answer.value.slice(0, REGIONS_MAX);
    this.#expect(lobby, regions[0]);
    // With one region there is nothing to choose.
    if (regions.length < 2) return;
    const times = await Promise.all(regions.map(async ({ probe }) => this.#roundTrip(probe)));
    const latencies = Object.fromEntries(
      regions.flatMap(({ region }, index) => {
        const time = times[index];
        return time === undefined ? [] : [[region, Math.round(time)] as const];
      }),
    );
    if (Object.keys(latencies).length === 0) return;
    this.#measured.set(lobby, { at: this.#parts.now(), latencies });
    const nearest = Math.min(...Object.values(latencies));
    this.#expect(
      lobby,
      regions.find(({ region }) => latencies[region] === nearest),
    );
  }

  #expect(lobby: string, region: Region | undefined): void {
    if (region !== undefined) this.#likely.set(lobby, new URL(region.probe).origin);
  }

  /** The median in ms; `undefined` for a region that does not answer each time. */
  async #roundTrip(url: string): Promise<number | undefined> {
    if (!(await this.#parts.probe(url, PROBE_TIMEOUT_MS))) return undefined;
    const times: number[] = [];
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const begun = this.#parts.now();
      if (!(await this.#parts.probe(url, PROBE_TIMEOUT_MS))) return undefined;
      times.push(this.#parts.now() - begun);
    }
    return times.sort((a, b) => a - b)[Math.floor(SAMPLES / 2)];
  }
}
