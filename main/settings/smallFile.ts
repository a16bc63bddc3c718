/**
 * What every small file of ours is read by: its bound, its text, and a reading at once for what the very first paint needs.
 * No schema library is in here, which would hold up the window.
 */
import { readFileSync, statSync } from 'node:fs';

/** Longest file read, in bytes. Ours have a few kilobytes. */
export const FILE_MAX_BYTES = 1_000_000;

/** What `stat` says of a file. */
interface Found {
  size: number;
  isFile: () => boolean;
}

/** Whether it may be read: a pipe is never read to its end, a device has none. */
export const isReadable = (found: Found) => found.isFile() && found.size <= FILE_MAX_BYTES;

/**
 * The JSON in a file's text, which Windows' own tools may start with a byte order mark.
 *
 * @throws a `SyntaxError` when it is none.
 */
export const parseJsonText = (text: string): unknown => JSON.parse(text.replace(/^\uFEFF/, ''));

/** The JSON in a file, read at once; `undefined` when there is none that can be read. */
export function readJsonNow(path: string): unknown {
  try {
    return isReadable(statSync(path)) ? parseJsonText(readFileSync(path, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}
