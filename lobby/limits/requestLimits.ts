import type { Redis } from 'ioredis';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from '../auth/caller';
import { addressKey } from './countedAs';
import { Counter } from './counter';
import { tooMany } from './failedLogins';
import type { LimitSettings } from './limitSettings';

/** What machines ask for again and again, and what costs nothing: Prosody must get its key whatever else goes on. */
const FREE: ReadonlySet<string> = new Set([
  '/healthz',
  '/readyz',
  '/metrics',
  '/asap/:name',
  '/.well-known/jwks.json',
]);

/** How much one address and one account may ask for. */
export class RequestLimits {
  readonly #address: Counter | undefined;
  readonly #user: Counter | undefined;

  constructor({ perAddress, perUser }: LimitSettings, redis: Redis | undefined) {
    this.#address = perAddress && new Counter('address', perAddress, redis);
    this.#user = perUser && new Counter('user', perUser, redis);
  }

  /** Has every request counted by its address before anything else is done with it. */
  guard(app: FastifyInstance): void {
    const counter = this.#address;
    if (counter === undefined) return;
    app.addHook('onRequest', async ({ routeOptions, ip }: FastifyRequest) => {
      if (FREE.has(routeOptions.url ?? '')) return;
      const wait = await counter.count(addressKey(ip));
      if (wait !== undefined) throw tooMany('This address asks too often.', wait);
    });
  }

  /** Counts what an account asks for. @throws Refusal `rate-limited` */
  async countCaller({ account }: Caller): Promise<void> {
    const wait = await this.#user?.count(account);
    if (wait !== undefined) throw tooMany('This account asks too often.', wait);
  }
}
