import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readSettings } from '../../../lobby/settings';

const enough = {
  JITSI_URL: 'eu=https://eu.example.com,us=https://us.example.com',
  JITSI_RSA_JWT_KEY_FILE: '/etc/parley/key.pem',
  LOBBY_ACCESS_TOKENS_FILE: '/var/lib/parley/tokens.json',
};

/** Every variable that could make a difference, less those that name a file to be read. */
const variables = [
  'JITSI_URL',
  'JITSI_XMPP_DOMAIN',
  'JWT_APP_ID',
  'JWT_APP_SECRET',
  'JWT_KEY_ID',
  'LOBBY_TOKEN_TTL',
  'LOBBY_INVITE_TTL',
  'LOBBY_INVITE_TTL_MAX',
  'LOBBY_AUTH',
  'LOBBY_HOST',
  'LOBBY_PORT',
  'LOBBY_PUBLIC_URL',
  'LOBBY_OIDC_ISSUER',
  'LOBBY_OIDC_AUDIENCE',
  'LOBBY_OIDC_ALGORITHMS',
  'LOBBY_OIDC_SCOPES',
  'LDAP_URL',
  'LDAP_BASE',
  'LDAP_BINDDN',
  'LDAP_BINDPW',
  'LDAP_FILTER',
  'LDAP_USE_TLS',
  'LDAP_START_TLS',
  'LOBBY_RATE_LIMIT',
  'LOBBY_ADDRESS_RATE_LIMIT',
  'REDIS_URL',
  'LOBBY_TRUST_PROXY',
  'LOBBY_CORS_ORIGINS',
  'LOBBY_REGION_HEADER',
  'LOBBY_REGION_MAP',
  'JVB_STATS_URL',
  'LOBBY_SOMETHING_ELSE',
];

const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.integer().map(String),
  fc.webUrl({ validSchemes: ['https', 'http', 'ldap', 'ldaps', 'redis'] }),
  fc.webUrl({ validSchemes: ['https', 'http'] }).map((url) => `eu=${url},us=${url}`),
  fc.constantFrom(
    '',
    ' ',
    'off',
    '*',
    '0',
    '1',
    'none',
    'none,none',
    'tokens,oidc,ldap',
    '::',
    '0.0.0.0',
    '__proto__',
    '%',
  ),
);
const environment = fc.dictionary(fc.constantFrom(...variables), value, { maxKeys: 6 });

it('whatever the variables hold, the settings are read or each fault names one of them', () => {
  fc.assert(
    fc.property(environment, (given) => {
      const read = readSettings({ ...enough, ...given });
      if (read.ok) {
        const { deployments, tokenTtl, port, invites, publicUrl } = read.settings;
        for (const { url } of deployments) expect(new URL(url).protocol).toMatch(/^https?:$/);
        expect(tokenTtl).toBeGreaterThanOrEqual(1);
        expect(port).toBeLessThan(65_536);
        expect(invites.usual).toBeLessThanOrEqual(invites.longest);
        if (publicUrl !== undefined) expect(new URL(publicUrl).origin).toBe(publicUrl);
        return;
      }
      expect(read.faults.length + read.missing.length).toBeGreaterThan(0);
      for (const fault of read.faults) expect(fault).toMatch(/\b(LOBBY|JITSI|JWT|JVB|LDAP|REDIS)_[A-Z_]+\b/);
    }),
    { numRuns: 2_000 },
  );
});
