/**
 * What may be written down of a text, such as an error's message: no token, no address beyond its origin, no path into the
 * user's home. It is the last guard: whoever logs passes nothing secret in the first place.
 */
import { homedir } from 'node:os';
import { parseUrl } from '../../shared/webUrl';

/** A signed token in its compact form (RFC 7515), whole or cut: its head is JSON, so nearly all of them begin alike. */
const TOKEN = /eyJ[\w-]{8,}(?:\.[\w-]*){0,4}|[\w-]+\.[\w-]+\.[\w-]{40,}/g;
/** What an `Authorization` header holds (RFC 9110, 11.4). */
const AUTHORIZATION = /\b(Bearer|Basic) +[\w.~+/=-]{4,}/g;
const ADDRESS = /\b[a-z][a-z\d+.-]*:\/\/[^\s"'<>`]*|\bmailto:[^\s"'<>`]*/gi;
/** As our lobby makes them (`lobby/auth/accessTokensFile.ts`). */
const ACCESS_TOKEN = /parley_[\w-]+/g;
/** As long as no word is: other access tokens, refresh tokens and passwords made by a machine look like this. */
const OPAQUE = /[\w+=~-]{28,}/g;
/** Names a token and opens nothing (RFC 9562). */
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A text without its secrets; a token's place is taken by its `jti`, an address is cut to its origin. */
export function redacted(text: string, home = homedir()): string {
  return withoutHome(text, home)
    .replace(TOKEN, named)
    .replace(ACCESS_TOKEN, '…')
    .replace(AUTHORIZATION, '$1 …')
    .replace(ADDRESS, originAlone)
    .replace(OPAQUE, (found) =>
      /\d/.test(found) && /[a-z]/i.test(found) && !UUID.test(found) ? '…' : found,
    );
}

function withoutHome(text: string, home: string): string {
  // Of root's `/` and the like nothing would be left.
  return home.length > 1 ? text.replaceAll(`${home}/`, '~/').replaceAll(`${home}\\`, '~\\') : text;
}

function named(token: string): string {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as unknown;
    const jti = typeof claims === 'object' && claims !== null && 'jti' in claims ? claims.jti : undefined;
    return typeof jti === 'string' && UUID.test(jti) ? `<token:${jti}>` : '<token>';
  } catch {
    return '<token>';
  }
}

/** Schemes whose addresses are files of this app: their path says where something went wrong. */
const OF_THE_APP = new Set(['file:', 'parley-app:']);

function originAlone(address: string): string {
  const scheme = address.slice(0, address.indexOf(':') + 1).toLowerCase();
  if (OF_THE_APP.has(scheme)) return address.replace(/[?#].*$/, '…');
  const url = parseUrl(address);
  if (url === undefined || url.host === '' || scheme === 'parley:') return `${scheme}…`;
  const origin = `${url.protocol}//${url.host}`;
  return address.length <= origin.length + 1 ? origin : `${origin}/…`;
}
