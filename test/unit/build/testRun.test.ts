import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../../build/runChild.mjs';
import { UnknownSuite, planTests } from '../../../build/testPlan.mjs';
import { stepTally, suiteTally, sumOf, tallyLine } from '../../../build/testTally.mjs';

const report = (...files: [status: string, ...tests: string[]][]): string =>
  JSON.stringify({
    testResults: files.map(([status, ...tests]) => ({
      status,
      assertionResults: tests.map((each) => ({ status: each })),
    })),
  });

describe('the count of a suite', () => {
  it('is that of its tests', () => {
    const text = report(['passed', 'passed', 'passed'], ['failed', 'failed', 'passed', 'skipped', 'todo']);
    expect(suiteTally(text, 1)).toEqual({ passed: 3, failed: 1, skipped: 2 });
  });

  it('counts a file that broke outside its tests', () => {
    expect(suiteTally(report(['failed'], ['failed', 'skipped']), 1)).toEqual({
      passed: 0,
      failed: 2,
      skipped: 1,
    });
  });

  it('never says that all is well when the runner failed', () => {
    expect(suiteTally(report(['passed', 'passed']), 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(suiteTally(undefined, 137)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('the last line', () => {
  it('adds up tests and steps', () => {
    const sum = sumOf([stepTally(0), stepTally(2), { passed: 40, failed: 0, skipped: 0 }]);
    expect(tallyLine(sum)).toBe('41 passed, 1 failed');
    expect(tallyLine({ passed: 1, failed: 0, skipped: 3 })).toBe('1 passed, 0 failed, 3 skipped');
    expect(tallyLine(sumOf([]))).toBe('0 passed, 0 failed');
  });
});

describe('the plan of a run', () => {
  it('is everything when nothing is asked for', () => {
    expect(planTests([])).toMatchObject({
      checks: true,
      build: true,
      suites: ['unit', 'integration', 'e2e'],
    });
  });

  it('is one suite, and what it needs, when that is asked for', () => {
    expect(planTests(['unit', 'a.test.ts'])).toEqual({
      system: false,
      electron: false,
      checks: false,
      build: false,
      suites: ['unit'],
      filters: ['a.test.ts'],
    });
    expect(planTests(['e2e'])).toMatchObject({ system: true, electron: true, checks: false, build: true });
    expect(planTests(['integration'])).toMatchObject({ electron: false, build: true });
  });

  it('refuses a suite that there is not', () => {
    expect(() => planTests(['e3e'])).toThrow(UnknownSuite);
  });
});

describe('the exit code', () => {
  it('is the program’s own, or that of the signal that ended it', () => {
    expect(exitCodeOf(3, null)).toBe(3);
    expect(exitCodeOf(null, 'SIGTERM')).toBe(143);
  });
});
