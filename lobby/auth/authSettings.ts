import { readFileSync } from 'node:fs';
import { isLoopbackHost, isSecureUrl } from '../../shared/webUrl';
import type { Given } from '../given';
import { readSecret } from '../secretVariable';
import { readFilter } from './ldapFilter';
import type { LdapSettings } from './ldapMessages';
import type { OidcSettings } from './oidc';

/** Who may ask for rooms. `open`: whoever reaches the lobby; else by the ways that are set, each in its own form. */
export interface AuthSettings {
  open: boolean;
  accessTokensFile: string | undefined;
  oidc: OidcSettings | undefined;
  ldap: LdapSettings | undefined;
}

/** Ways of `LOBBY_AUTH`, as they are given. */
export type AuthWays = readonly string[];

const WAYS = ['tokens', 'oidc', 'ldap'];
/** Algorithms that a provider signs with by default: asymmetric ones (RFC 7518 section 3.1, RFC 8037). */
export const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
];

/** Reads `LOBBY_AUTH`: `tokens`, `oidc`, `ldap` or several of them; or `none`, once or twice. */
export function readAuthWays(given: Given): { value: AuthWays } | { faults: string[] } {
  const ways = (given['LOBBY_AUTH'] ?? 'tokens').split(',').map((way) => way.trim());
  const known = ways.every((way) => WAYS.includes(way)) && new Set(ways).size === ways.length;
  if (known || ['none', 'none,none'].includes(ways.join())) return { value: ways };
  return {
    faults: ['LOBBY_AUTH takes tokens, oidc, ldap, or several of them with commas between; or none.'],
  };
}

/** Reads what the ways need. A file of access tokens that is missing is told elsewhere, with the command that makes one. */
export function readAuthSettings(
  given: Given,
  ways: AuthWays,
): { value: AuthSettings } | { faults: string[] } {
  const faults: string[] = [];
  const part = <Value>(wanted: boolean, read: () => { value: Value } | { faults: string[] }) => {
    if (!wanted) return undefined;
    const result = read();
    if ('value' in result) return result.value;
    faults.push(...result.faults);
    return undefined;
  };
  const oidc = part(ways.includes('oidc'), () => readOidc(given));
  const ldap = part(ways.includes('ldap'), () => readLdap(given));
  if (faults.length > 0) return { faults };
  const accessTokensFile = ways.includes('tokens') ? given['LOBBY_ACCESS_TOKENS_FILE'] : undefined;
  return { value: { open: ways.includes('none'), accessTokensFile, oidc, ldap } };
}

function readOidc(given: Given): { value: OidcSettings } | { faults: string[] } {
  const faults: string[] = [];
  const issuer = given['LOBBY_OIDC_ISSUER'] ?? '';
  if (!isProtected(issuer)) {
    faults.push(
      'LOBBY_OIDC_ISSUER takes the provider’s https address, just as the provider writes it in its tokens.',
    );
  }
  const clientId = given['LOBBY_OIDC_CLIENT_ID'] ?? given['LOBBY_OIDC_AUDIENCE'] ?? '';
  const audience = given['LOBBY_OIDC_AUDIENCE'] ?? clientId;
  if (audience === '') {
    faults.push('LOBBY_OIDC_AUDIENCE is not set: it says for whom a token must be (aud), such as parley.');
  }
  const algorithms = listOf(given['LOBBY_OIDC_ALGORITHMS'], ALGORITHMS);
  const bad = algorithms.filter((name) => !ALGORITHMS.includes(name));
  if (bad.length > 0) {
    faults.push(`LOBBY_OIDC_ALGORITHMS does not take ${bad.join(', ')}; it takes ${ALGORITHMS.join(', ')}.`);
  }
  if (faults.length > 0) return { faults };
  return {
    value: {
      issuer,
      audience,
      clientId,
      algorithms,
      claims: {
        user: given['LOBBY_OIDC_USER_CLAIM'] ?? 'preferred_username',
        name: given['LOBBY_OIDC_NAME_CLAIM'] ?? 'name',
        email: given['LOBBY_OIDC_EMAIL_CLAIM'] ?? 'email',
        groups: given['LOBBY_OIDC_GROUPS_CLAIM'] ?? 'groups',
      },
      requiredGroup: given['LOBBY_OIDC_REQUIRED_GROUP'],
      moderatorGroup: given['LOBBY_OIDC_MODERATOR_GROUP'],
      scopes: listOf(given['LOBBY_OIDC_SCOPES'], ['openid', 'profile', 'email', 'offline_access']),
    },
  };
}

function readLdap(given: Given): { value: LdapSettings } | { faults: string[] } {
  const faults: string[] = [];
  const { LDAP_URL: url = '', LDAP_BASE: base, LDAP_FILTER: filterText = '(uid=%u)' } = given;
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address === undefined || !['ldap:', 'ldaps:'].includes(address.protocol) || address.hostname === '') {
    faults.push('LDAP_URL takes an address such as ldaps://ldap.example.com.');
  }
  if (base === undefined) {
    faults.push(
      'LDAP_BASE is not set: it says where people are, such as ou=people,dc=example,dc=com. Set it to nothing for the ' +
        'base that the directory takes by itself.',
    );
  }
  const filter = readFilter(filterText);
  if (filter === undefined) {
    faults.push(`LDAP_FILTER takes a filter with %u for the name, such as (uid=%u), not ${filterText}`);
  }
  const flag = (name: string, otherwise: boolean): boolean => {
    const text = (given[name] ?? '').toLowerCase();
    if (['1', 'true', 'yes', 'on'].includes(text)) return true;
    if (['0', 'false', 'no', 'off'].includes(text)) return false;
    if (text !== '') faults.push(`${name} takes 1 or 0.`);
    return otherwise;
  };
  const useTls = flag('LDAP_USE_TLS', false);
  const secure = address?.protocol === 'ldaps:';
  const startTls = flag('LDAP_START_TLS', useTls && !secure);
  if (startTls && secure)
    faults.push('LDAP_START_TLS is for ldap:// addresses; ldaps:// is protected from its first byte.');
  if (address?.protocol === 'ldap:' && !startTls && !isLoopbackHost(address.hostname)) {
    faults.push(`LDAP_URL ${url} would carry passwords unprotected. Take ldaps://, or set LDAP_START_TLS=1.`);
  }
  const checkPeer = flag('LDAP_TLS_CHECK_PEER', true);
  const caFile = given['LDAP_TLS_CACERT_FILE'];
  const ca = caFile === undefined ? undefined : readCa(caFile, faults);
  const password = readSecret(given, 'LDAP_BINDPW');
  if ('faults' in password) faults.push(...password.faults);
  const dn = given['LDAP_BINDDN'];
  const bindPassword = 'value' in password ? password.value : undefined;
  if (dn !== undefined && 'value' in password && bindPassword === undefined)
    faults.push('LDAP_BINDPW is not set, but LDAP_BINDDN is.');
  if (faults.length > 0 || base === undefined || filter === undefined) return { faults };
  const bind = dn === undefined || bindPassword === undefined ? undefined : { dn, password: bindPassword };
  return { value: { url, base, filter, bind, startTls, checkPeer, ca } };
}

function readCa(file: string, faults: string[]): string | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
    faults.push(`LDAP_TLS_CACERT_FILE ${file} holds no certificate in PEM.`);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    faults.push(`LDAP_TLS_CACERT_FILE ${file} cannot be read (${code}).`);
  }
  return undefined;
}

const listOf = (text: string | undefined, otherwise: readonly string[]) =>
  text === undefined ? otherwise : text.split(/[\s,]+/).filter((entry) => entry !== '');

function isProtected(address: string): boolean {
  return URL.canParse(address) && isSecureUrl(new URL(address));
}
