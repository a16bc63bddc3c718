/** Puts the ways in together: what a request brings decides which one is asked. */
import type { AccessTokens } from './accessTokens';
import type { Authenticate, Caller } from './caller';
import type { FailedLogins } from '../limits/failedLogins';
import { Refusal } from '../problem';
import { isJwt, readCredentials, type Credentials } from './credentials';
import type { LdapWay } from './ldap';
import type { OidcWay } from './oidc';

export interface Ways {
  tokens: AccessTokens | undefined;
  oidc: OidcWay | undefined;
  ldap: LdapWay | undefined;
  failedLogins: FailedLogins;
}

/** Lets in whoever one of the ways knows. */
export function byCredentials(ways: Ways): Authenticate {
  return async (request) => {
    const credentials = readCredentials(request.headers.authorization);
    if (credentials === undefined) throw missing(ways);
    const account = credentials.kind === 'basic' ? credentials.user : undefined;
    return ways.failedLogins.attempt(request.ip, account, () => callerOf(ways, credentials));
  };
}

async function callerOf({ tokens, oidc, ldap }: Ways, credentials: Credentials): Promise<Caller> {
  if (credentials.kind === 'basic') {
    if (ldap === undefined) throw notTaken('This lobby takes no user names and passwords.');
    return ldap.callerOf(credentials.user, credentials.password);
  }
  const { token } = credentials;
  if (oidc !== undefined && isJwt(token)) return oidc.callerOf(token);
  if (tokens === undefined) throw notTaken('This lobby takes no access tokens.');
  const caller = await tokens.callerOf(token);
  if (caller === undefined) throw notTaken('The access token is unknown or was revoked.');
  return caller;
}

const notTaken = (detail: string) =>
  new Refusal('unauthorized', {
    detail,
    headers: { 'www-authenticate': 'Bearer realm="parley", error="invalid_token"' },
  });

function missing({ tokens, oidc, ldap }: Ways): Refusal {
  const basic = 'Basic realm="parley", charset="UTF-8"';
  const bearer = 'Bearer realm="parley"';
  const both = [...((tokens ?? oidc) ? [bearer] : []), ...(ldap ? [basic] : [])];
  return new Refusal('unauthorized', {
    detail: 'No access token was sent.',
    headers: { 'www-authenticate': both.join(', ') },
  });
}
