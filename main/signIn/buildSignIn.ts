import type { CredentialState } from '../../shared/ipc/snapshot';
import type { Fetch } from '../call/httpJson';
import type { LobbyClient } from '../call/lobbyClient';
import type { Credentials } from '../security/credentials';
import { openSignInPage } from '../security/navigation';
import { LobbyAccess } from './lobbyAccess';
import type { OpenId } from './openId';
import { SignIn } from './signIn';

/** Builds how lobbies are asked by right of somebody, and how that is come by. The OpenID library waits until it is needed. */
export function buildSignIn(parts: {
  fetch: Fetch;
  client: LobbyClient;
  credentials: Credentials;
  onChange: (credential?: CredentialState) => void;
}): { access: LobbyAccess; signIn: SignIn } {
  const { fetch, client, credentials, onChange } = parts;
  const now = () => Date.now();
  const openId = async (): Promise<OpenId> => {
    const { OpenId: Client } = await import('./openId');
    return new Client(fetch, now);
  };
  const access = new LobbyAccess({ credentials, openId, client, now });
  return { access, signIn: new SignIn({ client, access, openId, openBrowser: openSignInPage, onChange }) };
}
