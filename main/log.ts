/**
 * The app's log: one JSON object a line on standard error. Nothing secret may be passed to it: tokens are named by
 * their `jti`, addresses by their host.
 */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
}

function write(level: string, event: string, fields: LogFields = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...fields })}\n`);
}

/**
 * Takes over the printing of the runtime's own warnings. Electron warns of a page that does not load with its whole address
 * (measured on 25), and a meeting's address ends in its token: everything after `?` or `#` is cut.
 */
export function logWarnings(): void {
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => {
    log.warn('runtime.warning', { name, message: message.replace(/[?#]\S*/g, '…') });
  });
}

export const log: Log = {
  info: (event, fields) => write('info', event, fields),
  warn: (event, fields) => write('warn', event, fields),
};
