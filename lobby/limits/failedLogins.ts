import type { Redis } from 'ioredis';
import { Refusal } from '../problem';
import { accountKey, addressKey } from './countedAs';
import { Counter, type Rate } from './counter';
import { Reservations } from './reservations';

/** Wrong credentials from one address: a whole office may be behind it. */
const PER_ADDRESS = { points: 200, duration: 300 };
/** Wrong passwords for one account, from one address. */
const PER_ACCOUNT_HERE = { points: 5, duration: 300 };
/** Wrong passwords for one account, from anywhere: not so few that a stranger could shut its owner out at once. */
const PER_ACCOUNT = { points: 50, duration: 900 };

/** Slows down whoever tries credentials: a guess must cost more than a request. */
export class FailedLogins {
  readonly #address: Reservations;
  readonly #accountHere: Reservations;
  readonly #account: Reservations;

  constructor(redis: Redis | undefined) {
    const reservations = (name: string, rate: Rate) => new Reservations(new Counter(name, rate, redis));
    this.#address = reservations('failed-address', PER_ADDRESS);
    this.#accountHere = reservations('failed-account-here', PER_ACCOUNT_HERE);
    this.#account = reservations('failed-account', PER_ACCOUNT);
  }

  /**
   * Lets somebody try credentials, which count as failed until they are found right: of guesses that come together, no
   * more are tried than of those that come one after the other.
   *
   * @param ask finds out whose they are; with the refusal `unauthorized` it says that they are wrong.
   * @throws Refusal `rate-limited` when there were too many failures; nobody is asked then.
   */
  async attempt<Result>(ip: string, name: string | undefined, ask: () => Promise<Result>): Promise<Result> {
    const taken: [Reservations, string][] = [];
    let wrong = false;
    try {
      // Always in this order: who waits for one point holds none that those who have it could wait for.
      for (const [reservations, key] of this.#pointsOf(addressKey(ip), name)) {
        const wait = await reservations.take(key);
        if (wait !== undefined) throw tooMany('Too many failed logins.', wait);
        taken.push([reservations, key]);
      }
      return await ask();
    } catch (error) {
      wrong = error instanceof Refusal && error.code === 'unauthorized';
      throw error;
    } finally {
      for (const [reservations, key] of taken) void reservations.settle(key, wrong);
    }
  }

  #pointsOf(address: string, name: string | undefined): [Reservations, string][] {
    const ofAddress: [Reservations, string] = [this.#address, address];
    if (name === undefined) return [ofAddress];
    const account = accountKey(name);
    return [[this.#accountHere, JSON.stringify([address, account])], [this.#account, account], ofAddress];
  }
}

/** @param wait seconds. */
export function tooMany(what: string, wait: number): Refusal {
  return new Refusal('rate-limited', {
    detail: `${what} Try again in ${wait} s.`,
    headers: { 'retry-after': String(wait) },
  });
}
