import type { Given } from '../given';

/** The variable that names them. */
const VARIABLE = 'JVB_STATS_URL';
/** Where a bridge has its statistics when only its address is given. */
const STATS_PATH = '/colibri/stats';
/** Most bridges of all deployments. */
const BRIDGES_MAX = 200;

/** Addresses of bridges' statistics, by deployment id. */
export type BridgeAddresses = ReadonlyMap<string, readonly string[]>;

/**
 * Reads `JVB_STATS_URL`: addresses of bridges, as `http://jvb1:8080,http://jvb2:8080` for a single deployment, and as
 * `eu=http://a:8080,eu=http://b:8080,us=http://c:8080` for several. http is allowed: a bridge has its statistics on a
 * private port, and there is nothing secret in them.
 *
 * @param ids of the deployments.
 */
export function readBridgeAddresses(
  given: Given,
  ids: readonly string[],
): { value: BridgeAddresses } | { faults: string[] } {
  const addresses = new Map<string, string[]>();
  const faults: string[] = [];
  const entries = (given[VARIABLE] ?? '').split(',').map((entry) => entry.trim());
  for (const entry of entries.filter((text) => text !== '')) {
    const [, name, named] = /^([a-z0-9-]+)=(.+)$/.exec(entry) ?? [];
    const id = name ?? (ids.length === 1 ? ids[0] : undefined);
    if (id === undefined) {
      faults.push(`${VARIABLE} needs a deployment before each address, as in ${ids[0] ?? 'eu'}=${entry}.`);
      continue;
    }
    if (!ids.includes(id)) {
      faults.push(`${VARIABLE} names the deployment "${id}", which JITSI_URL does not have.`);
      continue;
    }
    const url = statisticsUrl(named ?? entry);
    if (url === undefined) {
      faults.push(`${VARIABLE} takes addresses such as http://jvb1:8080, not "${named ?? entry}".`);
      continue;
    }
    addresses.set(id, [...(addresses.get(id) ?? []), url]);
  }
  if (entries.length > BRIDGES_MAX) faults.push(`${VARIABLE} takes ${BRIDGES_MAX} bridges at most.`);
  return faults.length > 0 ? { faults } : { value: addresses };
}

function statisticsUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  if (url.username !== '' || url.password !== '' || url.hash !== '') return undefined;
  if (url.pathname === '/') url.pathname = STATS_PATH;
  return url.href;
}
