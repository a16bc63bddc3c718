import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type Connection,
  ConnectionWatch,
  PROBE_EVERY_MS,
  PROBE_TIMEOUT_MS,
  SPARED_PROBE_EVERY_MS,
  STUCK_AFTER_MS,
} from '../../../../main/call/connectionWatch';

/** How the deployment meets a probe: at once, with a refusal at once, or with silence. */
let network: 'answers' | 'refuses' | 'silent' | 'offline';
let changes: { connection: Connection; at: number }[];
let probes: number;
let stuck: number;
let roundTrips: (number | undefined)[];
let watch: ConnectionWatch;
/** Until when sound or picture come in, ms; whoever asks learns whether they have since the last time. */
let flowsUntil: number;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  flowsUntil = 0;
  network = 'answers';
  changes = [];
  probes = 0;
  stuck = 0;
  roundTrips = [];
  watch = newWatch();
});
afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

function newWatch(trafficFlows?: () => Promise<boolean>): ConnectionWatch {
  return new ConnectionWatch({
    probe: (timeoutMs) => {
      probes += 1;
      if (network !== 'silent') return Promise.resolve(network === 'answers');
      return new Promise((resolve) => setTimeout(() => resolve(false), timeoutMs));
    },
    isOnline: () => network !== 'offline',
    onChange: (connection) => changes.push({ connection, at: Date.now() }),
    onStuck: () => (stuck += 1),
    onProbe: (roundTripMs) => roundTrips.push(roundTripMs),
    trafficFlows,
    now: () => Date.now(),
  });
}

/** A watch at a public deployment, whose probes are spared. */
function sparingWatch(): void {
  watch.stop();
  let asked = 0;
  watch = newWatch(() => {
    const before = asked;
    asked = Date.now();
    return Promise.resolve(before < flowsUntil);
  });
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a call whose deployment answers', () => {
  it('is up, for as long as it goes on', async () => {
    await pass(600_000);
    expect(changes).toEqual([]);
    expect(probes).toBe(600_000 / PROBE_EVERY_MS);
  });

  it('stays up over a single probe that fails', async () => {
    network = 'refuses';
    await pass(PROBE_EVERY_MS);
    network = 'answers';
    await pass(60_000);
    expect(changes).toEqual([]);
  });
});

describe('each probe', () => {
  it('tells how long its answer took, or that none came', async () => {
    await pass(PROBE_EVERY_MS);
    expect(roundTrips).toEqual([0]);
    network = 'silent';
    await pass(PROBE_EVERY_MS + PROBE_TIMEOUT_MS);
    expect(roundTrips).toEqual([0, undefined]);
  });
});

describe('a connection that is cut', () => {
  it.each(['refuses', 'silent', 'offline'] as const)(
    'is noticed within 5 s when the network %s',
    async (how) => {
      // The worst moment: just after a probe that was answered.
      await pass(PROBE_EVERY_MS);
      network = how;
      await pass(5_000);
      expect(changes).toEqual([{ connection: 'lost', at: expect.any(Number) as number }]);
      expect(PROBE_TIMEOUT_MS).toBeLessThan(PROBE_EVERY_MS);
    },
  );

  it('is up again once the deployment answers', async () => {
    network = 'refuses';
    await pass(5_000);
    network = 'answers';
    await pass(1_000);
    expect(changes.map(({ connection }) => connection)).toEqual(['lost', 'up']);
  });

  it('is noticed by the page opening a new XMPP socket, and stays lost until that is open', async () => {
    watch.onXmpp('opening');
    expect(changes).toEqual([{ connection: 'lost', at: 0 }]);
    watch.onXmpp('failed');
    await pass(STUCK_AFTER_MS - 1_000);
    watch.onXmpp('opening');
    expect(watch.connection).toBe('lost');
    watch.onXmpp('open');
    expect(changes.map(({ connection }) => connection)).toEqual(['lost', 'up']);
  });

  it('stays lost while the socket is open and the deployment does not answer probes', async () => {
    network = 'refuses';
    await pass(5_000);
    watch.onXmpp('open');
    expect(watch.connection).toBe('lost');
  });
});

describe('at a public deployment', () => {
  it('few probes are sent while sound or picture come in', async () => {
    sparingWatch();
    flowsUntil = Number.POSITIVE_INFINITY;
    await pass(600_000);
    expect(changes).toEqual([]);
    expect(probes).toBe(600_000 / SPARED_PROBE_EVERY_MS);
  });

  it('the usual ones are sent while nothing comes in, as nobody else is there', async () => {
    sparingWatch();
    await pass(600_000);
    expect(changes).toEqual([]);
    expect(probes).toBe(600_000 / PROBE_EVERY_MS);
  });

  /** Moments of a cut against the looks at the traffic, and against the last probe. */
  const moments = [15_000, 15_001, 15_500, 15_999, 20_000, 20_001, 20_999, 29_999];
  it.each(
    (['refuses', 'silent', 'offline'] as const).flatMap((how) => moments.map((at) => [how, at] as const)),
  )('a cut is noticed within 5 s when the network %s at %i ms', async (how, at) => {
    sparingWatch();
    flowsUntil = at;
    await pass(at);
    network = how;
    await pass(5_000);
    expect(changes).toEqual([{ connection: 'lost', at: expect.any(Number) as number }]);
  });

  it('no network at all needs no probe to be noticed, though sound seems to come in', async () => {
    sparingWatch();
    flowsUntil = Number.POSITIVE_INFINITY;
    await pass(11_000);
    network = 'offline';
    const before = probes;
    await pass(2_000);
    expect(watch.connection).toBe('lost');
    expect(probes).toBe(before);
  });

  it('one watch runs, though it is told to look while it looks', async () => {
    watch.stop();
    let answer: (flows: boolean) => void = () => undefined;
    watch = newWatch(() => new Promise((resolve) => (answer = resolve)));
    await pass(1_000);
    watch.look();
    answer(true);
    await pass(0);
    expect(vi.getTimerCount()).toBe(1);
  });
});

describe('a page that does not get back by itself', () => {
  it('is stuck a while after its deployment answers again, and the watch ends', async () => {
    network = 'refuses';
    watch.onXmpp('opening');
    watch.onXmpp('failed');
    await pass(10 * STUCK_AFTER_MS);
    expect(stuck).toBe(0);
    network = 'answers';
    await pass(STUCK_AFTER_MS - 1_000);
    expect(stuck).toBe(0);
    await pass(2_000);
    expect(stuck).toBe(1);
    const before = probes;
    await pass(10 * STUCK_AFTER_MS);
    expect([stuck, probes]).toEqual([1, before]);
  });

  it('is stuck too when each socket it opens is closed on it', async () => {
    for (let waited = 0; waited < STUCK_AFTER_MS; waited += 1_000) {
      watch.onXmpp('opening');
      watch.onXmpp('open');
      await pass(1_000);
    }
    expect(stuck).toBe(1);
  });

  it('is not, when it is back in time', async () => {
    watch.onXmpp('opening');
    await pass(STUCK_AFTER_MS - 1_000);
    watch.onXmpp('open');
    await pass(10 * STUCK_AFTER_MS);
    expect(stuck).toBe(0);
  });
});

describe('looking', () => {
  it('probes at once', async () => {
    network = 'refuses';
    watch.look();
    await pass(1_000);
    expect(watch.connection).toBe('lost');
  });

  it('goes on at the usual pace afterwards, with one timer', async () => {
    watch.look();
    watch.look();
    await pass(0);
    const before = probes;
    await pass(10 * PROBE_EVERY_MS);
    expect(probes - before).toBe(10);
  });
});

it('a watch that was stopped says no more and asks no more', async () => {
  network = 'silent';
  await pass(PROBE_EVERY_MS + 100);
  watch.stop();
  watch.onXmpp('opening');
  watch.look();
  const before = probes;
  await pass(60_000);
  expect(changes).toEqual([]);
  expect(probes).toBe(before);
});
