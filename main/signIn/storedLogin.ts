/** What is kept of a sign-in in the keychain, under the lobby's origin. */
import { z } from 'zod';

/** A sign-in at an OpenID provider. Its ID and access tokens are never kept: they are got anew by the refresh token. */
const OidcLogin = z.object({
  kind: z.literal('oidc'),
  issuer: z.string(),
  clientId: z.string(),
  use: z.enum(['access_token', 'id_token']),
  /** `sub`: a renewal must not turn one person into another. */
  subject: z.string(),
  name: z.string(),
  /** Absent when the provider gives none; then the sign-in lasts as long as its first token. */
  refreshToken: z.string().optional(),
});
export type OidcLogin = z.infer<typeof OidcLogin>;

const PasswordLogin = z.object({ kind: z.literal('ldap'), user: z.string(), password: z.string() });

const StoredLogin = z.discriminatedUnion('kind', [OidcLogin, PasswordLogin]);

/** How one shows a lobby who one is. */
export type Login = { kind: 'token'; token: string } | z.infer<typeof StoredLogin>;

/**
 * An access token is kept as it is: other programs read it. The others are JSON, which begins as no token that a lobby takes
 * can (RFC 6750 section 2.1 has no brace). `undefined`: nothing that could be used.
 */
export function readLogin(text: string | undefined): Login | undefined {
  if (text === undefined) return undefined;
  if (!text.startsWith('{')) return { kind: 'token', token: text };
  try {
    return StoredLogin.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function writeLogin(login: z.infer<typeof StoredLogin>): string {
  return JSON.stringify(login);
}

/** A sign-in that can be renewed and revoked. */
export function withRefreshToken(
  login: Login | undefined,
): (OidcLogin & { refreshToken: string }) | undefined {
  if (login?.kind !== 'oidc') return undefined;
  const { refreshToken } = login;
  return refreshToken === undefined ? undefined : { ...login, refreshToken };
}
