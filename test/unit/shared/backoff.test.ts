import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoffMs } from '../../../shared/backoff';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

it('does not wait for the first attempt', () => {
  fc.assert(fc.property(random, (value) => backoffMs(0, value) === 0));
});

it('doubles up to 15 s, a quarter more or less', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => backoffMs(attempt, 0.5))).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000,
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_000 }), random, (attempt, value) => {
      const middle = backoffMs(attempt, 0.5);
      const wait = backoffMs(attempt, value);
      return wait >= middle * 0.75 - 1 && wait <= middle * 1.25 + 1;
    }),
  );
});
