import type { Redis } from 'ioredis';
import { Refusal } from '../problem';
import { Counter } from './counter';

/** Wrong credentials from one address: a whole office may be behind it. */
const PER_ADDRESS = { points: 200, duration: 300 };
/** Wrong passwords for one account, from one address. */
const PER_ACCOUNT_HERE = { points: 5, duration: 300 };
/** Wrong passwords for one account, from anywhere: not so few that a stranger could shut its owner out at once. */
const PER_ACCOUNT = { points: 50, duration: 900 };

/** Slows down whoever tries credentials: a guess must cost more than a request. */
export class FailedLogins {
  readonly #address: Counter;
  readonly #accountHere: Counter;
  readonly #account: Counter;

  constructor(redis: Redis | undefined) {
    this.#address = new Counter('failed-address', PER_ADDRESS, redis);
    this.#accountHere = new Counter('failed-account-here', PER_ACCOUNT_HERE, redis);
    this.#account = new Counter('failed-account', PER_ACCOUNT, redis);
  }

  /** @throws Refusal `rate-limited` when there were too many failures; nobody is asked then. */
  async mayTry(address: string, account: string | undefined): Promise<void> {
    const wait =
      account === undefined
        ? await this.#address.blocked(address)
        : longest(
            await Promise.all([
              this.#address.blocked(address),
              this.#accountHere.blocked(here(address, account)),
              this.#account.blocked(account),
            ]),
          );
    if (wait !== undefined) throw tooMany('Too many failed logins.', wait);
  }

  async failed(address: string, account: string | undefined): Promise<void> {
    await Promise.all([
      this.#address.count(address),
      ...(account === undefined
        ? []
        : [this.#accountHere.count(here(address, account)), this.#account.count(account)]),
    ]);
  }
}

const longest = (waits: readonly (number | undefined)[]) =>
  waits.reduce((most, wait) => (wait === undefined ? most : Math.max(most ?? 0, wait)), undefined);

const here = (address: string, account: string) => JSON.stringify([address, account]);

/** @param wait seconds. */
export function tooMany(what: string, wait: number): Refusal {
  return new Refusal('rate-limited', {
    detail: `${what} Try again in ${wait} s.`,
    headers: { 'retry-after': String(wait) },
  });
}
