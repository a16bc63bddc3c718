import { boundedText } from '../../../shared/boundedAnswer';
import { causeOf } from '../http';
import { type Finding, failed, ok, skipped } from './finding';

const TIMEOUT_MS = 5_000;
const STATISTICS_MAX = 262_144;

const FIX =
  'let JVB_STATS_URL name the private port of the bridge (8080), start the bridge with its REST interface ' +
  '(docker-jitsi-meet: COLIBRI_REST_ENABLED=1), and let the firewall pass the lobby';

/** Whether the statistics of every bridge can be had. */
export async function checkBridges(addresses: readonly string[]): Promise<Finding> {
  if (addresses.length === 0) return skipped('bridges', 'JVB_STATS_URL names none');
  const faults = await Promise.all(addresses.map(faultOf));
  const found = faults.filter((fault) => fault !== undefined);
  if (found.length > 0) return failed('bridges', found.join('; '), FIX);
  return ok(
    'bridges',
    addresses.length === 1 ? 'statistics come' : `statistics come from all ${addresses.length}`,
  );
}

async function faultOf(address: string): Promise<string | undefined> {
  try {
    const response = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await boundedText(response, STATISTICS_MAX);
    if (response.status !== 200) return `${address} answers ${response.status}`;
    const statistics: unknown = JSON.parse(text);
    return typeof statistics === 'object' && statistics !== null && !Array.isArray(statistics)
      ? undefined
      : `${address} answers with no statistics`;
  } catch (error) {
    return error instanceof SyntaxError
      ? `${address} answers with no statistics`
      : `${address} cannot be fetched (${causeOf(error)})`;
  }
}
