import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { addressIsUnknown, readSettings } from '../../../lobby/settings';

const enough = {
  JITSI_URL: 'https://meet.example.com',
  JITSI_RSA_JWT_KEY_FILE: '/etc/parley/key.pem',
  LOBBY_ACCESS_TOKENS_FILE: '/var/lib/parley/tokens.json',
};

const settingsOf = (environment: Record<string, string>) => {
  const read = readSettings({ ...enough, ...environment });
  if (!read.ok) throw new Error(read.faults.join());
  return read;
};
const faultsOf = (environment: Record<string, string>) => {
  const read = readSettings({ ...enough, ...environment });
  return read.ok ? [] : read.faults;
};

describe('settings', () => {
  it('need three variables; the rest has defaults', () => {
    expect(settingsOf({})).toEqual({
      ok: true,
      warnings: [],
      ignored: [],
      settings: {
        deployments: [
          {
            id: 'default',
            region: 'default',
            url: 'https://meet.example.com',
            appId: 'CodeWithMe',
            xmppDomain: 'meet.example.com',
            tenant: undefined,
            secret: undefined,
          },
        ],
        keys: {
          kind: 'files',
          variable: 'JITSI_RSA_JWT_KEY_FILE',
          files: [{ kid: 'CWMKey', file: '/etc/parley/key.pem' }],
        },
        appId: 'CodeWithMe',
        claims: { user: new Set(['name']), features: undefined },
        tokenTtl: 600,
        host: '127.0.0.1',
        port: 8788,
        publicUrl: undefined,
        auth: {
          open: false,
          accessTokensFile: '/var/lib/parley/tokens.json',
          oidc: undefined,
          ldap: undefined,
        },
        limits: {
          perUser: { points: 1200, duration: 60 },
          perAddress: { points: 12_000, duration: 60 },
          redisUrl: undefined,
          trustProxy: false,
          corsOrigins: [],
        },
        bridges: new Map(),
        regionHeader: undefined,
        metricsToken: undefined,
        invites: { usual: 86_400, longest: 2_592_000 },
      },
    });
  });

  it('takes what is set', () => {
    const { settings } = settingsOf({
      JWT_APP_ID: 'calls',
      JWT_KEY_ID: 'k2',
      JITSI_XMPP_DOMAIN: 'Meet.Jitsi',
      LOBBY_TOKEN_TTL: '120',
      LOBBY_HOST: '0.0.0.0',
      LOBBY_PORT: '80',
      LOBBY_PUBLIC_URL: 'https://lobby.example.com/',
    });
    expect(settings).toMatchObject({
      appId: 'calls',
      keys: { files: [{ kid: 'k2' }] },
      tokenTtl: 120,
      host: '0.0.0.0',
      port: 80,
      publicUrl: 'https://lobby.example.com',
    });
    expect(settings.deployments[0].xmppDomain).toBe('meet.jitsi');
  });

  it('counts an empty variable as not set', () => {
    expect(settingsOf({ JWT_APP_ID: '', LOBBY_TOKEN_TTL: ' ' }).settings).toMatchObject({
      appId: 'CodeWithMe',
      tokenTtl: 600,
    });
  });

  it('names what is missing, in the order in which to set it', () => {
    expect(readSettings({})).toEqual({
      ok: false,
      faults: [],
      missing: ['JITSI_URL', 'JITSI_RSA_JWT_KEY_FILE', 'LOBBY_ACCESS_TOKENS_FILE'],
    });
    expect(readSettings({ LOBBY_AUTH: 'none' })).toMatchObject({
      missing: ['JITSI_URL', 'JITSI_RSA_JWT_KEY_FILE'],
    });
  });

  it.each([
    ['JITSI_URL', 'meet.example.com'],
    ['JITSI_XMPP_DOMAIN', '*'],
    ['JWT_APP_ID', 'two words'],
    ['JWT_APP_ID', 'parley-invite'],
    ['JWT_KEY_ID', 'x'.repeat(65)],
    ['JWT_APP_SECRET', 'x'.repeat(32)],
    ['JWT_APP_SECRET_FILE', '/nowhere/secrets/jwt'],
    ['JWT_APP_SECRET_EU', 'x'.repeat(32)],
    ['LOBBY_TOKEN_USER', 'name,phone'],
    ['LOBBY_FEATURES', 'recording,teleport'],
    ['LOBBY_MEETING_CONFIG', '["disablePolls"]'],
    ['LOBBY_MEETING_CONFIG', '{"hosts":{"domain":"x"}}'],
    ['JITSI_RSA_JWT_KEY_DIR', '/etc/parley/keys'],
    ['JITSI_RSA_JWT_KEY_FILES', 'k1=/etc/parley/a.pem'],
    ['LOBBY_TOKEN_TTL', '0'],
    ['LOBBY_TOKEN_TTL', '86401'],
    ['LOBBY_TOKEN_TTL', '10m'],
    ['LOBBY_PORT', '65536'],
    ['LOBBY_PORT', '-1'],
    ['LOBBY_PUBLIC_URL', 'https://lobby.example.com/parley'],
    ['LOBBY_PUBLIC_URL', 'http://lobby.example.com'],
    ['LOBBY_AUTH', 'tokens,tokens'],
    ['LOBBY_RATE_LIMIT', 'many'],
    ['LOBBY_ADDRESS_RATE_LIMIT', '0/min'],
    ['LOBBY_TRUST_PROXY', 'all'],
    ['LOBBY_TRUST_PROXY', '10.0.0.0/33'],
    ['LOBBY_CORS_ORIGINS', '*'],
    ['LOBBY_CORS_ORIGINS', 'https://app.example.com/'],
    ['LOBBY_METRICS_TOKEN_FILE', '/nowhere/token'],
    ['REDIS_URL', 'http://redis'],
    ['REDIS_URL', 'redis://'],
    ['REDIS_URL', 'redis://redis:99999'],
    ['REDIS_URL', 'redis://:p/a#s@redis:6379'],
    ['REDIS_URL', 'redis://p#s@redis:6379'],
    ['REDIS_URL', 'redis://:p%zz@redis'],
    ['REDIS_URL', 'redis://%zz@redis'],
    ['REDIS_URL', 'redis://redis/first'],
    ['REDIS_URL', 'redis://redis?db=first'],
    ['REDIS_URL', 'redis://redis?replyMapping=resp3'],
    ['LOBBY_AUTH', 'tokens,none'],
    ['LOBBY_AUTH', 'nobody'],
  ])('refuses %s=%s and names the variable', (variable, value) => {
    const faults = faultsOf({ [variable]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(variable);
  });

  it('says nothing of a secret that it refuses', () => {
    expect(faultsOf({ JWT_APP_SECRET: 'hush-hush' }).join()).not.toContain('hush-hush');
    expect(faultsOf({ REDIS_URL: 'redis://:hush#hush@redis' }).join()).not.toContain('hush');
  });

  it.each([
    'redis://127.0.0.1:6379',
    'rediss://redis.example.com',
    'redis://:p%2Fa%23s@redis:6379',
    'redis://lobby:secret@[::1]:6379/3',
    'redis://redis/?db=2&family=6',
  ])('takes %s for Redis, and so does its client', (url) => {
    expect(settingsOf({ REDIS_URL: url }).settings.limits.redisUrl).toBe(url);
    const redis = new Redis(url, { lazyConnect: true });
    expect(redis.options.host).not.toBe('localhost');
  });

  it('names the variables that nothing reads: misspelt, or of a way in that is not on', () => {
    const { ignored } = settingsOf({
      LDAP_URL: 'ldaps://a',
      LOBBY_OIDC_ISSUER: 'https://b',
      LOBBY_PUBLIC_ULR: 'https://lobby.example.com',
      REDIS_URL: 'redis://c',
      UNRELATED: 'e',
    });
    expect(ignored).toEqual(['LDAP_URL', 'LOBBY_OIDC_ISSUER', 'LOBBY_PUBLIC_ULR']);
  });

  const oidc = {
    LOBBY_AUTH: 'oidc',
    LOBBY_OIDC_ISSUER: 'https://id.example.com',
    LOBBY_OIDC_AUDIENCE: 'parley',
  };
  const ldap = { LOBBY_AUTH: 'ldap', LDAP_URL: 'ldaps://ldap.example.com', LDAP_BASE: 'dc=example' };

  it.each<[string, Record<string, string>]>([
    ['LOBBY_OIDC_ISSUER', { ...oidc, LOBBY_OIDC_ISSUER: '' }],
    ['LOBBY_OIDC_ISSUER', { ...oidc, LOBBY_OIDC_ISSUER: 'http://id.example.com' }],
    ['LOBBY_OIDC_AUDIENCE', { ...oidc, LOBBY_OIDC_AUDIENCE: '' }],
    ['LOBBY_OIDC_ALGORITHMS', { ...oidc, LOBBY_OIDC_ALGORITHMS: 'RS256,none' }],
    ['LOBBY_OIDC_ALGORITHMS', { ...oidc, LOBBY_OIDC_ALGORITHMS: 'HS256' }],
    ['LDAP_URL', { ...ldap, LDAP_URL: '' }],
    ['LDAP_URL', { ...ldap, LDAP_URL: 'https://ldap.example.com' }],
    ['LDAP_URL', { ...ldap, LDAP_URL: 'ldap://ldap.example.com' }],
    ['LDAP_BASE', { LOBBY_AUTH: 'ldap', LDAP_URL: 'ldaps://ldap.example.com' }],
    ['LDAP_FILTER', { ...ldap, LDAP_FILTER: '(uid=ana)' }],
    ['LDAP_FILTER', { ...ldap, LDAP_FILTER: '(uid=%u))' }],
    ['LDAP_BINDPW', { ...ldap, LDAP_BINDDN: 'cn=reader' }],
    ['LDAP_BINDPW', { ...ldap, LDAP_BINDDN: 'cn=reader', LDAP_BINDPW: 'x', LDAP_BINDPW_FILE: '/y' }],
    ['LDAP_TLS_CACERT_FILE', { ...ldap, LDAP_TLS_CACERT_FILE: '/nowhere/ca.pem' }],
    ['LDAP_TLS_CHECK_PEER', { ...ldap, LDAP_TLS_CHECK_PEER: 'perhaps' }],
    ['LDAP_START_TLS', { ...ldap, LDAP_START_TLS: '1' }],
  ])('names %s when a way in lacks it or it is impossible: %j', (variable, changes) => {
    const faults = faultsOf(changes);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(variable);
  });

  it('takes ways in together, each with what it needs', () => {
    const { settings } = settingsOf({
      ...ldap,
      ...oidc,
      LOBBY_AUTH: 'tokens, oidc,ldap',
      LDAP_URL: 'ldap://ldap.example.com',
      LDAP_USE_TLS: '1',
    });
    expect(settings.auth).toMatchObject({
      open: false,
      oidc: { issuer: 'https://id.example.com', audience: 'parley', clientId: 'parley' },
      ldap: { filter: '(uid=%u)', startTls: true, checkPeer: true, bind: undefined },
    });
  });
});

it('take a directory as docker-jitsi-meet has it: an empty base, a filter without brackets', () => {
  const ldap = { LDAP_URL: 'ldaps://ldap.example.com', LDAP_BASE: '', LDAP_FILTER: 'uid=%u' };
  const { settings } = settingsOf({ ...ldap, LOBBY_AUTH: 'ldap' });
  expect(settings.auth.ldap).toMatchObject({ base: '', filter: '(uid=%u)' });
  expect(settingsOf({ LDAP_BASE: '' }).ignored).toEqual([]);
});

describe('LOBBY_AUTH=none', () => {
  it.each(['127.0.0.1', '127.8.9.1', 'localhost', '::1'])('is allowed on %s', (host) => {
    expect(settingsOf({ LOBBY_AUTH: 'none', LOBBY_HOST: host }).settings.auth).toMatchObject({ open: true });
  });

  it.each(['0.0.0.0', '::', '192.0.2.1', 'lobby.example.com', '127.0.0.1.example.com'])(
    'must be said twice on %s',
    (host) => {
      expect(faultsOf({ LOBBY_AUTH: 'none', LOBBY_HOST: host })).toEqual([
        expect.stringContaining('none,none'),
      ]);
      expect(settingsOf({ LOBBY_AUTH: 'none,none', LOBBY_HOST: host }).settings.auth).toMatchObject({
        open: true,
      });
    },
  );
});

it.each([
  [{}, false],
  [{ LOBBY_HOST: '0.0.0.0' }, true],
  [{ LOBBY_HOST: '192.0.2.1' }, true],
  [{ LOBBY_HOST: '0.0.0.0', LOBBY_PUBLIC_URL: 'https://lobby.example.com' }, false],
])('with %j nobody has told by which address other machines come: %s', (environment, unknown) => {
  expect(addressIsUnknown(settingsOf(environment).settings)).toBe(unknown);
});
