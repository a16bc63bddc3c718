/** Signing in by OpenID Connect: the built lobby before a real provider. */
import { generateKeyPairSync } from 'node:crypto';
import { SignJWT, decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AuthReply, RenewalReply } from '../../shared/lobbyApi';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';
import { API, type OpenIdProvider, startProvider } from '../support/openIdProvider';

const people = {
  'sub-1': {
    preferred_username: 'ana',
    name: 'Ana Maria',
    email: 'ana@example.com',
    groups: ['calls', 'hosts'],
  },
  'sub-2': { preferred_username: 'bob', name: 'Bob', groups: ['calls'] },
  'sub-3': { preferred_username: 'eve', name: 'Eve', groups: [] },
};
let provider: OpenIdProvider;
const lobbies: LobbyProcess[] = [];

beforeAll(async () => {
  provider = await startProvider({ people });
});
afterEach(async () => {
  for (const lobby of lobbies.splice(0)) await lobby.stop();
});
afterAll(() => provider.stop());

async function newLobby(env: Record<string, string> = {}): Promise<LobbyProcess> {
  const lobby = await startLobby({
    jitsiUrl: 'https://meet.example.com',
    env: {
      LOBBY_AUTH: 'oidc',
      LOBBY_OIDC_ISSUER: provider.issuer,
      LOBBY_OIDC_AUDIENCE: provider.clientId,
      ...env,
    },
  });
  lobbies.push(lobby);
  return lobby;
}
const call = (lobby: LobbyProcess, token: string, path = '/api/v1/calls') =>
  fetch(`${lobby.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ displayName: 'Ana' }),
  });
async function userOf(response: Response, status = 201): Promise<{ id: string; moderator: boolean }> {
  expect(response.status).toBe(status);
  const { token } = RenewalReply.parse(await response.json());
  return decodeJwt<{ context: { user: { id: string; moderator: boolean } } }>(token).context.user;
}

describe('a provider', () => {
  it('lets in whom it has signed in, by the ID token', async () => {
    const lobby = await newLobby();
    const first = await userOf(await call(lobby, await provider.idToken('sub-1')));
    const again = await userOf(await call(lobby, await provider.idToken('sub-1')));
    const other = await userOf(await call(lobby, await provider.idToken('sub-2')));
    expect([first.id, first.moderator]).toEqual([again.id, true]);
    expect(other.id).not.toBe(first.id);
    await lobby.waitForStderr(/"audit":"room-token-issued","user":"ana"/);
    expect(lobby.stderr()).not.toContain('eyJ');
  });

  it('lets in by an access token for the lobby', async () => {
    const lobby = await newLobby({ LOBBY_OIDC_AUDIENCE: API, LOBBY_OIDC_CLIENT_ID: provider.clientId });
    await userOf(await call(lobby, await provider.accessToken('sub-2')));
    expect((await call(lobby, await provider.idToken('sub-2'))).status).toBe(401);
    const { methods } = AuthReply.parse(await (await fetch(`${lobby.url}/api/v1/auth`)).json());
    expect(methods).toEqual([
      expect.objectContaining({ kind: 'oidc', issuer: provider.issuer, use: 'access_token' }),
    ]);
  });

  it('says who is in which group: one may be needed, another makes moderators', async () => {
    const lobby = await newLobby({
      LOBBY_OIDC_REQUIRED_GROUP: 'calls',
      LOBBY_OIDC_MODERATOR_GROUP: 'hosts',
    });
    expect(await userOf(await call(lobby, await provider.idToken('sub-1')))).toMatchObject({
      moderator: true,
    });
    expect(await userOf(await call(lobby, await provider.idToken('sub-2')))).toMatchObject({
      moderator: false,
    });
    // A fresh token makes nobody more than the first one did.
    const renew = async (person: string) =>
      (await userOf(await call(lobby, await provider.idToken(person), '/api/v1/calls/a-room/token'), 200))
        .moderator;
    expect([await renew('sub-1'), await renew('sub-2')]).toEqual([true, false]);
    const refused = await call(lobby, await provider.idToken('sub-3'));
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ type: 'urn:parley:problem:forbidden' });
  });

  it('takes a group that is one text for one group, and never a part of a name for it', async () => {
    const lobby = await newLobby({ LOBBY_OIDC_REQUIRED_GROUP: 'Admin' });
    const claims = decodeJwt(await provider.idToken('sub-1'));
    const statusFor = async (groups: unknown) =>
      (await call(lobby, await provider.sign({ ...claims, groups }))).status;
    for (const groups of ['Admin', ['Admin'], ['calls', 'Admin']]) expect(await statusFor(groups)).toBe(201);
    const others = [
      'Read Only Admin',
      'calls,Admin',
      'Admin ',
      ['Read Only Admin'],
      [['Admin']],
      { Admin: true },
    ];
    for (const groups of others) expect([groups, await statusFor(groups)]).toEqual([groups, 403]);
  });

  it('names somebody in a fresh token for which no name was given, by no address and no account', async () => {
    const lobby = await newLobby();
    const claims = decodeJwt(await provider.idToken('sub-1'));
    const nameFor = async (changes: object) => {
      const response = await fetch(`${lobby.url}/api/v1/calls/a-room/token`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await provider.sign({ ...claims, ...changes })}` },
      });
      return ((await userOf(response, 200)) as { name?: string }).name;
    };
    expect(await nameFor({})).toBe('Ana Maria');
    const nameless = [undefined, '', 'x'.repeat(100), 'Ana\u0007', 'ana@example.com'];
    for (const name of nameless) {
      expect(await nameFor({ name, preferred_username: 'ana@example.com' })).toBeUndefined();
    }
  });

  it('lets who is no moderator do what guests may, where LOBBY_FEATURES says what is done', async () => {
    const lobby = await newLobby({
      LOBBY_OIDC_MODERATOR_GROUP: 'hosts',
      LOBBY_FEATURES: 'recording,send-groupchat',
    });
    const featuresOf = async (person: string) => {
      const response = await call(lobby, await provider.idToken(person));
      const { token } = RenewalReply.parse(await response.json());
      return decodeJwt<{ context: { features: object } }>(token).context.features;
    };
    expect(await featuresOf('sub-1')).toEqual({ recording: true, 'send-groupchat': true });
    expect(await featuresOf('sub-2')).toMatchObject({
      recording: false,
      lobby: false,
      'send-groupchat': true,
    });
  });

  it('does not let in by a token for another audience, by another issuer, key, algorithm or kind, or in parts', async () => {
    const lobby = await newLobby();
    const good = await provider.idToken('sub-1');
    const claims = decodeJwt(good);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const forged = (changes: object) =>
      new SignJWT({ ...claims, ...changes })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
        .sign(privateKey);
    const [head = '', body = '', signature = ''] = good.split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    const elevated = Buffer.from(JSON.stringify({ ...claims, sub: 'sub-2' })).toString('base64url');
    const bad = [
      await provider.accessToken('sub-1'),
      await forged({}),
      await forged({ iss: 'https://other.example.com' }),
      await provider.sign({ ...claims, iss: 'https://other.example.com' }),
      await provider.sign(claims, 'logout+jwt'),
      await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32)),
      `${none}.${body}.`,
      `${none}.${body}.${signature}`,
      `${head}.${elevated}.${signature}`,
      `${head}.${body}.${signature.slice(0, -4)}AAAA`,
      `${head}.${body}`,
    ];
    for (const token of bad) {
      const response = await call(lobby, token);
      expect([response.status, token.slice(0, 30)]).toEqual([401, token.slice(0, 30)]);
    }
    expect((await call(lobby, good)).status).toBe(201);
  });

  it('does not let in by a token of an algorithm that the operator does not take', async () => {
    const lobby = await newLobby({ LOBBY_OIDC_ALGORITHMS: 'ES256' });
    expect((await call(lobby, await provider.idToken('sub-1'))).status).toBe(401);
  });

  it('stands beside access tokens', async () => {
    const lobby = await newLobby({ LOBBY_AUTH: 'tokens,oidc' });
    await userOf(await call(lobby, await provider.idToken('sub-1')));
    await userOf(await call(lobby, await lobby.addToken('carol')));
    const { methods } = AuthReply.parse(await (await fetch(`${lobby.url}/api/v1/auth`)).json());
    expect(methods.map(({ kind }) => kind)).toEqual(['token', 'oidc']);
  });
});

it('a token that has expired is refused with words that say so', async () => {
  const lobby = await newLobby();
  const claims = decodeJwt(await provider.idToken('sub-1'));
  const ending = (seconds: number) =>
    provider.sign({ ...claims, exp: Math.floor(Date.now() / 1000) + seconds });
  // The lobby allows the provider's clock to be 30 s off.
  expect((await call(lobby, await ending(-20))).status).toBe(201);
  const refused = await call(lobby, await ending(-40));
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ detail: 'The sign-in has expired. Sign in again.' });
  const { exp, ...endless } = claims;
  expect(exp).toBeDefined();
  expect((await call(lobby, await provider.sign(endless))).status).toBe(401);
});

it('a provider that is away is 503; the lobby starts without it and finds it later', async () => {
  const gone = await startProvider({ people });
  const token = await gone.idToken('sub-1');
  await gone.stop();
  const lobby = await newLobby({ LOBBY_OIDC_ISSUER: gone.issuer });
  const response = await call(lobby, token);
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await response.json()).toMatchObject({ type: 'urn:parley:problem:unavailable' });
  expect((await fetch(`${lobby.url}/healthz`)).status).toBe(200);
});

it('a provider that calls itself otherwise than the operator does is not believed', async () => {
  const lobby = await newLobby({ LOBBY_OIDC_ISSUER: `${provider.issuer}/` });
  expect((await call(lobby, await provider.idToken('sub-1'))).status).toBe(503);
  await lobby.waitForStderr(/it calls itself/);
});
