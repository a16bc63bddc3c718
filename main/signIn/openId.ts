/** Parley as a client of an OpenID provider: authorization code with PKCE, renewal, revocation. */
import * as oauth from 'oauth4webapi';
import { boundedAnswer } from '../../shared/boundedAnswer';
import type { AuthMethod } from '../../shared/lobbyApi';
import { isSecureUrl, parseUrl } from '../../shared/webUrl';
import { ANSWER_MAX_BYTES, type Fetch, timeIn } from '../call/httpJson';
import { faultOf, type OpenIdFault, UntrustedProvider } from './openIdFault';
import type { OidcLogin } from './storedLogin';

/** How a lobby wants its users to sign in at a provider. */
export type OidcWay = Extract<AuthMethod, { kind: 'oidc' }>;

export type OpenIdResult<Value> = { ok: true; value: Value } | { ok: false; fault: OpenIdFault };

/** What shows a lobby who signed in. `expiresAt` by this computer's clock, in ms since 1970. */
export interface Session {
  token: string;
  expiresAt: number | undefined;
}

export interface SignedIn {
  login: OidcLogin;
  session: Session;
}

/** A sign-in that waits for its user. */
export interface Authorization {
  state: string;
  /** Where the browser is to go. */
  address(redirectUri: string): string;
  /** Makes a sign-in of what the browser came back with. */
  finish(returned: URL, redirectUri: string): Promise<OpenIdResult<SignedIn>>;
}

/** Longest wait for each answer of a provider, in ms. */
const PROVIDER_TIMEOUT_MS = 10_000;
/** How far a provider's clock may be off what it tells of it, in seconds. */
const CLOCK_TOLERANCE = 30;

// eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; every address is checked by `isSecureUrl`
const LOOPBACK_HTTP = oauth.allowInsecureRequests;

const hostOf = (issuer: string) => parseUrl(issuer)?.host ?? '';

export class OpenId {
  readonly #fetch: Fetch;
  readonly #now: () => number;
  readonly #timeoutMs: number;

  /** `now` in ms since 1970. */
  constructor(fetch: Fetch, now: () => number, timeoutMs = PROVIDER_TIMEOUT_MS) {
    this.#fetch = fetch;
    this.#now = now;
    this.#timeoutMs = timeoutMs;
  }

  /** Begins a sign-in. */
  authorization(way: OidcWay): Promise<OpenIdResult<Authorization>> {
    return this.#outcome(way.issuer, async () => {
      const { server, skew } = await this.#discover(way.issuer);
      const endpoint = parseUrl(server.authorization_endpoint ?? '');
      if (endpoint === undefined || !isSecureUrl(endpoint)) {
        throw new UntrustedProvider('its sign-in page is not at a protected address');
      }
      const [state, nonce, verifier] = [
        oauth.generateRandomState(),
        oauth.generateRandomNonce(),
        oauth.generateRandomCodeVerifier(),
      ];
      const challenge = await oauth.calculatePKCECodeChallenge(verifier);
      const scopes = way.scopes.filter((scope) => isOffered(server, scope));
      return {
        state,
        address: (redirectUri) => {
          const address = new URL(endpoint);
          const parameters = {
            client_id: way.clientId,
            response_type: 'code',
            redirect_uri: redirectUri,
            scope: scopes.join(' '),
            ...{ state, nonce, code_challenge: challenge, code_challenge_method: 'S256' },
            // Without it a provider must not give offline access (OpenID Connect Core section 11).
            ...(scopes.includes('offline_access') ? { prompt: 'consent' } : {}),
          };
          for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
          return address.href;
        },
        finish: (returned, redirectUri) =>
          this.#outcome(way.issuer, () =>
            this.#exchange({ server, skew, way, returned, redirectUri, state, nonce, verifier }),
          ),
      };
    });
  }

  /** Fresh tokens for a sign-in that has a refresh token. */
  refresh(login: OidcLogin & { refreshToken: string }): Promise<OpenIdResult<SignedIn>> {
    return this.#outcome(login.issuer, async () => {
      const { server, skew } = await this.#discover(login.issuer);
      const client = clientOf(login.clientId, skew);
      const options = this.#options(login.issuer);
      const { refreshToken } = login;
      const response = await oauth.refreshTokenGrantRequest(
        server,
        client,
        oauth.None(),
        refreshToken,
        options,
      );
      const tokens = await oauth.processRefreshTokenResponse(server, client, response);
      const claims = oauth.getValidatedIdTokenClaims(tokens);
      if (claims !== undefined) {
        await oauth.validateApplicationLevelSignature(server, response, options);
        if (claims.sub !== login.subject) throw new UntrustedProvider('the renewal is another person’s');
      }
      const session = this.#session(login.use, tokens, claims);
      return { login: { ...login, refreshToken: tokens.refresh_token ?? refreshToken }, session };
    });
  }

  /** Has the provider forget a refresh token. `undefined`: it offers no way to. */
  async revoke(login: OidcLogin & { refreshToken: string }): Promise<boolean | undefined> {
    const result = await this.#outcome(login.issuer, async () => {
      const { server, skew } = await this.#discover(login.issuer);
      if (server.revocation_endpoint === undefined) return undefined;
      const options = this.#options(login.issuer);
      const client = clientOf(login.clientId, skew);
      const response = await oauth.revocationRequest(
        server,
        client,
        oauth.None(),
        login.refreshToken,
        options,
      );
      await oauth.processRevocationResponse(response);
      return true;
    });
    return result.ok ? result.value : false;
  }

  /** What the provider offers, and how far its clock is ahead of this computer's, which may be wrong. */
  async #discover(issuer: string): Promise<{ server: oauth.AuthorizationServer; skew: number }> {
    const url = parseUrl(issuer);
    if (url === undefined) throw new UntrustedProvider('its address is none');
    const response = await oauth.discoveryRequest(url, this.#options(issuer));
    const there = timeIn(response.headers.get('date'));
    const skew = there === undefined ? 0 : Math.round((there.getTime() - Date.now()) / 1000);
    return { server: await oauth.processDiscoveryResponse(url, response), skew };
  }

  async #exchange(given: {
    server: oauth.AuthorizationServer;
    skew: number;
    way: OidcWay;
    returned: URL;
    redirectUri: string;
    state: string;
    nonce: string;
    verifier: string;
  }): Promise<SignedIn> {
    const { server, way, redirectUri } = given;
    const client = clientOf(way.clientId, given.skew);
    const options = this.#options(way.issuer);
    const parameters = oauth.validateAuthResponse(server, client, given.returned, given.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      redirectUri,
      given.verifier,
      options,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: given.nonce,
      requireIdToken: true,
    });
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    if (claims === undefined) throw new UntrustedProvider('it gives no ID token');
    await oauth.validateApplicationLevelSignature(server, response, options);
    const { issuer, clientId, use } = way;
    const login: OidcLogin = {
      kind: 'oidc',
      issuer,
      clientId,
      use,
      subject: claims.sub,
      name: nameIn(claims),
    };
    const { refresh_token: refreshToken } = tokens;
    return {
      login: refreshToken === undefined ? login : { ...login, refreshToken },
      session: this.#session(use, tokens, claims),
    };
  }

  #session(
    use: OidcWay['use'],
    tokens: oauth.TokenEndpointResponse,
    claims: oauth.IDToken | undefined,
  ): Session {
    if (use === 'access_token') {
      const { expires_in: seconds, access_token: token } = tokens;
      return { token, expiresAt: seconds === undefined ? undefined : this.#now() + seconds * 1000 };
    }
    if (tokens.id_token === undefined || claims === undefined) {
      throw new UntrustedProvider('it gives no ID token');
    }
    // How long, not until when: this computer's clock may be off.
    return { token: tokens.id_token, expiresAt: this.#now() + (claims.exp - claims.iat) * 1000 };
  }

  /** How a request is made: like all of ours, without cookies, cache or redirect, and bounded in time and size. */
  #options(issuer: string): {
    [oauth.customFetch]: (
      url: string,
      init: oauth.CustomFetchOptions<string, URLSearchParams | string | undefined>,
    ) => Promise<Response>;
    [LOOPBACK_HTTP]: boolean;
    signal: () => AbortSignal;
  } {
    return {
      [oauth.customFetch]: async (url, init) => {
        if (!isSecureUrl(new URL(url))) throw new UntrustedProvider('one of its addresses is not protected');
        const { body, method, headers, signal } = init;
        const response = await this.#fetch(url, {
          ...{ method, headers },
          ...(body === undefined ? {} : { body: String(body) }),
          ...(signal === undefined ? {} : { signal }),
          credentials: 'omit',
          cache: 'no-store',
          redirect: 'error',
        });
        return boundedAnswer(response, ANSWER_MAX_BYTES, signal);
      },
      [LOOPBACK_HTTP]: issuer.startsWith('http:'),
      signal: () => AbortSignal.timeout(this.#timeoutMs),
    };
  }

  async #outcome<Value>(issuer: string, work: () => Promise<Value>): Promise<OpenIdResult<Value>> {
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      return { ok: false, fault: faultOf(error, hostOf(issuer)) };
    }
  }
}

/** `skew` in seconds. */
const clientOf = (clientId: string, skew: number): oauth.Client => ({
  client_id: clientId,
  [oauth.clockSkew]: skew,
  [oauth.clockTolerance]: CLOCK_TOLERANCE,
});

/** A provider that lists what it offers may refuse a request for more. */
function isOffered({ scopes_supported: offered }: oauth.AuthorizationServer, scope: string): boolean {
  return scope !== 'offline_access' || offered === undefined || offered.includes(scope);
}

function nameIn(claims: oauth.IDToken): string {
  const names = ['name', 'preferred_username', 'email'].map((claim) => claims[claim]);
  const name = names.filter((value) => typeof value === 'string').find((value) => value.trim() !== '');
  return (name ?? claims.sub).slice(0, 200);
}
