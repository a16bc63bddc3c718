import { AnswerTooLong, boundedText } from '../../shared/boundedAnswer';
import type { NetworkFault } from '../../shared/failure';
import { networkFaultOf } from './networkFault';

/** Longest answer read, in bytes. A lobby's answers have a few kilobytes. */
export const ANSWER_MAX_BYTES = 1_000_000;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What shows a server who asks: a bearer token (RFC 6750), or a user name and password (RFC 7617). */
export type Proof = string | { user: string; password: string };

export interface JsonRequest {
  url: string;
  method: 'GET' | 'HEAD' | 'POST';
  proof?: Proof | undefined;
  body?: unknown;
  timeoutMs: number;
  signal: AbortSignal;
}

/**
 * What came of a request. `json` is `undefined` when the body was none, too long, or not JSON; `at` is the server's own clock
 * (RFC 9110 section 6.6.1), if it told.
 */
export type JsonOutcome =
  | { kind: 'answer'; status: number; json: unknown; at: Date | undefined }
  /** The server wanted to send us elsewhere; nothing was asked there. */
  | { kind: 'redirected' }
  | { kind: 'network'; fault: NetworkFault }
  | { kind: 'timeout' }
  | { kind: 'aborted' };

/**
 * One HTTP request for JSON: no cookies, no cache, no redirect (a redirect could carry the access token to another
 * host), bounded in time and size. Never throws.
 */
export async function requestJson(fetch: Fetch, request: JsonRequest): Promise<JsonOutcome> {
  const limit = new AbortController();
  const onAbort = () => limit.abort();
  request.signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(onAbort, request.timeoutMs);
  try {
    if (request.signal.aborted) return { kind: 'aborted' };
    const response = await fetch(request.url, {
      method: request.method,
      headers: {
        Accept: 'application/json',
        ...(request.proof === undefined ? {} : { Authorization: authorization(request.proof) }),
        ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: limit.signal,
    });
    const at = timeIn(response.headers.get('date'));
    return { kind: 'answer', status: response.status, json: await readJson(response, limit.signal), at };
  } catch (error) {
    if (request.signal.aborted) return { kind: 'aborted' };
    if (limit.signal.aborted) return { kind: 'timeout' };
    const reason = errorText(error);
    if (isRedirect(reason)) return { kind: 'redirected' };
    return { kind: 'network', fault: networkFaultOf(reason) };
  } finally {
    clearTimeout(timer);
    request.signal.removeEventListener('abort', onAbort);
  }
}

function authorization(proof: Proof): string {
  if (typeof proof === 'string') return `Bearer ${proof}`;
  return `Basic ${Buffer.from(`${proof.user}:${proof.password}`, 'utf8').toString('base64')}`;
}

/** What a server's `Date` says. */
export function timeIn(header: string | null): Date | undefined {
  const time = new Date(header ?? '');
  return Number.isNaN(time.getTime()) ? undefined : time;
}

async function readJson(response: Response, signal: AbortSignal): Promise<unknown> {
  try {
    return JSON.parse(await boundedText(response, ANSWER_MAX_BYTES, signal)) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof AnswerTooLong) return undefined;
    throw error;
  }
}

/** Whether a request that follows no redirect failed for want of one. Electron's and Node's `fetch` have no code for it. */
export const isRedirect = (reason: string) => /attempted to redirect|unexpected redirect/i.test(reason);

/** The message of an error and of its causes: Node's fetch hides the code in `cause`. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  const cause = error.cause === undefined ? '' : errorText(error.cause);
  return `${code} ${error.message} ${cause}`;
}
