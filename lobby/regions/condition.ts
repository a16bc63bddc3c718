/** How a deployment is, put together from what its bridges say. */
import type { Bridge } from '../bridges/bridge';

/**
 * - `unknown`: nobody asks its bridges, or none has been asked yet;
 * - `healthy`: each bridge takes conferences;
 * - `degraded`: some do;
 * - `down`: none does.
 */
export type Health = 'unknown' | 'healthy' | 'degraded' | 'down';

export interface DeploymentCondition {
  health: Health;
  /** Mean stress of the bridges that take conferences: 0 is idle, 1 is full. `undefined` when none tells. */
  load: number | undefined;
}

/** What {@link conditionOf} needs of a bridge. */
type Witness = Pick<Bridge, 'condition' | 'report'>;

export function conditionOf(bridges: readonly Witness[]): DeploymentCondition {
  const known = bridges.filter(({ condition }) => condition !== 'unknown');
  if (known.length === 0) return { health: 'unknown', load: undefined };
  const ready = known.filter(({ condition }) => condition === 'ready');
  const health = ready.length === 0 ? 'down' : ready.length === known.length ? 'healthy' : 'degraded';
  const stress = ready.flatMap(({ report }) => report?.numbers.stress_level ?? []);
  const load = stress.length === 0 ? undefined : stress.reduce((sum, each) => sum + each, 0) / stress.length;
  return { health, load };
}
