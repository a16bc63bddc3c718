import { beforeEach, describe, expect, it } from 'vitest';
import { LATENCIES_MAX_AGE_MS, RegionProbes } from '../../../../main/call/regionProbes';
import type { Region } from '../../../../shared/lobbyApi';

const LOBBY = 'https://lobby.example.com';
const region = (name: string): Region => ({
  region: name,
  deployment: name,
  probe: `https://${name}.example.com/`,
});

/** What the clock shows, in ms; probes move it on. */
let clock: number;
let regions: readonly Region[] | undefined;
/** By address, the round-trip times of the probes to come, in ms; `undefined` when none comes back. */
let times: Record<string, (number | undefined)[]>;
let asked: number;
let probes: RegionProbes;

beforeEach(() => {
  clock = 0;
  asked = 0;
  regions = [region('eu'), region('us')];
  times = {
    'https://eu.example.com/': [90, 21, 19, 300],
    'https://us.example.com/': [400, 110, 111, 112],
  };
  probes = new RegionProbes({
    lobby: {
      regions: () => {
        asked += 1;
        const failure = { code: 'lobby-refused', host: '', status: 404, detail: '' } as const;
        return Promise.resolve(regions ? { ok: true, value: regions } : { ok: false, failure });
      },
    },
    // One after the other, so that one clock will do.
    probe: (url) => {
      const time = times[url]?.shift();
      clock += time ?? 0;
      return Promise.resolve(time !== undefined);
    },
    now: () => clock,
  });
});

/** With a single clock, regions that are measured side by side would add to each other's times. */
const alone = (name: string) => {
  regions = [region(name), { ...region('far'), probe: 'https://far.example.com/' }];
};

describe('measuring', () => {
  it('takes the median of three, without the probe that opens the connection', async () => {
    alone('eu');
    await probes.measure(LOBBY);
    expect(probes.latencies(LOBBY)).toEqual({ eu: 21 });
  });

  it('leaves out a region that does not answer each time', async () => {
    alone('us');
    times['https://us.example.com/'] = [400, 110, undefined];
    await probes.measure(LOBBY);
    expect(probes.latencies(LOBBY)).toBeUndefined();
  });

  it('does not measure where there is nothing to choose', async () => {
    regions = [region('eu')];
    await probes.measure(LOBBY);
    expect(times['https://eu.example.com/']).toHaveLength(4);
    expect(probes.latencies(LOBBY)).toBeUndefined();
  });

  it('does without a lobby that has no regions', async () => {
    regions = undefined;
    await probes.measure(LOBBY);
    expect(probes.latencies(LOBBY)).toBeUndefined();
  });

  it('runs once at a time for a lobby', async () => {
    await Promise.all([probes.measure(LOBBY), probes.measure(LOBBY)]);
    expect(asked).toBe(1);
    await probes.measure(LOBBY);
    expect(asked).toBe(2);
  });
});

describe('where a new room will likely be', () => {
  it('is the nearest region', async () => {
    alone('us');
    times['https://far.example.com/'] = [500, 500, 500, 500];
    await probes.measure(LOBBY);
    expect(probes.likelyOrigin(LOBBY)).toBe('https://us.example.com');
    regions = [region('eu'), region('far')];
    times['https://eu.example.com/'] = [undefined];
    times['https://far.example.com/'] = [500, 500, 500, 500];
    await probes.measure(LOBBY);
    expect(probes.likelyOrigin(LOBBY)).toBe('https://far.example.com');
  });

  it('is the only region, unmeasured; of a lobby that was not asked, it is not known', async () => {
    regions = [region('eu')];
    await probes.measure(LOBBY);
    expect(probes.likelyOrigin(LOBBY)).toBe('https://eu.example.com');
    expect(probes.likelyOrigin('https://other.example.com')).toBeUndefined();
  });
});

it('counts for an hour, and for its lobby alone', async () => {
  alone('eu');
  await probes.measure(LOBBY);
  expect(probes.latencies('https://other.example.com')).toBeUndefined();
  clock += LATENCIES_MAX_AGE_MS;
  expect(probes.latencies(LOBBY)).toEqual({ eu: 21 });
  clock += 1;
  expect(probes.latencies(LOBBY)).toBeUndefined();
});
