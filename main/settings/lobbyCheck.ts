/** "Test connection": asks the lobby what a call would ask, and says what is wrong. */
import type { LobbyForm } from '../../shared/ipc/commands/settings';
import type { LobbyCheck } from '../../shared/ipc/snapshot';
import { parseServerAddress } from '../../shared/webUrl';
import type { Proof } from '../call/httpJson';
import { LOBBY_TIMEOUT_MS, type LobbyClient } from '../call/lobbyClient';
import type { LobbyAccess } from '../signIn/lobbyAccess';
import { addressFault, isTokenText } from './address';

export async function checkLobby(
  form: LobbyForm,
  client: LobbyClient,
  access: Pick<LobbyAccess, 'ask'>,
): Promise<LobbyCheck> {
  const url = parseServerAddress(form.lobbyUrl);
  if (url === undefined) return { ok: false, fault: addressFault(form.lobbyUrl) };
  const { host, origin } = url;
  const typed = form.accessToken?.trim() ?? '';
  if (typed !== '' && !isTokenText(typed)) return { ok: false, fault: 'token' };
  const { signal } = new AbortController();
  const ask = (proof: Proof | undefined) => client.deployments(origin, proof, signal, LOBBY_TIMEOUT_MS);
  const answer = typed === '' ? await access.ask(origin, ask) : await ask(typed);
  if (answer.ok) {
    return { ok: true, host, deployments: answer.value.map((deployment) => new URL(deployment.url).host) };
  }
  const { failure } = answer;
  switch (failure.code) {
    case 'keychain':
      return { ok: false, fault: 'keychain', keychain: failure.fault };
    case 'sign-in-needed':
    case 'provider-failed':
      return { ok: false, fault: 'sign-in', failure };
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
