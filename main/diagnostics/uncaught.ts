/** Errors that nobody caught are written down, and the app goes on: a call is worth more than a dialog about a fault. */
import { app, BrowserWindow } from 'electron';
import { keepLog, log } from '../log';
import { logFolder } from './logFolder';

const described = (error: unknown) =>
  error instanceof Error ? (error.stack ?? String(error)) : String(error);

/** Takes the place of Electron's own dialog, which holds up the main process until it is closed. */
export function recordUncaught(): void {
  process.on('uncaughtException', (error) => {
    log.error('main.uncaught', { error: described(error) });
    if (BrowserWindow.getAllWindows().length > 0) return;
    // Without a window nobody could even quit it.
    keepLog(logFolder());
    app.exit(1);
  });
  process.on('unhandledRejection', (reason) =>
    log.error('main.unhandled-rejection', { error: described(reason) }),
  );
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    // Those that are not needed any more are ended so as well.
    if (reason !== 'clean-exit') log.warn('process.gone', { type, reason, exitCode });
  });
}
