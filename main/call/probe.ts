import { type Fetch, requestJson } from './httpJson';

/** Asks an address for nothing but an answer. Resolves with false when none came within the time; never rejects. */
export type Probe = (url: string, timeoutMs: number) => Promise<boolean>;

/** Probes by `HEAD`, without credentials. Whatever is answered, a refusal too, shows that the server is reached. */
export function newProbe(fetch: Fetch): Probe {
  return async (url, timeoutMs) => {
    const { signal } = new AbortController();
    const { kind } = await requestJson(fetch, { url, method: 'HEAD', timeoutMs, signal });
    return kind === 'answer' || kind === 'redirected';
  };
}
