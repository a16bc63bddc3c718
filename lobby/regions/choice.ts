/** Where a call goes. Pure: everything it depends on is given. */
import type { DeploymentCondition } from './condition';

/** A deployment, as far as the choice needs it. */
export interface Candidate extends DeploymentCondition {
  region: string;
}

/** What is known of the caller's place, each `undefined` when it is not. */
export interface Wish {
  /** Region that the request names. */
  region: string | undefined;
  /** Round-trip times that the client has measured, by region, in ms. */
  latencies: Readonly<Record<string, number>> | undefined;
  /** Region that the operator's proxy names. */
  header: string | undefined;
  /** Region of an existing room (see {@link deploymentOfRoom}). */
  room: string | undefined;
}

/** Regions this near to the nearest are as good: then the less loaded one is taken, in ms and as a share. */
const NEAR_MS = 20;
const NEAR_SHARE = 0.15;
/** What a deployment counts as of whose load nothing is known. */
const UNTOLD_LOAD = 0.5;
/** From this load on a deployment has no room for another conference. */
const FULL_LOAD = 1;

/**
 * Chooses among deployments, of which the first is the default.
 *
 * The region comes from, in this order: the request; the name of the room, when there is one already; the client's
 * measurements; the proxy's header; the default. A deployment that is down is passed over for the next best, unless all
 * are: statistics may be wrong, and a call that fails is no worse than a refusal. So is one that is full, but not for
 * whoever comes to a room by its name.
 */
export function chooseDeployment<Each extends Candidate>(
  candidates: readonly [Each, ...Each[]],
  wish: Wish,
): Each {
  const up = candidates.filter(({ health }) => health !== 'down');
  const roomy = wish.room === undefined ? up.filter(({ load = 0 }) => load < FULL_LOAD) : [];
  const [first = candidates[0], ...others] = roomy.length > 0 ? roomy : up;
  const open: readonly [Each, ...Each[]] = [first, ...others];
  const inRegion = (region: string | undefined) => open.find((candidate) => candidate.region === region);
  const named = inRegion(wish.region);
  if (named !== undefined) return named;
  // Whoever comes to a room by its name must come where the others are: who is nearest to what must not count.
  if (wish.room !== undefined) return inRegion(wish.room) ?? open[0];
  return nearest(open, wish.latencies) ?? inRegion(wish.header) ?? open[0];
}

function nearest<Each extends Candidate>(
  candidates: readonly Each[],
  latencies: Wish['latencies'],
): Each | undefined {
  const measured = candidates.flatMap((candidate) => {
    const latency = latencies?.[candidate.region];
    return latency === undefined ? [] : [{ candidate, latency }];
  });
  const best = Math.min(...measured.map(({ latency }) => latency));
  const near = measured.filter(({ latency }) => latency <= best + Math.max(NEAR_MS, best * NEAR_SHARE));
  const loadOf = ({ candidate: { load, estimatedLoad } }: { candidate: Each }) =>
    load ?? estimatedLoad ?? UNTOLD_LOAD;
  return near.sort((a, b) => loadOf(a) - loadOf(b) || a.latency - b.latency)[0]?.candidate;
}

/**
 * The name of a new room in a region. A room's name alone must lead everybody to it, and nothing is kept: so outside of
 * the default region the name begins with the region, as in `us-brisk-otter-maple-quill`.
 */
export function roomNameIn(region: string, defaultRegion: string, name: string): string {
  return region === defaultRegion ? name : `${region}-${name}`;
}

/**
 * The deployment that a room's name leads to: the one whose region it begins with, or the default, which is the first. Of
 * several such regions the longest counts, since `eu-west` and `eu` may both be there.
 */
export function deploymentOfRoom<Each extends { region: string }>(
  room: string,
  deployments: readonly [Each, ...Each[]],
): Each {
  const [longest = deployments[0]] = deployments
    .filter(({ region }) => room.startsWith(`${region}-`))
    .sort((one, other) => other.region.length - one.region.length);
  return longest;
}
