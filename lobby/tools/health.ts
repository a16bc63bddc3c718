import { StartFailure } from '../startFailure';
import { causeOf } from './http';
import { localAddress } from './localAddress';

const TIMEOUT_MS = 3_000;

/**
 * Asks the lobby of this machine, or of this container, whether it answers.
 *
 * @throws StartFailure when it does not.
 */
export async function askHealth(environment: NodeJS.ProcessEnv): Promise<void> {
  const host = environment['LOBBY_HOST']?.trim() ?? '';
  const port = environment['LOBBY_PORT']?.trim() ?? '';
  const address = `http://${localAddress(host, port === '' ? '8788' : port)}/healthz`;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    await response.body?.cancel();
    if (!response.ok) throw new StartFailure(`${address} answers ${response.status}.`);
  } catch (error) {
    if (error instanceof StartFailure) throw error;
    throw new StartFailure(`${address} does not answer (${causeOf(error)}).`);
  }
}
