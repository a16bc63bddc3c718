/** Every variable: a value that cannot be stops the start, with a message that names it and no stack. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLobby } from '../support/lobbyProcess';

const oidc = {
  LOBBY_AUTH: 'oidc',
  LOBBY_OIDC_ISSUER: 'https://id.example.com',
  LOBBY_OIDC_AUDIENCE: 'parley',
};
const ldap = { LOBBY_AUTH: 'ldap', LDAP_URL: 'ldaps://ldap.example.com', LDAP_BASE: 'dc=example,dc=com' };
const missing = '/nonexistent/parley/file';

/** Values that cannot be, by variable, and what has to be set besides for them to matter. */
const IMPOSSIBLE: Record<string, { values: string[]; with?: Record<string, string> }> = {
  JITSI_URL: {
    values: [
      'meet',
      'ftp://meet.example.com',
      'http://meet.example.com',
      'eu=',
      'eu=https://a.example.com,eu=https://b.example.com',
      `eu=https://a.example.com,${'x'.repeat(64)}=https://b.example.com`,
    ],
  },
  JITSI_XMPP_DOMAIN: { values: ['*', 'meet jitsi', '-'] },
  JITSI_TENANT: { values: ['*', 'Acme', 'a.b', 'acme/room'] },
  JITSI_TENANT_ACME: { values: ['acme'] },
  JITSI_TENANT_OTHER: { values: ['acme'] },
  JITSI_RSA_JWT_KEY_FILE: { values: [missing, '/dev/null', '/', `k1=${missing}`, 'k1=/dev/null,k2'] },
  JWT_APP_ID: { values: ['a b', 'parley-invite', 'ä', 'x'.repeat(65)] },
  JWT_APP_SECRET: { values: ['a-shared-secret'] },
  JITSI_RSA_JWT_KEY_FILES: { values: ['k1', `k1=${missing}`], with: { JITSI_RSA_JWT_KEY_FILE: '' } },
  JITSI_RSA_JWT_KEY_DIR: { values: [missing, '/dev/null'], with: { JITSI_RSA_JWT_KEY_FILE: '' } },
  JWT_APP_SECRET_FILE: { values: [missing, '/'], with: { JITSI_RSA_JWT_KEY_FILE: '' } },
  JWT_APP_SECRET_EU: { values: ['a-shared-secret'] },
  JWT_APP_ID_EU_WEST: { values: ['calls'] },
  LOBBY_TOKEN_USER: { values: ['phone', 'name,*'] },
  LOBBY_FEATURES: { values: ['telepathy', 'recording,'] },
  LOBBY_MEETING_CONFIG: {
    values: ['disablePolls', '["disablePolls"]', '{"hosts":{"domain":"x"}}', '{"startSilent":true}'],
  },
  JWT_KEY_ID: { values: ['a b', 'x'.repeat(65)] },
  LOBBY_TOKEN_TTL: { values: ['0', '-1', '1e3', '86401', '10 minutes'] },
  LOBBY_INVITE_TTL: { values: ['59', '2592001', 'day'] },
  LOBBY_INVITE_TTL_MAX: { values: ['0', '99999999999', '3600.5'] },
  LOBBY_AUTH: { values: ['kerberos', 'tokens,none', 'tokens,tokens', ','] },
  LOBBY_ACCESS_TOKENS_FILE: { values: ['/', '/dev/null/x'] },
  LOBBY_HOST: {
    values: ['not a host', '999.0.0.1'],
    with: { LOBBY_PUBLIC_URL: 'https://lobby.example.com' },
  },
  LOBBY_PORT: { values: ['http', '65536', '-1', '0x50'] },
  LOBBY_PUBLIC_URL: {
    values: [
      'lobby.example.com',
      'http://lobby.example.com',
      'https://lobby.example.com/path',
      'https://a:b@lobby.example.com',
    ],
  },
  LOBBY_OIDC_ISSUER: { values: ['id.example.com', 'http://id.example.com'], with: oidc },
  LOBBY_OIDC_AUDIENCE: { values: [''], with: oidc },
  LOBBY_OIDC_ALGORITHMS: { values: ['HS256', 'none', 'RS256,none'], with: oidc },
  LDAP_URL: {
    values: ['ldap.example.com', 'https://ldap.example.com', 'ldap://ldap.example.com'],
    with: ldap,
  },
  LDAP_BINDPW: { values: [''], with: { ...ldap, LDAP_BINDDN: 'cn=parley' } },
  LDAP_BINDPW_FILE: { values: [missing, '/'], with: { ...ldap, LDAP_BINDDN: 'cn=parley' } },
  LDAP_FILTER: {
    values: [
      '(uid=ada)',
      '(uid=%u))',
      '(%u)',
      '(uid=%u)(x=y)',
      '(uid=%u',
      '(%u=x)',
      '(uid=%%u)',
      '((uid=%u))',
    ],
    with: ldap,
  },
  LDAP_USE_TLS: { values: ['maybe'], with: ldap },
  LDAP_START_TLS: { values: ['1', '2'], with: ldap },
  LDAP_TLS_CHECK_PEER: { values: ['never'], with: ldap },
  LDAP_TLS_CACERT_FILE: { values: [missing, '/dev/null'], with: ldap },
  LOBBY_RATE_LIMIT: { values: ['100', '0/min', '10/day', '-1/s'] },
  LOBBY_ADDRESS_RATE_LIMIT: { values: ['many', '99999999/s'] },
  REDIS_URL: {
    values: [
      '127.0.0.1:6379',
      'http://redis.example.com',
      'redis://127.0.0.1:99999',
      'redis://:p/a#s@127.0.0.1:6379',
      'redis://:p%zz@127.0.0.1',
      'redis://127.0.0.1?replyMapping=resp3',
    ],
  },
  REDIS_URL_FILE: { values: [missing] },
  LOBBY_TRUST_PROXY: { values: ['true', '0', '11', '10.0.0.0/33', 'proxy.example.com'] },
  LOBBY_CORS_ORIGINS: { values: ['*', 'app.example.com', 'https://app.example.com/'] },
  LOBBY_REGION_HEADER: { values: ['X Region', 'X:Region'] },
  LOBBY_REGION_MAP: { values: ['DE=eu', 'DE'], with: { LOBBY_REGION_HEADER: 'X-Region' } },
  LOBBY_METRICS_TOKEN_FILE: { values: [missing] },
  JVB_STATS_URL: { values: ['jvb1:8080', 'eu=http://a:8080', 'ftp://jvb1'] },
};

/** Any text can be meant: names of claims and groups, credentials. */
const ANYTHING = [
  'LDAP_BASE',
  'LDAP_BINDDN',
  'LOBBY_METRICS_TOKEN',
  'LOBBY_OIDC_CLIENT_ID',
  'LOBBY_OIDC_MODERATOR_GROUP',
  'LOBBY_OIDC_REQUIRED_GROUP',
  'LOBBY_OIDC_USER_CLAIM',
];
/** In the guide, but not the lobby's. */
const FOREIGN = ['JVB_OCTO_REGION'];

let directory: string;
let enough: Record<string, string>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'parley-impossible-'));
  enough = {
    JITSI_URL: 'https://meet.example.com',
    JITSI_RSA_JWT_KEY_FILE: join(directory, 'key.pem'),
    LOBBY_ACCESS_TOKENS_FILE: join(directory, 'tokens.json'),
    LOBBY_PORT: '0',
  };
  expect((await runLobby(['keygen', enough['JITSI_RSA_JWT_KEY_FILE'] ?? ''])).code).toBe(0);
});
afterAll(() => rm(directory, { recursive: true }));

const cases = Object.entries(IMPOSSIBLE).flatMap(([variable, { values, with: besides }]) =>
  values.map((value): [string, string, Record<string, string> | undefined] => [variable, value, besides]),
);

describe('the start stops, naming the variable', () => {
  it.concurrent.each(cases)('%s=%s', { timeout: 60_000 }, async (variable, value, besides = {}) => {
    const { code, stdout, stderr } = await runLobby(['serve'], { ...enough, ...besides, [variable]: value });
    // 78: a setting; 1: what only shows when it is used, such as a host or a file that is not there.
    expect([1, 78]).toContain(code);
    expect(stdout).toBe('');
    expect(stderr).toMatch(new RegExp(`\\b${variable}\\b`));
    expect(stderr).not.toMatch(/\n\s+at |Error:|is listening on|undefined/);
  });
});

it('the start stops when LDAP_BASE is not even set to nothing', async () => {
  const { LOBBY_AUTH, LDAP_URL } = ldap;
  const { code, stderr } = await runLobby(['serve'], { ...enough, LOBBY_AUTH, LDAP_URL });
  expect([code, stderr]).toEqual([78, expect.stringContaining('LDAP_BASE is not set')]);
});

it('is tried with every variable of the operator’s guide', async () => {
  const guide = await readFile(new URL('../../docs/operator.md', import.meta.url), 'utf8');
  const named = new Set(guide.match(/\b(LOBBY|JITSI|JWT|JVB|LDAP|REDIS)_[A-Z_]*[A-Z]\b/g));
  expect(
    [...named].filter(
      (variable) => ![...Object.keys(IMPOSSIBLE), ...ANYTHING, ...FOREIGN].includes(variable),
    ),
  ).toEqual([]);
});
