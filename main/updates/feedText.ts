/** Asks the server of updates what there is: one request, no redirect, bounded in time and size. */
import { AnswerTooLong, boundedText } from '../../shared/boundedAnswer';
import type { UpdateFault } from '../../shared/updates';
import { errorText, type Fetch, isRedirect } from '../call/httpJson';
import { networkFaultOf } from '../call/networkFault';

/** Longest description of a release, in bytes. Real ones have less than two kilobytes and the notes. */
export const FEED_MAX_BYTES = 100_000;
/** Longest wait for it, in ms. */
export const FEED_TIMEOUT_MS = 15_000;

export type FeedText = { ok: true; text: string } | { ok: false; fault: UpdateFault };

/** Never throws. */
export async function feedText(fetch: Fetch, url: string, timeoutMs = FEED_TIMEOUT_MS): Promise<FeedText> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), timeoutMs);
  try {
    const response = await fetch(url, {
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: limit.signal,
    });
    if (response.status !== 200) return { ok: false, fault: { code: 'refused', status: response.status } };
    return { ok: true, text: await boundedText(response, FEED_MAX_BYTES, limit.signal) };
  } catch (error) {
    return { ok: false, fault: limit.signal.aborted ? { code: 'timeout' } : faultOf(error) };
  } finally {
    clearTimeout(timer);
    limit.abort();
  }
}

function faultOf(error: unknown): UpdateFault {
  if (error instanceof AnswerTooLong) return { code: 'not-a-feed' };
  const reason = errorText(error);
  return isRedirect(reason) ? { code: 'untrusted' } : { code: 'network', network: networkFaultOf(reason) };
}
