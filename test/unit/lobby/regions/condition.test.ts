import { describe, expect, it } from 'vitest';
import type { Bridge, BridgeCondition } from '../../../../lobby/bridges/bridge';
import { conditionOf } from '../../../../lobby/regions/condition';

const bridge = (condition: BridgeCondition, stress?: number): Pick<Bridge, 'condition' | 'report'> => ({
  condition,
  report: {
    numbers: stress === undefined ? {} : { stress_level: stress },
    flags: {},
    texts: {},
    conferenceSizes: undefined,
  },
});

describe('a deployment', () => {
  it('of which nobody knows is unknown', () => {
    expect(conditionOf([])).toEqual({ health: 'unknown', load: undefined });
    expect(conditionOf([bridge('unknown')])).toEqual({ health: 'unknown', load: undefined });
  });

  it('is healthy while all its bridges take conferences, with their mean stress', () => {
    expect(conditionOf([bridge('ready', 0.25), bridge('ready', 0.75)])).toEqual({
      health: 'healthy',
      load: 0.5,
    });
    expect(conditionOf([bridge('ready')])).toEqual({ health: 'healthy', load: undefined });
  });

  it.each<BridgeCondition>(['unreachable', 'shutting-down', 'draining', 'unhealthy', 'full'])(
    'is degraded, or down, when bridges are %s',
    (condition) => {
      expect(conditionOf([bridge(condition, 0.9), bridge('ready', 0.2)])).toEqual({
        health: 'degraded',
        load: 0.2,
      });
      expect(conditionOf([bridge(condition)])).toEqual({ health: 'down', load: undefined });
    },
  );
});
