/**
 * How long to wait before another attempt: doubling, bounded, and spread by a quarter either way, so that the clients of
 * a server that was away do not all come back in the same moment.
 */

const FIRST_MS = 500;
const LONGEST_MS = 15_000;
const SPREAD = 0.25;

/**
 * @param attempt 0 for the first one, which waits for nothing.
 * @param random from [0, 1).
 * @returns ms
 */
export function backoffMs(attempt: number, random: number): number {
  if (attempt <= 0) return 0;
  const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.round(wait * (1 - SPREAD + 2 * SPREAD * random));
}
