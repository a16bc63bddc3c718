import { powerMonitor } from 'electron';
import type { KeySetCache } from './keySetCache';
import type { RegionProbes } from './regionProbes';

/** How often keys and regions are looked at again, so that no click waits for them, in ms. */
const WARM_UP_EVERY_MS = 30 * 60_000;

export interface WarmParts {
  /** Origin of the lobby in use, or empty. */
  lobbyUrl: () => string;
  keySets: Pick<KeySetCache, 'get'>;
  regions: Pick<RegionProbes, 'measure'>;
}

/** Fetches beforehand what the next call needs of the lobby: now, every half hour, and when the computer wakes up. The result does it once more. */
export function keepWarm({ lobbyUrl, keySets, regions }: WarmParts): () => void {
  const warmUp = () => {
    const lobby = lobbyUrl();
    if (lobby === '') return;
    void keySets.get(lobby, new AbortController().signal);
    void regions.measure(lobby);
  };
  warmUp();
  setInterval(warmUp, WARM_UP_EVERY_MS).unref();
  powerMonitor.on('resume', warmUp);
  return warmUp;
}
