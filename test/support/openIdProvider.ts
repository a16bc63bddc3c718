/** A real OpenID provider (`oidc-provider`) on the loopback interface, which knows a few people and asks no questions. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, exportJWK, generateKeyPair, type JWTPayload } from 'jose';
import type { Configuration, Provider as ProviderType } from 'oidc-provider';
import { PlayedBrowser } from './playedBrowser';

/** What the provider says of somebody. */
export interface Person {
  preferred_username?: string;
  name?: string;
  email?: string;
  groups?: string[];
}

/** The API that access tokens are for. */
export const API = 'urn:parley:lobby';
const CLIENT = { id: 'parley-desktop', secret: 'client-secret', redirect: 'http://127.0.0.1/callback' };

/** A client as an app on somebody's computer is one: without a secret, at whatever port (RFC 8252). */
export const APP_CLIENT_ID = 'parley-app';

export interface OpenIdProvider {
  issuer: string;
  /** Who sits before its pages when no request names anybody, and what they do. */
  visitor: { person: string; declines: boolean };
  clientId: string;
  /** An ID token for the client, got by the authorization code flow as the person. */
  idToken(person: string): Promise<string>;
  /** A JWT access token for {@link API}, got the same way. */
  accessToken(person: string): Promise<string>;
  /** Whatever claims, signed with the provider's own key, as a token of the kind `typ` (default `JWT`). */
  sign(claims: JWTPayload, typ?: string): Promise<string>;
  /** Ends it, as a crash would. */
  stop(): Promise<void>;
}

export interface ProviderOptions {
  people: Readonly<Record<string, Person>>;
}

/** How long ID tokens and access tokens are good, in seconds. */
const TTL = 600;
const KID = 'provider-key';

export async function startProvider({ people }: ProviderOptions): Promise<OpenIdProvider> {
  const { Provider } = await import('oidc-provider');
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: KID, alg: 'RS256', use: 'sig' };
  const provider: ProviderType = new Provider(issuer, { ...configuration(people), jwks: { keys: [key] } });
  const visitor = { person: Object.keys(people)[0] ?? '', declines: false };
  // Whoever is hinted at is logged in, and agrees: the people are played, the protocol is not.
  const handle = provider.callback();
  server.on('request', (request, response) => {
    const { pathname } = new URL(request.url ?? '/', issuer);
    if (pathname.startsWith('/interaction/')) void agree(provider, visitor, request, response);
    else void handle(request, response);
  });
  const tokens = (person: string, resource?: string) => signIn(issuer, person, resource);
  return {
    issuer,
    visitor,
    clientId: CLIENT.id,
    idToken: async (person) => (await tokens(person)).id_token,
    accessToken: async (person) => (await tokens(person, API)).access_token,
    sign: (claims, typ = 'JWT') =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: KID, typ }).sign(privateKey),
    stop: () => close(server),
  };
}

function configuration(people: ProviderOptions['people']): Configuration {
  return {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [CLIENT.redirect],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        application_type: 'native',
      },
      {
        client_id: APP_CLIENT_ID,
        token_endpoint_auth_method: 'none',
        redirect_uris: [CLIENT.redirect],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        application_type: 'native',
      },
    ],
    scopes: ['openid', 'offline_access', 'profile', 'email', 'groups'],
    claims: {
      profile: ['name', 'preferred_username'],
      email: ['email'],
      groups: ['groups'],
    },
    // Claims of scopes stand in the ID token itself.
    conformIdTokenClaims: false,
    findAccount: (_context, id) =>
      people[id] === undefined ? undefined : { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
    extraTokenClaims: (_context, token) => {
      const { accountId } = token as { accountId?: string };
      return accountId === undefined ? undefined : { ...people[accountId] };
    },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        // What an app that names no API gets access tokens for.
        defaultResource: (_context, client) => (client.clientId === APP_CLIENT_ID ? API : []),
        getResourceServerInfo: () => ({
          scope: '',
          audience: API,
          accessTokenTTL: TTL,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
        useGrantedResource: () => true,
      },
    },
    ttl: {
      IdToken: TTL,
      AccessToken: TTL,
      AuthorizationCode: 60,
      Grant: 3600,
      Interaction: 60,
      Session: 3600,
    },
    cookies: { keys: ['one'] },
  };
}

async function agree(
  provider: ProviderType,
  visitor: OpenIdProvider['visitor'],
  request: Parameters<ProviderType['interactionDetails']>[0],
  response: Parameters<ProviderType['interactionDetails']>[1],
): Promise<void> {
  const details = await provider.interactionDetails(request, response);
  const { params, prompt, session } = details;
  if (visitor.declines) {
    await provider.interactionFinished(request, response, { error: 'access_denied' });
    return;
  }
  if (prompt.name === 'login') {
    const accountId = typeof params['login_hint'] === 'string' ? params['login_hint'] : visitor.person;
    await provider.interactionFinished(request, response, { login: { accountId } });
    return;
  }
  const grant = new provider.Grant({
    accountId: session?.accountId ?? '',
    clientId: typeof params['client_id'] === 'string' ? params['client_id'] : '',
  });
  grant.addOIDCScope('openid offline_access profile email groups');
  grant.addResourceScope(API, '');
  const grantId = await grant.save();
  await provider.interactionFinished(request, response, { consent: { grantId } });
}

/** The authorization code flow. */
async function signIn(
  issuer: string,
  person: string,
  resource: string | undefined,
): Promise<{ id_token: string; access_token: string }> {
  const query = new URLSearchParams({
    client_id: CLIENT.id,
    response_type: 'code',
    redirect_uri: CLIENT.redirect,
    scope: 'openid profile email groups',
    login_hint: person,
    ...(resource === undefined ? {} : { resource }),
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  const { address } = await new PlayedBrowser().go(`${issuer}/auth?${query.toString()}`, (next) =>
    next.startsWith(CLIENT.redirect),
  );
  const code = new URL(address).searchParams.get('code') ?? '';
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: CLIENT.redirect,
      code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
      ...(resource === undefined ? {} : { resource }),
    }),
  });
  if (response.status !== 200) throw new Error(`The provider gave no token: ${await response.text()}`);
  return (await response.json()) as { id_token: string; access_token: string };
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
