import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../lobby/settings';

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
      ignored: [],
      settings: {
        deployments: [
          {
            id: 'default',
            region: 'default',
            url: 'https://meet.example.com',
            xmppDomain: 'meet.example.com',
          },
        ],
        keyFile: '/etc/parley/key.pem',
        appId: 'CodeWithMe',
        keyId: 'CWMKey',
        tokenTtl: 600,
        host: '127.0.0.1',
        port: 8788,
        publicUrl: undefined,
        auth: { kind: 'tokens', file: '/var/lib/parley/tokens.json' },
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
      keyId: 'k2',
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
    ['JWT_APP_SECRET', 'hush'],
    ['JWT_APP_SECRET_FILE', '/run/secrets/jwt'],
    ['LOBBY_TOKEN_TTL', '9'],
    ['LOBBY_TOKEN_TTL', '86401'],
    ['LOBBY_TOKEN_TTL', '10m'],
    ['LOBBY_PORT', '65536'],
    ['LOBBY_PORT', '-1'],
    ['LOBBY_PUBLIC_URL', 'https://lobby.example.com/parley'],
    ['LOBBY_PUBLIC_URL', 'http://lobby.example.com'],
    ['LOBBY_AUTH', 'oidc'],
    ['LOBBY_AUTH', 'tokens,ldap'],
    ['LOBBY_AUTH', 'tokens,none'],
    ['LOBBY_AUTH', 'nobody'],
  ])('refuses %s=%s and names the variable', (variable, value) => {
    const faults = faultsOf({ [variable]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(variable);
  });

  it('says nothing of a secret that it refuses', () => {
    expect(faultsOf({ JWT_APP_SECRET: 'hush-hush' }).join()).not.toContain('hush-hush');
  });

  it('names the variables of other versions that it does not follow', () => {
    const { ignored } = settingsOf({
      LDAP_URL: 'ldaps://a',
      LOBBY_OIDC_ISSUER: 'https://b',
      REDIS_URL: 'redis://c',
      UNRELATED: 'e',
    });
    expect(ignored).toEqual(['LDAP_URL', 'LOBBY_OIDC_ISSUER', 'REDIS_URL']);
  });
});

describe('LOBBY_AUTH=none', () => {
  it.each(['127.0.0.1', '127.8.9.1', 'localhost', '::1'])('is allowed on %s', (host) => {
    expect(settingsOf({ LOBBY_AUTH: 'none', LOBBY_HOST: host }).settings.auth).toEqual({ kind: 'none' });
  });

  const open = { LOBBY_PUBLIC_URL: 'https://lobby.example.com' };
  it.each(['0.0.0.0', '::', '192.0.2.1', 'lobby.example.com', '127.0.0.1.example.com'])(
    'must be said twice on %s',
    (host) => {
      expect(faultsOf({ ...open, LOBBY_AUTH: 'none', LOBBY_HOST: host })).toEqual([
        expect.stringContaining('none,none'),
      ]);
      expect(settingsOf({ ...open, LOBBY_AUTH: 'none,none', LOBBY_HOST: host }).settings.auth).toEqual({
        kind: 'none',
      });
    },
  );
});

it('needs a public address where other machines reach the lobby', () => {
  expect(faultsOf({ LOBBY_HOST: '0.0.0.0' })).toEqual([expect.stringContaining('LOBBY_PUBLIC_URL')]);
});
