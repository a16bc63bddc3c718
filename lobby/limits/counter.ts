/** Counts events by key, in this process or, with Redis, for all lobbies that share it. */
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import {
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';

/** So many events in so many seconds. */
export interface Rate {
  points: number;
  /** Seconds. */
  duration: number;
}

/** Longest wait for Redis, in ms: behind it every request waits. */
const REDIS_TIMEOUT_MS = 250;
/** Longest pause between two attempts to reach Redis again, in ms. */
const REDIS_RETRY_MAX_MS = 5_000;

/** Connects to Redis or Valkey; while it cannot be reached, limits count in this process alone. */
export function connectRedis(url: string, log: Logger): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: REDIS_TIMEOUT_MS,
    connectTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(REDIS_RETRY_MAX_MS, 100 * attempt),
  });
  let complained = false;
  redis.on('error', (error: Error) => {
    if (complained) return;
    complained = true;
    log.error({ reason: error.message }, 'Redis cannot be reached: limits count in this process alone');
  });
  redis.on('ready', () => {
    if (complained) log.info('Redis is back');
    complained = false;
  });
  return redis;
}

export class Counter {
  readonly #limiter: RateLimiterAbstract;
  readonly #duration: number;

  /** @param name tells its keys from those of other counters. */
  constructor(name: string, { points, duration }: Rate, redis: Redis | undefined) {
    this.#duration = duration;
    const options = { keyPrefix: `parley:${name}`, points, duration };
    const inProcess = new RateLimiterMemory(options);
    this.#limiter =
      redis === undefined
        ? inProcess
        : new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter: inProcess });
  }

  /** Counts one event. Seconds to wait when that is one too many; `undefined` when it is not. */
  async count(key: string): Promise<number | undefined> {
    try {
      await this.#limiter.consume(key);
      return undefined;
    } catch (error) {
      // Anything but a verdict is a fault of the limiter's own, which must not shut anyone out.
      return error instanceof RateLimiterRes ? this.#secondsToWait(error) : undefined;
    }
  }

  /** Takes one event back that was counted. */
  async takeBack(key: string): Promise<void> {
    // A fault of the limiter's own costs one event until the time is over.
    await this.#limiter.reward(key).catch(() => undefined);
  }

  /** Never more than the whole time: the limiter tells it by a clock that may have been set back meanwhile. */
  #secondsToWait({ msBeforeNext }: RateLimiterRes): number {
    return Math.min(this.#duration, Math.max(1, Math.ceil(msBeforeNext / 1000)));
  }
}
