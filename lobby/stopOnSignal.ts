import { constants } from 'node:os';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** How long requests under way may take to end, ms: less than the 10 s after which Docker kills. */
const STOP_MAX_MS = 8_000;
/** One Ctrl+C reaches the process twice under npm, from the terminal and from npm: that is still the first, ms. */
const SAME_SIGNAL_MS = 100;

/**
 * Stops the lobby on SIGTERM or SIGINT: nothing new is taken, what was taken is finished, then the process exits with 0.
 * A second signal ends it at once.
 */
export function stopOnSignal(app: FastifyInstance, log: Logger): void {
  let stoppingSince: number | undefined;
  const onSignal = (signal: 'SIGTERM' | 'SIGINT') => {
    if (stoppingSince === undefined) {
      stoppingSince = performance.now();
      log.info({ signal }, 'stopping');
      void stop(app, log);
    } else if (performance.now() - stoppingSince > SAME_SIGNAL_MS) {
      process.exit(128 + constants.signals[signal]);
    }
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

async function stop(app: FastifyInstance, log: Logger): Promise<void> {
  const cutOff = setTimeout(() => {
    log.warn('requests were cut off');
    process.exit(0);
  }, STOP_MAX_MS);
  await app.close();
  clearTimeout(cutOff);
  log.info('stopped');
  process.exit(0);
}
