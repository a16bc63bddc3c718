/**
 * The app's log: one JSON object a line, on standard error and, once the window stands, in the files that
 * `keepLog` names. Nothing secret may be passed to it: tokens are named by their `jti`, addresses by their host; what
 * texts hold of either all the same is cut here, for both places alike.
 */
import { LogFile } from './diagnostics/logFile';
import { redacted } from './diagnostics/redacted';

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** Longest text in a line, in characters: the top of a stack trace. */
const TEXT_MAX = 2_000;

const file = new LogFile();

/** A line of the log, with its end. */
export function logLine(at: Date, level: string, event: string, fields: LogFields): string {
  const safe = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === 'string' ? redacted(value).slice(0, TEXT_MAX) : value,
  ]);
  return `${JSON.stringify({ at: at.toISOString(), level, event, ...Object.fromEntries(safe) })}\n`;
}

function write(level: string, event: string, fields: LogFields = {}): void {
  const line = logLine(new Date(), level, event, fields);
  process.stderr.write(line);
  file.append(line);
}

export const log: Log = {
  info: (event, fields) => write('info', event, fields),
  warn: (event, fields) => write('warn', event, fields),
  error: (event, fields) => write('error', event, fields),
};

const flush = () => file.flush();
const ignore = () => undefined;

/** Has the log kept in files in a folder, from its first line on. */
export function keepLog(directory: string): void {
  file.open(directory);
  process.off('exit', flush).on('exit', flush);
  // Whoever read standard error has gone; Node would make an uncaught error of that. Not sooner: the stream is made when it
  // is first asked for, and the first paint needs none.
  process.stderr.off('error', ignore).on('error', ignore);
}

/** The log's last lines, those of earlier runs too. */
export const lastLogLines = (count: number): Promise<string[]> => file.lastLines(count);

/**
 * Takes over the printing of the runtime's own warnings: Electron warns of a page that does not load with its whole address
 * (measured on 25), and a meeting's address ends in its token.
 */
export function logWarnings(): void {
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => log.warn('runtime.warning', { name, message }));
}
