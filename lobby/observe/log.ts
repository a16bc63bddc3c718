import pino, { type Logger } from 'pino';
import { TurnWriter } from './turnWriter';

/**
 * The log: JSON lines on standard error, written before the call returns, so that none is lost at exit. No request or
 * response is ever logged as a whole: addresses hold invites, headers hold access tokens.
 */
export function newLog(): Logger {
  return pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { req: () => undefined, res: () => undefined },
    },
    new TurnWriter(2),
  );
}
