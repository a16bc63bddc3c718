/** "Test connection": asks the lobby what a call would ask, and says what is wrong. */
import type { LobbyForm } from '../../shared/ipc/commands/settings';
import type { LobbyCheck } from '../../shared/ipc/snapshot';
import { parseServerAddress } from '../../shared/webUrl';
import { LOBBY_TIMEOUT_MS, type LobbyClient } from '../call/lobbyClient';
import type { TokenAnswer } from '../security/credentials';
import { addressFault, isTokenText } from './address';

export async function checkLobby(
  form: LobbyForm,
  client: LobbyClient,
  readToken: (origin: string) => Promise<TokenAnswer>,
): Promise<LobbyCheck> {
  const url = parseServerAddress(form.lobbyUrl);
  if (url === undefined) return { ok: false, fault: addressFault(form.lobbyUrl) };
  const { host, origin } = url;
  const typed = form.accessToken?.trim() ?? '';
  if (typed !== '' && !isTokenText(typed)) return { ok: false, fault: 'token' };
  const token: TokenAnswer = typed === '' ? await readToken(origin) : { ok: true, token: typed };
  if (!token.ok) return { ok: false, fault: 'keychain', keychain: token.fault };

  const { signal } = new AbortController();
  const answer = await client.deployments(origin, token.token, signal, LOBBY_TIMEOUT_MS);
  if (answer.ok) {
    return { ok: true, host, deployments: answer.value.map((deployment) => new URL(deployment.url).host) };
  }
  const { failure } = answer;
  switch (failure.code) {
    case 'lobby-unreachable':
      return { ok: false, fault: 'unreachable', host, network: failure.fault };
    case 'lobby-timeout':
      return { ok: false, fault: 'timeout', host, seconds: failure.seconds };
    case 'lobby-unauthorized':
      return { ok: false, fault: 'unauthorized', host, tokenSent: failure.tokenSent };
    case 'lobby-broken':
      return { ok: false, fault: 'broken', host, status: failure.status };
    case 'lobby-refused':
      return { ok: false, fault: 'not-a-lobby', host, detail: String(failure.status) };
    default:
      return { ok: false, fault: 'not-a-lobby', host, detail: 'detail' in failure ? failure.detail : '' };
  }
}
