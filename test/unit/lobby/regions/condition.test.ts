import { describe, expect, it } from 'vitest';
import type { Bridge, BridgeCondition } from '../../../../lobby/bridges/bridge';
import type { BridgeReport } from '../../../../lobby/bridges/bridgeReport';
import { areGone, conditionOf } from '../../../../lobby/regions/condition';

const bridge = (condition: BridgeCondition, stress?: number) =>
  reporting(condition, stress === undefined ? {} : { stress_level: stress });

const reporting = (
  condition: BridgeCondition,
  numbers: BridgeReport['numbers'],
): Pick<Bridge, 'condition' | 'report'> => ({
  condition,
  report: { numbers, flags: {}, texts: {}, conferenceSizes: undefined, octoVersion: undefined },
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

  it.each<BridgeCondition>(['unreachable', 'shutting-down', 'draining', 'unhealthy'])(
    'is degraded, or down, when bridges are %s',
    (condition) => {
      expect(conditionOf([bridge(condition, 0.9), bridge('ready', 0.2)])).toEqual({
        health: 'degraded',
        load: 0.2,
      });
      expect(conditionOf([bridge(condition)])).toEqual({ health: 'down', load: undefined });
    },
  );

  it('is degraded, not down, when bridges are full, and then has their load', () => {
    expect(conditionOf([bridge('full', 1.5), bridge('ready', 0.2)])).toEqual({
      health: 'degraded',
      load: 0.2,
    });
    expect(conditionOf([bridge('full', 1.5), bridge('full', 1.1)])).toEqual({
      health: 'degraded',
      load: 1.3,
    });
    expect(conditionOf([bridge('full', 1.5), bridge('draining', 0.1)])).toEqual({
      health: 'degraded',
      load: 1.5,
    });
  });
});

describe('the load of bridges that tell no stress', () => {
  it('is estimated by their participants, each as Jicofo reckons it', () => {
    expect(
      conditionOf([
        reporting('ready', { participants: 30 }),
        reporting('ready', { endpoints: 10 }),
        reporting('ready', {}),
        reporting('draining', { participants: 900 }),
      ]),
    ).toEqual({ health: 'degraded', load: undefined, estimatedLoad: 0.2 });
  });

  it('is not estimated where one of them does', () => {
    const told = [reporting('ready', { participants: 30 }), bridge('ready', 0.4)];
    expect(conditionOf(told)).toStrictEqual({ health: 'healthy', load: 0.4 });
  });
});

describe('bridges', () => {
  it.each<[boolean, BridgeCondition[]]>([
    [false, []],
    [false, ['unknown']],
    [true, ['unreachable']],
    [true, ['unreachable', 'draining', 'shutting-down', 'unknown']],
    [false, ['unreachable', 'ready']],
    [false, ['draining', 'full']],
    [false, ['unhealthy']],
  ])('are gone: %j for %j', (gone, conditions) => {
    expect(areGone(conditions.map((condition) => bridge(condition)))).toBe(gone);
  });
});
