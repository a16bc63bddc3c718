/** When a sign-in is renewed, and what becomes of a lobby's refusals. With real providers: `test/integration/signIn.test.ts`. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Proof } from '../../../../main/call/httpJson';
import { LobbyClient, type LobbyAnswer } from '../../../../main/call/lobbyClient';
import { Credentials } from '../../../../main/security/credentials';
import { BoundedKeychain } from '../../../../main/security/keychain';
import { LobbyAccess } from '../../../../main/signIn/lobbyAccess';
import type { OpenIdResult, SignedIn } from '../../../../main/signIn/openId';
import type { OidcLogin } from '../../../../main/signIn/storedLogin';

const LOBBY = 'https://lobby.example.com';
const host = 'lobby.example.com';
const login: OidcLogin = {
  kind: 'oidc',
  issuer: 'https://id.example.com',
  clientId: 'parley-app',
  use: 'id_token',
  subject: 'sub-1',
  name: 'Ana',
  refreshToken: 'refresh-0',
};

let now: number;
let renewals: number;
let renewed: () => OpenIdResult<SignedIn>;
let methods: readonly object[];
let text: string | null;
let access: LobbyAccess;

beforeEach(() => {
  now = 0;
  renewals = 0;
  renewed = () => session(600);
  methods = [{ kind: 'token' }];
  text = JSON.stringify(login);
  const client = new LobbyClient(() => Promise.resolve(Response.json({ methods })));
  const keychain = {
    getPassword: () => Promise.resolve(text),
    setPassword: (_service: string, _account: string, given: string) => Promise.resolve(void (text = given)),
    deletePassword: () => {
      text = null;
      return Promise.resolve(true);
    },
  };
  const credentials = new Credentials(new BoundedKeychain(() => Promise.resolve(keychain)), {
    has: () => false,
    add: () => Promise.resolve(),
    delete: () => Promise.resolve(),
  });
  const openId = {
    refresh: () => {
      renewals += 1;
      return Promise.resolve(renewed());
    },
    revoke: () => Promise.resolve(true),
  };
  access = new LobbyAccess({ credentials, openId: () => Promise.resolve(openId), client, now: () => now });
});

function session(seconds: number): OpenIdResult<SignedIn> {
  const refreshToken = `refresh-${renewals}`;
  const value = {
    login: { ...login, refreshToken },
    session: { token: `token-${renewals}`, expiresAt: now + seconds * 1000 },
  };
  return { ok: true, value };
}
const refused: LobbyAnswer<string> = {
  ok: false,
  failure: { code: 'lobby-unauthorized', host, tokenSent: true },
};
/** A lobby that takes some proofs, and says which. */
const ask = (takes: (proof: Proof | undefined) => boolean = () => true) =>
  access.ask<string>(LOBBY, (proof) =>
    Promise.resolve(takes(proof) ? { ok: true, value: JSON.stringify(proof) } : refused),
  );

describe('a sign-in at a provider', () => {
  it('is renewed when first needed, then in its last minute, and in no other', async () => {
    expect(await ask()).toEqual({ ok: true, value: '"token-1"' });
    now = 539_000;
    expect(await ask()).toEqual({ ok: true, value: '"token-1"' });
    now = 541_000;
    expect(await ask()).toEqual({ ok: true, value: '"token-2"' });
    expect(text).toContain('refresh-2');
  });

  it('is renewed once for all who ask at a time', async () => {
    await Promise.all([ask(), ask(), ask()]);
    expect(renewals).toBe(1);
  });

  it('that the lobby refuses is renewed once, and the question put again', async () => {
    expect(await ask((proof) => proof !== 'token-1')).toEqual({ ok: true, value: '"token-2"' });
    expect(await ask(() => false)).toEqual({
      ok: false,
      failure: { code: 'sign-in-needed', host, why: 'refused' },
    });
    expect(renewals).toBe(3);
  });

  it('goes on for its last seconds while the provider is away, and not beyond', async () => {
    await ask();
    const provider = { fault: 'unreachable', host: 'id.example.com', network: 'dns' } as const;
    renewed = () => ({ ok: false, fault: provider });
    now = 590_000;
    expect(await ask()).toEqual({ ok: true, value: '"token-1"' });
    now = 601_000;
    expect(await ask()).toEqual({ ok: false, failure: { code: 'provider-failed', provider } });
    expect((await access.account(LOBBY)).by).toBe('browser');
  });

  it('that the provider has ended is over, and said to be', async () => {
    renewed = () => ({ ok: false, fault: { fault: 'expired', host: 'id.example.com' } });
    const failure = { code: 'sign-in-needed', host, why: 'expired' };
    expect(await ask()).toEqual({ ok: false, failure });
    expect(await access.account(LOBBY)).toEqual({ by: 'browser', name: 'Ana', expired: true });
  });

  it('without a refresh token lasts as long as its token', async () => {
    const { refreshToken, ...unrenewable } = login;
    expect(refreshToken).toBeDefined();
    await access.keep(LOBBY, { login: unrenewable, session: { token: 'only', expiresAt: 600_000 } });
    now = 599_000;
    expect(await ask()).toEqual({ ok: true, value: '"only"' });
    now = 600_000;
    expect(await ask()).toMatchObject({ failure: { why: 'expired' } });
    expect(renewals).toBe(0);
  });

  it('that is signed out of while it is renewed does not come back', async () => {
    renewed = () => {
      text = null;
      return session(600);
    };
    expect(await ask()).toMatchObject({ failure: { why: 'expired' } });
    expect(text).toBeNull();
  });
});

describe('other ways', () => {
  it('an access token is sent as it is, and its refusal is the lobby’s own', async () => {
    text = 'parley_token';
    expect(await ask()).toEqual({ ok: true, value: '"parley_token"' });
    expect(await ask(() => false)).toEqual(refused);
  });

  it('without anything, the refusal says what the lobby takes', async () => {
    text = null;
    expect(await ask(() => false)).toEqual(refused);
    methods = [{ kind: 'ldap' }];
    expect(await ask(() => false)).toMatchObject({ failure: { code: 'sign-in-needed', why: 'never' } });
  });

  it('what looks like a sign-in and is none is sent nowhere', async () => {
    for (const bad of ['{', '{}', '{"kind":"oidc","refreshToken":"x"}', '{"kind":"token","token":"x"}']) {
      text = bad;
      expect(await ask((proof) => proof === undefined)).toEqual({ ok: true, value: undefined });
    }
  });
});
