/** What the lobby counts, in the names and units that Prometheus asks for (https://prometheus.io/docs/practices/naming/). */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { ProblemCode } from '../../shared/lobbyApi';
import type { Bridges } from '../bridges/bridges';
import type { JitsiDeployments } from '../deployments';
import { addBridgeGauges } from './bridgeGauges';

/** How a room token came about. */
export type TokenKind = 'call' | 'invite' | 'renewal';

/** Upper bounds, in seconds. A call takes one or two signatures, of about 1 ms each. */
const LATENCY_BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export interface MetricsParts {
  deployments: JitsiDeployments;
  bridges: Bridges;
  /** Age of the key that signs now, in seconds; `undefined` when it cannot be told. */
  keyAge: () => number | undefined;
}

export class Metrics {
  readonly #registry = new Registry();
  readonly #issued: Counter<'deployment' | 'kind'>;
  readonly #refused: Counter<'problem'>;
  readonly #duration: Histogram<'method' | 'route' | 'status'>;
  /** Found by their labels once, since that costs more than the counting. */
  readonly #issuedBy = new Map<string, Counter.Internal>();
  readonly #durationOf = new Map<string, Histogram.Internal<string>>();

  constructor(parts: MetricsParts) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#issued = new Counter({
      name: 'parley_room_tokens_issued_total',
      help: 'Room tokens issued, by deployment and by what they were issued for.',
      labelNames: ['deployment', 'kind'],
      registers,
    });
    this.#refused = new Counter({
      name: 'parley_requests_refused_total',
      help: 'Requests refused, by the code of the problem document.',
      labelNames: ['problem'],
      registers,
    });
    this.#duration = new Histogram({
      name: 'parley_http_request_duration_seconds',
      help: 'From the head of a request to the end of its answer, by route.',
      labelNames: ['method', 'route', 'status'],
      buckets: LATENCY_BUCKETS,
      registers,
    });
    this.#addGauges(parts, registers);
  }

  /** Media type of {@link text}. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Everything, as Prometheus reads it. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  issued(deployment: string, kind: TokenKind): void {
    const key = `${kind} ${deployment}`;
    let counter = this.#issuedBy.get(key);
    if (counter === undefined) {
      counter = this.#issued.labels({ deployment, kind });
      this.#issuedBy.set(key, counter);
    }
    counter.inc();
  }

  refused(problem: ProblemCode): void {
    this.#refused.inc({ problem });
  }

  /** @param seconds what the answer took. `route` is a pattern, never an address. */
  answered(method: string, route: string, status: number, seconds: number): void {
    const key = `${method} ${status} ${route}`;
    let duration = this.#durationOf.get(key);
    if (duration === undefined) {
      duration = this.#duration.labels({ method, route, status });
      this.#durationOf.set(key, duration);
    }
    duration.observe(seconds);
  }

  #addGauges({ deployments, bridges, keyAge }: MetricsParts, registers: Registry[]): void {
    new Gauge({
      name: 'parley_signing_key_age_seconds',
      help: 'Age of the key that signs room tokens.',
      registers,
      collect() {
        const age = keyAge();
        this.reset();
        if (age !== undefined) this.set(age);
      },
    });
    new Gauge({
      name: 'parley_deployment_health',
      help: '1 for the health that a deployment is in, 0 for the others.',
      labelNames: ['deployment', 'health'],
      registers,
      collect() {
        for (const { id } of deployments) {
          const { health } = bridges.condition(id);
          for (const each of ['unknown', 'healthy', 'degraded', 'down'] as const) {
            this.set({ deployment: id, health: each }, each === health ? 1 : 0);
          }
        }
      },
    });
    new Gauge({
      name: 'parley_deployment_load',
      help: 'Mean stress of the bridges of a deployment that take conferences, or of all that are full; 1 is full.',
      labelNames: ['deployment'],
      registers,
      collect() {
        this.reset();
        for (const { id } of deployments) {
          const { load } = bridges.condition(id);
          if (load !== undefined) this.set({ deployment: id }, load);
        }
      },
    });
    addBridgeGauges(deployments, bridges, registers);
  }
}
