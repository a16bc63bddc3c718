import type { FastifyInstance } from 'fastify';
import type { AuthReply } from '../../shared/lobbyApi';
import type { Lobby } from '../lobby';

/** `GET /api/v1/auth`: how one shows who one is here. Nobody is asked for credentials to learn that. */
export function authRoute(app: FastifyInstance, { settings: { auth } }: Lobby): void {
  const reply: AuthReply = {
    methods: [
      ...(auth.open ? [{ kind: 'none' } as const] : []),
      ...(auth.accessTokensFile === undefined ? [] : [{ kind: 'token' } as const]),
      ...(auth.oidc === undefined
        ? []
        : [
            {
              kind: 'oidc',
              issuer: auth.oidc.issuer,
              clientId: auth.oidc.clientId,
              scopes: auth.oidc.scopes,
              // A token for the client itself is its ID token; for anything else the provider gives access tokens.
              use: auth.oidc.audience === auth.oidc.clientId ? 'id_token' : 'access_token',
            } as const,
          ]),
      ...(auth.ldap === undefined ? [] : [{ kind: 'ldap' } as const]),
    ],
  };
  app.get('/api/v1/auth', () => reply);
}
