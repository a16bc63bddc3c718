/** How a deployment is, put together from what its bridges say. */
import type { Bridge, BridgeCondition } from '../bridges/bridge';

/**
 * - `unknown`: nobody asks its bridges, or none has been asked yet;
 * - `healthy`: each bridge takes conferences;
 * - `degraded`: some do, or those that would are full;
 * - `down`: none does.
 */
export type Health = 'unknown' | 'healthy' | 'degraded' | 'down';

export interface DeploymentCondition {
  health: Health;
  /**
   * Mean stress of the bridges that take conferences, or of the full ones when all of those are full: 0 is idle, 1 is
   * full. `undefined` when none tells.
   */
  load: number | undefined;
  /** Where no bridge tells its stress, as old ones do not: what it would be by the number of participants. */
  estimatedLoad?: number;
}

/** What a participant adds to a bridge's stress, as Jicofo reckons it (`jicofo.bridge.average-participant-stress`). */
const STRESS_OF_PARTICIPANT = 0.01;

/** What {@link conditionOf} needs of a bridge. */
type Witness = Pick<Bridge, 'condition' | 'report'>;

export function conditionOf(bridges: readonly Witness[]): DeploymentCondition {
  const known = bridges.filter(({ condition }) => condition !== 'unknown');
  if (known.length === 0) return { health: 'unknown', load: undefined };
  const ready = known.filter(({ condition }) => condition === 'ready');
  const full = known.filter(({ condition }) => condition === 'full');
  const serving = ready.length > 0 ? ready : full;
  const health = serving.length === 0 ? 'down' : ready.length === known.length ? 'healthy' : 'degraded';
  const load = mean(serving.map(({ report }) => report?.numbers.stress_level));
  const participants = mean(
    serving.map(({ report }) => report?.numbers.participants ?? report?.numbers.endpoints),
  );
  const untold = load === undefined && participants !== undefined;
  return { health, load, ...(untold ? { estimatedLoad: participants * STRESS_OF_PARTICIPANT } : {}) };
}

/** Of those that there are. */
function mean(values: readonly (number | undefined)[]): number | undefined {
  const told = values.filter((value) => value !== undefined);
  return told.length === 0 ? undefined : told.reduce((sum, each) => sum + each, 0) / told.length;
}

/** Out of reach, or taken out of service by its operator. */
const GONE: ReadonlySet<BridgeCondition> = new Set(['unreachable', 'draining', 'shutting-down']);

/** Whether no bridge is left. One that is full, or thinks itself ill, still carries what is sent to it. */
export function areGone(bridges: readonly Pick<Bridge, 'condition'>[]): boolean {
  const known = bridges.filter(({ condition }) => condition !== 'unknown');
  return known.length > 0 && known.every(({ condition }) => GONE.has(condition));
}
