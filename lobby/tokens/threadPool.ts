import { availableParallelism } from 'node:os';

/** What libuv makes without being told (https://docs.libuv.org/en/v1.x/threadpool.html). */
const LIBUV_DEFAULT = 4;

/**
 * More are hardly ever busy at once: the one thread that answers requests asks for some thousand signatures a second, and a
 * signature takes a few milliseconds, also with 4096 bits. The printed unit's `TasksMax` has room for so many.
 */
export const THREADS_MAX = 32;

/**
 * Gives libuv's pool, where room tokens are signed, a thread for each processor, up to {@link THREADS_MAX}; by itself it
 * has four, however many processors there are. Takes effect only before the pool's first use. What the operator has set stays.
 */
export function sizeThreadPool(
  environment: NodeJS.ProcessEnv,
  processors: number = availableParallelism(),
): void {
  if (processors <= LIBUV_DEFAULT) return;
  environment['UV_THREADPOOL_SIZE'] ??= String(Math.min(processors, THREADS_MAX));
}
