/** What a request brings to show who sent it. */
export type Credentials =
  { kind: 'bearer'; token: string } | { kind: 'basic'; user: string; password: string };

/** RFC 6750 section 2.1. */
const BEARER = /^Bearer +([\w~+/.-]+=*)$/i;
/** RFC 7617 section 2. */
const BASIC = /^Basic +([A-Za-z0-9+/]{1,4096}={0,2})$/i;

/** Reads an `Authorization` header; `undefined` when it holds nothing that could be credentials. */
export function readCredentials(authorization: string | undefined): Credentials | undefined {
  const token = BEARER.exec(authorization ?? '')?.[1];
  if (token !== undefined) return { kind: 'bearer', token };
  const encoded = BASIC.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  return { kind: 'basic', user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Whether a bearer token has the shape of a JWT (RFC 7519 section 3), which none of the lobby's own tokens has. */
export const isJwt = (token: string) => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
