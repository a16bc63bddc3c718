// @ts-check

/**
 * Rounds between two looks at what else the page has to do: some 60 ms. A page that has waited a few times waits 4 ms at least
 * (HTML standard, timers), so that shorter turns would be waiting for the greater part.
 */
const ROUNDS_AT_ONCE = 200;

/**
 * Works: so many rounds, each of the same amount. How long that lasts is the machine's matter, and of whoever else uses it.
 *
 * @param {number} rounds
 */
export async function work(rounds) {
  let value = 1;
  for (let round = 1; round <= rounds; round += 1) {
    for (let step = 0; step < 100_000; step += 1) value = (Math.imul(value, 48_271) + step) | 0;
    if (round % ROUNDS_AT_ONCE === 0) await pause(0);
  }
  // Who computes for nobody is not let compute.
  document.body.dataset.worked = String(value);
}

/** @param {number} ms @returns {Promise<void>} */
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
