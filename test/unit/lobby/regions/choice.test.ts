import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Candidate,
  type Wish,
  chooseDeployment,
  deploymentOfRoom,
  roomNameIn,
} from '../../../../lobby/regions/choice';
import type { Health } from '../../../../lobby/regions/condition';

const candidate = (region: string, health: Health = 'unknown', load?: number): Candidate => ({
  region,
  health,
  load,
});
const eu = candidate('eu');
const us = candidate('us');
const ap = candidate('ap');
const deployments = [eu, us, candidate('us-east')] as const;
const nothing: Wish = { region: undefined, latencies: undefined, header: undefined, room: undefined };
const choose = (candidates: [Candidate, ...Candidate[]], wish: Partial<Wish>) =>
  chooseDeployment(candidates, { ...nothing, ...wish }).region;

describe('the region', () => {
  it('is the one that the request names, before all else', () => {
    const wish = { region: 'us', latencies: { eu: 1 }, header: 'ap', room: 'eu' };
    expect(choose([eu, us, ap], wish)).toBe('us');
  });

  it('is the nearest that the client has measured, before the header', () => {
    expect(choose([eu, us, ap], { latencies: { eu: 180, us: 90, ap: 250 }, header: 'ap' })).toBe('us');
  });

  it('is the one that the header names, before the default', () => {
    expect(choose([eu, us, ap], { header: 'ap' })).toBe('ap');
  });

  it('is the default when nothing is known, or nothing of it is ours', () => {
    expect(choose([eu, us], {})).toBe('eu');
    expect(choose([eu, us], { region: 'mars', latencies: { mars: 1 }, header: 'mars' })).toBe('eu');
  });
});

describe('a room that is there already', () => {
  it('is where its name says, whoever comes from wherever', () => {
    const wish = { latencies: { eu: 10, us: 200 }, header: 'eu' };
    expect(choose([eu, us], { ...wish, room: 'us' })).toBe('us');
    expect(choose([us, eu], { ...wish, room: 'us' })).toBe('us');
  });

  it('by its name leads everybody to one deployment', () => {
    const words = fc.stringMatching(/^[a-z]{3,8}(-[a-z]{3,8}){3}$/);
    fc.assert(
      fc.property(fc.constantFrom(...deployments), words, (deployment, name) => {
        const { region } = deployment;
        const room = roomNameIn(region, 'eu', name);
        expect(room.endsWith(name)).toBe(true);
        const found = deploymentOfRoom(room, deployments);
        // A word may happen to be a region.
        if (region !== 'eu' || !name.startsWith('us-')) expect(found).toBe(deployment);
      }),
    );
  });
});

it.each([
  ['brisk-otter', 'eu'],
  ['us-brisk-otter', 'us'],
  ['us-east-brisk-otter', 'us-east'],
  ['eu-brisk-otter', 'eu'],
  ['usable-otter', 'eu'],
  ['us', 'eu'],
])('the room %s is on %s', (room, region) => {
  expect(deploymentOfRoom(room, deployments).region).toBe(region);
});

describe('near-ties', () => {
  it('go to the less loaded', () => {
    const busy = candidate('eu', 'healthy', 0.8);
    const idle = candidate('us', 'healthy', 0.1);
    expect(choose([busy, idle], { latencies: { eu: 20, us: 38 } })).toBe('us');
    expect(choose([busy, idle], { latencies: { eu: 20, us: 41 } })).toBe('eu');
    expect(choose([busy, idle], { latencies: { eu: 200, us: 229 } })).toBe('us');
  });

  it('go by what is estimated where a load is not told, and by the middle where nothing is', () => {
    const estimated = (region: string, estimatedLoad: number): Candidate => ({
      ...candidate(region, 'healthy'),
      estimatedLoad,
    });
    const latencies = { eu: 20, us: 35 };
    expect(choose([estimated('eu', 0.5), estimated('us', 0.02)], { latencies })).toBe('us');
    expect(choose([estimated('eu', 0.02), estimated('us', 0.5)], { latencies })).toBe('eu');
    expect(choose([candidate('eu', 'healthy', 0.3), estimated('us', 0.2)], { latencies })).toBe('us');
    expect(choose([eu, estimated('us', 0.4)], { latencies })).toBe('us');
    expect(choose([eu, estimated('us', 0.6)], { latencies })).toBe('eu');
  });

  it('of which one is estimated to be full do not pass it over: an estimate is none of its own word', () => {
    const crowded = { ...candidate('us', 'healthy'), estimatedLoad: 3 };
    expect(choose([eu, crowded], { region: 'us' })).toBe('us');
  });

  it('of the same load go to the nearer', () => {
    expect(choose([us, eu], { latencies: { eu: 20, us: 21 } })).toBe('eu');
  });
});

describe('a deployment that is down', () => {
  const down = (region: string) => candidate(region, 'down');

  it.each<[string, Partial<Wish>]>([
    ['named', { region: 'us' }],
    ['nearest', { latencies: { us: 5, eu: 90, ap: 300 } }],
    ['of the header', { header: 'us' }],
    ['of the room', { room: 'us' }],
  ])('is passed over though it is the one %s', (_what, wish) => {
    expect(choose([eu, down('us'), ap], wish)).toBe('eu');
  });

  it('is passed over as the default', () => {
    expect(choose([down('eu'), down('us'), ap], {})).toBe('ap');
  });

  it('is taken when all are', () => {
    expect(choose([down('eu'), down('us')], {})).toBe('eu');
  });
});

describe('a deployment that is full', () => {
  const full = (region: string) => candidate(region, 'degraded', 1.5);

  it.each<[string, Partial<Wish>]>([
    ['named', { region: 'us' }],
    ['nearest', { latencies: { us: 5, eu: 90, ap: 300 } }],
    ['of the header', { header: 'us' }],
  ])('is passed over though it is the one %s', (_what, wish) => {
    expect(choose([eu, full('us'), ap], wish)).toBe('eu');
  });

  it('is passed over as the default', () => {
    expect(choose([full('eu'), full('us'), ap], {})).toBe('ap');
  });

  it('is still where those are who are in its rooms', () => {
    expect(choose([eu, full('us')], { room: 'us' })).toBe('us');
    expect(choose([full('eu'), us], { room: 'eu' })).toBe('eu');
  });

  it('is better than one that is down, and among others like it chosen as ever', () => {
    expect(choose([candidate('eu', 'down'), full('us')], { region: 'eu' })).toBe('us');
    expect(choose([full('eu'), full('us')], { region: 'us' })).toBe('us');
    expect(choose([candidate('eu', 'degraded', 2), full('us')], { latencies: { eu: 20, us: 30 } })).toBe(
      'us',
    );
  });
});

it('never chooses what is down while another is not, and always chooses one of them', () => {
  const anyCandidate = fc.record({
    region: fc.constantFrom('eu', 'us', 'ap', 'sa'),
    health: fc.constantFrom<Health>('unknown', 'healthy', 'degraded', 'down'),
    load: fc.option(fc.double({ min: 0, max: 3, noNaN: true }), { nil: undefined }),
  });
  const region = fc.option(fc.constantFrom('eu', 'us', 'ap', 'sa', 'mars'), { nil: undefined });
  const wish = fc.record({
    region,
    latencies: fc.option(fc.dictionary(fc.constantFrom('eu', 'us', 'ap'), fc.nat(60_000)), {
      nil: undefined,
    }),
    header: region,
    room: region,
  });
  fc.assert(
    fc.property(fc.array(anyCandidate, { minLength: 1, maxLength: 6 }), wish, (some, wanted) => {
      const [first, ...others] = some;
      if (first === undefined) return;
      const chosen = chooseDeployment([first, ...others], wanted);
      expect(some).toContain(chosen);
      if (some.some(({ health }) => health !== 'down')) expect(chosen.health).not.toBe('down');
    }),
  );
});
