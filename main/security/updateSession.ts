/** What electron-updater may ask the network for. It would follow any redirect and any address in the feed. */
import type { Session } from 'electron';
import { originOf } from './origin';

export interface UpdateBounds {
  /** Of the server of updates. */
  origin: string;
  /** Longest answer, in bytes, as it stands now. */
  bytes: () => number;
}

/** What Chromium follows or refuses itself, and hands no body of to anybody. */
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** Cancels every request of the session to another server, and every answer that is not bounded. */
export function guardUpdateSession({ webRequest }: Session, { origin, bytes }: UpdateBounds): void {
  webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: originOf(url) !== origin }));
  webRequest.onHeadersReceived(({ statusCode, responseHeaders = {} }, answer) => {
    // electron-updater takes whatever is below 400 for the file.
    const isFile = statusCode < 400 && !REDIRECTS.includes(statusCode);
    answer({ cancel: isFile && !isBounded(responseHeaders, bytes()) });
  });
}

/** Says its length, which Chromium holds it to, and is not unpacked to a greater one. */
export function isBounded(headers: Readonly<Record<string, readonly string[]>>, bytes: number): boolean {
  const said = (name: string) =>
    Object.entries(headers).flatMap(([key, values]) => (key.toLowerCase() === name ? values : []));
  const [length, ...others] = said('content-length');
  if (length === undefined || others.length > 0 || !/^\d{1,12}$/.test(length)) return false;
  return Number(length) <= bytes && said('content-encoding').every((encoding) => encoding === 'identity');
}
