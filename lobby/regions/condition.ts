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
}

/** What {@link conditionOf} needs of a bridge. */
type Witness = Pick<Bridge, 'condition' | 'report'>;

export function conditionOf(bridges: readonly Witness[]): DeploymentCondition {
  const known = bridges.filter(({ condition }) => condition !== 'unknown');
  if (known.length === 0) return { health: 'unknown', load: undefined };
  const ready = known.filter(({ condition }) => condition === 'ready');
  const full = known.filter(({ condition }) => condition === 'full');
  const serving = ready.length > 0 ? ready : full;
  const health = serving.length === 0 ? 'down' : ready.length === known.length ? 'healthy' : 'degraded';
  const stress = serving.flatMap(({ report }) => report?.numbers.stress_level ?? []);
  const load = stress.length === 0 ? undefined : stress.reduce((sum, each) => sum + each, 0) / stress.length;
  return { health, load };
}

/** Out of reach, or taken out of service by its operator. */
const GONE: ReadonlySet<BridgeCondition> = new Set(['unreachable', 'draining', 'shutting-down']);

/** Whether no bridge is left. One that is full, or thinks itself ill, still carries what is sent to it. */
export function areGone(bridges: readonly Pick<Bridge, 'condition'>[]): boolean {
  const known = bridges.filter(({ condition }) => condition !== 'unknown');
  return known.length > 0 && known.every(({ condition }) => GONE.has(condition));
}
