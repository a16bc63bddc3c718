import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Counter } from '../../../../lobby/limits/counter';
import { Reservations } from '../../../../lobby/limits/reservations';

const POINTS = 3;
const WINDOW = 60;
const newReservations = () =>
  new Reservations(new Counter('test', { points: POINTS, duration: WINDOW }, undefined));

/** Lets a whole turn of the event loop go by: whatever could go on without more has done so. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('points', () => {
  it('are as many attempts as may be wrong, also when all come at once', async () => {
    const reservations = newReservations();
    let tried = 0;
    const guess = async () => {
      const wait = await reservations.take('alice');
      if (wait !== undefined) return wait;
      tried += 1;
      await turn();
      await reservations.settle('alice', true);
      return undefined;
    };
    const waits = await Promise.all(Array.from({ length: 150 }, guess));
    expect(tried).toBe(POINTS);
    const refused = waits.filter((wait) => wait !== undefined);
    expect(refused).toHaveLength(150 - POINTS);
    expect(refused.every((wait) => wait > 0 && wait <= WINDOW)).toBe(true);
  });

  it('are no limit on attempts that are right, and never more of them are under way', async () => {
    const reservations = newReservations();
    let [underWay, most] = [0, 0];
    const login = async () => {
      expect(await reservations.take('alice')).toBeUndefined();
      underWay += 1;
      most = Math.max(most, underWay);
      await turn();
      underWay -= 1;
      await reservations.settle('alice', false);
    };
    await Promise.all(Array.from({ length: 50 }, login));
    expect(most).toBe(POINTS);
  });

  it('are each key’s own', async () => {
    const reservations = newReservations();
    for (let each = 0; each < POINTS; each += 1) expect(await reservations.take('alice')).toBeUndefined();
    expect(await reservations.take('bob')).toBeUndefined();
  });
});

it('whatever comes in whatever order: no attempt is lost, and no more are wrong than there are points', async () => {
  const attempt = fc.record({ turns: fc.nat(3), lasts: fc.nat(3), wrong: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(attempt, { maxLength: 30 }), async (attempts) => {
      const reservations = newReservations();
      let wrongOnes = 0;
      const outcomes = await Promise.all(
        attempts.map(async ({ turns, lasts, wrong }) => {
          for (let each = 0; each < turns; each += 1) await turn();
          if ((await reservations.take('alice')) !== undefined) return 'refused';
          for (let each = 0; each < lasts; each += 1) await turn();
          if (wrong) wrongOnes += 1;
          await reservations.settle('alice', wrong);
          return 'tried';
        }),
      );
      expect(wrongOnes).toBeLessThanOrEqual(POINTS);
      if (wrongOnes < POINTS) expect(outcomes).not.toContain('refused');
      else expect(await reservations.take('alice')).toBeGreaterThan(0);
    }),
  );
});
