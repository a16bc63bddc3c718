import { randomUUID } from 'node:crypto';
import { boundedText } from '../../../shared/boundedAnswer';
import { keyServerName } from '../../keys/signingKey';
import { causeOf } from '../http';
import { type Finding, failed, ok } from './finding';

const TIMEOUT_MS = 10_000;
const KEY_MAX = 65_536;

/**
 * Asks the key server what Prosody would ask it: our keys, and one that there is not. Prosody keeps whatever comes with
 * status 200 for as long as it runs, so a page that says "not found" with 200 would be kept as a key.
 *
 * @param keys public key in PEM by key id.
 */
export async function checkKeyServer(keyServer: string, keys: ReadonlyMap<string, string>): Promise<Finding> {
  for (const [kid, pem] of keys) {
    const address = `${keyServer}/${keyServerName(kid)}.pem`;
    const answer = await ask(address);
    if (typeof answer === 'string') {
      return failed(
        'key-server',
        `${address} cannot be fetched (${answer})`,
        'start the lobby, and let LOBBY_PUBLIC_URL be the address that its reverse proxy serves it at',
      );
    }
    if (answer.status !== 200) {
      return failed(
        'key-server',
        `${address} answers ${answer.status}`,
        `let the reverse proxy pass /asap/ on to the lobby, and the lobby run with JWT_KEY_ID=${kid}`,
      );
    }
    if (answer.text.trim() !== pem.trim()) {
      return failed(
        'key-server',
        `${address} is another key than the lobby signs with`,
        'restart the lobby with the key of JITSI_RSA_JWT_KEY_FILE; a new key needs a new id, or Prosody keeps the old',
      );
    }
  }
  const unknown = await ask(`${keyServer}/${keyServerName(randomUUID())}.pem`);
  if (typeof unknown === 'string' || unknown.status !== 404) {
    const status = typeof unknown === 'string' ? unknown : `status ${unknown.status}`;
    return failed(
      'key-server',
      `it answers for a key that there is not (${status})`,
      "let the reverse proxy pass on the lobby's 404: Prosody would keep anything else as a key",
    );
  }
  return ok('key-server', `${keyServer} serves ${[...keys.keys()].join(', ')}, and nothing else`);
}

async function ask(address: string): Promise<{ status: number; text: string } | string> {
  try {
    const response = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { status: response.status, text: await boundedText(response, KEY_MAX) };
  } catch (error) {
    return causeOf(error);
  }
}
