import { availableParallelism } from 'node:os';

/** What libuv makes without being told (https://docs.libuv.org/en/v1.x/threadpool.html). */
const LIBUV_DEFAULT = 4;

/**
 * Gives libuv's pool, where room tokens are signed, a thread for each processor; by itself it has four, however many
 * processors there are. Takes effect only before the pool's first use. What the operator has set stays.
 */
export function sizeThreadPool(
  environment: NodeJS.ProcessEnv,
  processors: number = availableParallelism(),
): void {
  if (processors > LIBUV_DEFAULT) environment['UV_THREADPOOL_SIZE'] ??= String(processors);
}
