/** Logging in with a name and password of a real LDAP directory: the built lobby before OpenLDAP's slapd. */
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { AuthReply, CallReply } from '../../shared/lobbyApi';
import { type Directory, LDAP_BASE, READER, startDirectory } from '../support/directory';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';
import { startRedis } from '../support/redisServer';

let directory: Directory;
const lobbies: LobbyProcess[] = [];

beforeAll(async () => {
  directory = await startDirectory();
});
afterEach(async () => {
  for (const lobby of lobbies.splice(0)) await lobby.stop();
});
afterAll(() => directory.stop());

async function newLobby(env: Record<string, string> = {}): Promise<LobbyProcess> {
  const lobby = await startLobby({
    jitsiUrl: 'https://meet.example.com',
    env: {
      LOBBY_AUTH: 'ldap',
      LDAP_URL: directory.url,
      LDAP_BASE,
      LDAP_BINDDN: READER.dn,
      LDAP_BINDPW: READER.password,
      ...env,
    },
  });
  lobbies.push(lobby);
  return lobby;
}
const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const call = (lobby: LobbyProcess, authorization: string) =>
  fetch(`${lobby.url}/api/v1/calls`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ displayName: 'Ana' }),
  });
const login = async (lobby: LobbyProcess, user: string, password: string) =>
  (await call(lobby, basic(user, password))).status;

/** Until its connection stands, a lobby counts by itself. */
async function countsIn(lobby: LobbyProcess, redisUrl: string): Promise<void> {
  const redis = new Redis(redisUrl);
  await vi.waitFor(
    async () => {
      await login(lobby, 'bob', 'bob-secret');
      expect(await redis.keys('parley:failed-account-here:*')).toHaveLength(1);
    },
    { timeout: 10_000 },
  );
  redis.disconnect();
}

describe('a directory', () => {
  it('lets in whom it knows with the right password, and nobody else', async () => {
    const lobby = await newLobby();
    const response = await call(lobby, basic('ana', 'ana-secret'));
    expect(response.status).toBe(201);
    CallReply.parse(await response.json());
    await lobby.waitForStderr(/"audit":"room-token-issued","user":"ana"/);
    expect(await login(lobby, 'bob', 'bob-secret')).toBe(201);

    const refused = await call(lobby, basic('ana', 'bob-secret'));
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toBe('Basic realm="parley", charset="UTF-8"');
    expect(await refused.json()).toMatchObject({ type: 'urn:parley:problem:unauthorized' });
    expect(await login(lobby, 'eve', 'ana-secret')).toBe(401);
    expect(lobby.stderr()).not.toMatch(/ana-secret|bob-secret|reader-secret|Basic /);
  });

  it.each([
    ['an empty password, with which a directory lets everybody bind', 'ana', ''],
    ['an empty name', '', 'ana-secret'],
    ['a name that would be a pattern', 'a*', 'ana-secret'],
    ['a name that would close the filter', '*)(uid=ana', 'ana-secret'],
    ['a name that would be another filter', 'ana)(|(uid=*', 'ana-secret'],
    ['a name that two people have', 'twin', 'twin-secret'],
    ['a name with a zero byte', 'ana\0', 'ana-secret'],
    ['an endless name', 'a'.repeat(1_000), 'ana-secret'],
  ])('does not let in %s', async (_what, user, password) => {
    expect(await login(await newLobby(), user, password)).toBe(401);
  });

  it('lets in a name that has what means something in a filter', async () => {
    expect(await login(await newLobby(), 'star*)(x', 'star-secret')).toBe(201);
  });

  it('slows down whoever guesses, and only at that account', async () => {
    const lobby = await newLobby();
    for (let guess = 0; guess < 5; guess += 1) expect(await login(lobby, 'ana', `guess-${guess}`)).toBe(401);
    const refused = await call(lobby, basic('ana', 'ana-secret'));
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ type: 'urn:parley:problem:rate-limited' });
    expect(await login(lobby, 'bob', 'bob-secret')).toBe(201);
  });

  it.each([
    ['alone', false],
    ['over Redis', true],
  ])('asks the directory no more often when the guesses come together, counted %s', async (_how, shared) => {
    const redis = shared ? await startRedis() : undefined;
    try {
      const lobby = await newLobby(redis === undefined ? {} : { REDIS_URL: redis.url });
      if (redis !== undefined) await countsIn(lobby, redis.url);
      const guesses = Array.from({ length: 150 }, (_, guess) => login(lobby, 'ana', `guess-${guess}`));
      const refused = (await Promise.all(guesses)).sort((one, other) => one - other);
      expect(refused).toEqual([...Array<number>(5).fill(401), ...Array<number>(145).fill(429)]);
      expect(await login(lobby, 'ana', 'ana-secret')).toBe(429);
    } finally {
      await redis?.kill();
    }
  });

  it('shuts nobody out who is right many times at once, even after wrong ones', async () => {
    const lobby = await newLobby();
    for (let guess = 0; guess < 4; guess += 1) expect(await login(lobby, 'ana', `guess-${guess}`)).toBe(401);
    const logins = await Promise.all(Array.from({ length: 20 }, () => login(lobby, 'ana', 'ana-secret')));
    expect(new Set(logins)).toEqual(new Set([201]));
  });

  it('counts a name as one account, however it is typed', async () => {
    const lobby = await newLobby({ LOBBY_RATE_LIMIT: '4/h' });
    const typed = ['ana', 'ANA', 'ana ', '  Ana', 'ａｎａ'];
    // The directory takes the first four for one person; so does the limit of calls.
    for (const name of typed.slice(0, 4))
      expect([name, await login(lobby, name, 'ana-secret')]).toEqual([name, 201]);
    expect(await login(lobby, 'aNa', 'ana-secret')).toBe(429);
    for (const name of typed) expect([name, await login(lobby, name, 'guess')]).toEqual([name, 401]);
    const refused = await call(lobby, basic('anA', 'another-guess'));
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({
      detail: expect.stringContaining('failed logins') as string,
    });
  });

  it.each([
    ['uid=%u', 'ana'],
    ['&(uid=%U)(objectClass=inetOrgPerson)', 'ana@example.com'],
    ['(|(mail=%u)(uid=%u))', 'ana@example.com'],
  ])('is searched by the filter %s', async (filter, user) => {
    const lobby = await newLobby({ LDAP_FILTER: filter });
    expect(await login(lobby, user, 'ana-secret')).toBe(201);
    expect(await login(lobby, user, 'bob-secret')).toBe(401);
  });

  it('is searched from its own base where LDAP_BASE is empty', async () => {
    expect(await login(await newLobby({ LDAP_BASE: '' }), 'ana', 'ana-secret')).toBe(201);
  });

  it('is announced, and takes no access token', async () => {
    const lobby = await newLobby();
    const reply = AuthReply.parse(await (await fetch(`${lobby.url}/api/v1/auth`)).json());
    expect(reply).toEqual({ methods: [{ kind: 'ldap' }] });
    expect((await call(lobby, 'Bearer parley_abc')).status).toBe(401);
    expect((await call(lobby, '')).headers.get('www-authenticate')).toBe(
      'Basic realm="parley", charset="UTF-8"',
    );
  });

  it('can stand beside access tokens', async () => {
    const lobby = await newLobby({ LOBBY_AUTH: 'tokens,ldap' });
    expect((await call(lobby, `Bearer ${await lobby.addToken('carol')}`)).status).toBe(201);
    expect(await login(lobby, 'ana', 'ana-secret')).toBe(201);
  });
});

describe('a protected connection', () => {
  it.each([
    ['ldaps', () => ({ LDAP_URL: directory.secureUrl, LDAP_TLS_CACERT_FILE: directory.caFile }), 201],
    ['StartTLS', () => ({ ...startTls(), LDAP_TLS_CACERT_FILE: directory.caFile }), 201],
    [
      'ldaps with another authority',
      () => ({ LDAP_URL: directory.secureUrl, LDAP_TLS_CACERT_FILE: directory.otherCaFile }),
      503,
    ],
    [
      'StartTLS with another authority',
      () => ({ ...startTls(), LDAP_TLS_CACERT_FILE: directory.otherCaFile }),
      503,
    ],
    ["ldaps with the system's authorities", () => ({ LDAP_URL: directory.secureUrl }), 503],
    ['ldaps unchecked', () => ({ LDAP_URL: directory.secureUrl, LDAP_TLS_CHECK_PEER: '0' }), 201],
    [
      'ldaps to a name that the certificate has not',
      () => ({
        LDAP_URL: directory.secureUrl.replace('localhost', '127.0.0.1'),
        LDAP_TLS_CACERT_FILE: directory.caFile,
      }),
      503,
    ],
  ])('by %s', async (_how, env, status) => {
    expect(await login(await newLobby(env()), 'ana', 'ana-secret')).toBe(status);
  });
  const startTls = () => ({
    LDAP_URL: directory.url.replace('127.0.0.1', 'localhost'),
    LDAP_START_TLS: '1',
  });
});

describe('a directory that cannot be asked', () => {
  it('is 503 with the time to come back, and the lobby goes on', async () => {
    const lobby = await newLobby({ LDAP_URL: 'ldap://127.0.0.1:9' });
    const response = await call(lobby, basic('ana', 'ana-secret'));
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await response.json()).toMatchObject({ type: 'urn:parley:problem:unavailable' });
    expect((await fetch(`${lobby.url}/healthz`)).status).toBe(200);
    await lobby.waitForStderr(/"msg":"the LDAP directory cannot be asked"/);
  });

  it('because its reader is refused is 503, not 401: the user is not to blame', async () => {
    const lobby = await newLobby({ LDAP_BINDPW: 'wrong' });
    expect(await login(lobby, 'ana', 'ana-secret')).toBe(503);
  });
});
