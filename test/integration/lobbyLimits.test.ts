/** What the lobby bears: limits, alone and shared over a real Redis, proxies, other origins, several lobbies. */
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { CallReply } from '../../shared/lobbyApi';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';
import { startRedis } from '../support/redisServer';

const lobbies: LobbyProcess[] = [];
afterEach(async () => {
  for (const lobby of lobbies.splice(0)) await lobby.stop();
});
async function newLobby(env: Record<string, string> = {}): Promise<LobbyProcess> {
  const lobby = await startLobby({ jitsiUrl: 'https://meet.example.com', env });
  lobbies.push(lobby);
  return lobby;
}
const call = (lobby: LobbyProcess, token: string, headers: Record<string, string> = {}) =>
  fetch(`${lobby.url}/api/v1/calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ displayName: 'Ana' }),
  });
async function statuses(count: number, ask: () => Promise<Response>): Promise<number[]> {
  const all: number[] = [];
  for (let each = 0; each < count; each += 1) all.push((await ask()).status);
  return all;
}

describe('a limit', () => {
  it('of an account is its own', async () => {
    const lobby = await newLobby({ LOBBY_RATE_LIMIT: '3/min' });
    const [ana, bob] = [await lobby.addToken('ana'), await lobby.addToken('bob')];
    expect(await statuses(4, () => call(lobby, ana))).toEqual([201, 201, 201, 429]);
    const refused = await call(lobby, ana);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(await refused.json()).toMatchObject({ type: 'urn:parley:problem:rate-limited', status: 429 });
    expect((await call(lobby, bob)).status).toBe(201);
  });

  it('of an address counts whoever sits behind it, and never keeps Prosody from its key', async () => {
    const lobby = await newLobby({ LOBBY_ADDRESS_RATE_LIMIT: '3/min' });
    expect(await statuses(4, () => fetch(`${lobby.url}/join/abc`))).not.toContain(500);
    expect((await fetch(`${lobby.url}/api/v1/auth`)).status).toBe(429);
    // By the one Prosody asks for its key; there is none of this name.
    expect((await fetch(`${lobby.url}/asap/${'0'.repeat(64)}.pem`)).status).toBe(404);
    const free = ['/.well-known/jwks.json', '/healthz', '/readyz', '/metrics'];
    for (const path of free) expect([path, (await fetch(lobby.url + path)).status]).toEqual([path, 200]);
  });

  it('on wrong tokens slows down who tries them', async () => {
    const lobby = await newLobby();
    const all = await statuses(202, () => call(lobby, 'parley_wrong'));
    expect(all.slice(0, 200).every((status) => status === 401)).toBe(true);
    expect(all.slice(200)).toEqual([429, 429]);
  });

  it('can be off', async () => {
    const lobby = await newLobby({ LOBBY_RATE_LIMIT: 'off', LOBBY_ADDRESS_RATE_LIMIT: 'off' });
    const token = await lobby.addToken('ana');
    expect(new Set(await statuses(50, () => call(lobby, token)))).toEqual(new Set([201]));
  });
});

describe('several lobbies', () => {
  it('share their limits over Redis, and go on without it', async () => {
    const redis = await startRedis();
    try {
      const env = { REDIS_URL: redis.url, LOBBY_RATE_LIMIT: '4/min' };
      const [one, other] = [await newLobby(env), await newLobby(env)];
      const [here, there] = [await one.addToken('ana'), await other.addToken('ana')];
      await expect.poll(async () => (await call(one, here)).status).toBe(201);
      expect(await statuses(2, () => call(other, there))).toEqual([201, 201]);
      expect(await statuses(2, () => call(one, here))).toEqual([201, 429]);
      expect((await call(other, there)).status).toBe(429);

      await redis.kill();
      // Each counts for itself now: nobody is shut out because a helper is gone.
      expect((await call(one, here)).status).toBe(201);
      await one.waitForStderr(/Redis cannot be reached/);
    } finally {
      await redis.kill();
    }
  });

  it('start without Redis and find it later', async () => {
    const redis = await startRedis();
    await redis.kill();
    const lobby = await newLobby({ REDIS_URL: redis.url });
    const token = await lobby.addToken('ana');
    expect((await call(lobby, token)).status).toBe(201);
    const again = await startRedis(redis.port);
    try {
      await lobby.waitForStderr(/Redis is back/);
      expect((await call(lobby, token)).status).toBe(201);
    } finally {
      await again.kill();
    }
  });

  it('need nothing in common but the key: an invite of one is good at the other', async () => {
    const one = await newLobby();
    const other = await newLobby({ JITSI_RSA_JWT_KEY_FILE: one.keyFile });
    const { room, invite } = CallReply.parse(await (await call(one, await one.addToken('ana'))).json());
    const response = await fetch(`${other.url}/api/v1/invites/${invite.url.split('/join/')[1] ?? ''}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ displayName: 'Guest' }),
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ room });
  });
});

describe('behind a proxy', () => {
  const forwarded = { 'x-forwarded-for': '203.0.113.7' };

  it('the address is whose the proxy says, when the proxy is trusted', async () => {
    for (const trust of ['127.0.0.1', '10.0.0.0/8,127.0.0.0/8', '1']) {
      const lobby = await newLobby({ LOBBY_TRUST_PROXY: trust });
      await call(lobby, await lobby.addToken('ana'), forwarded);
      await lobby.waitForStderr(/"audit":"room-token-issued".*"remoteAddress":"203\.0\.113\.7"/);
    }
  });

  it('an IPv6 address counts as its network, since whoever has one has all of it', async () => {
    const lobby = await newLobby({ LOBBY_TRUST_PROXY: '127.0.0.1', LOBBY_ADDRESS_RATE_LIMIT: '3/min' });
    const from = (address: string) =>
      fetch(`${lobby.url}/api/v1/auth`, { headers: { 'x-forwarded-for': address } });
    const all = ['2001:db8:1:2::1', '2001:db8:1:2::2', '2001:db8:1:2:a:b:c:d', '2001:db8:1:2:ffff::'];
    const answers: number[] = [];
    for (const address of all) answers.push((await from(address)).status);
    expect(answers).toEqual([200, 200, 200, 429]);
    expect((await from('2001:db8:1:3::1')).status).toBe(200);
  });

  it('wrong tokens of an IPv6 network count together', async () => {
    const lobby = await newLobby({ LOBBY_TRUST_PROXY: '127.0.0.1' });
    const from = (host: number) =>
      call(lobby, 'parley_wrong', { 'x-forwarded-for': `2001:db8:1:2::${host.toString(16)}` });
    const all = await Promise.all(Array.from({ length: 210 }, (_, host) => from(host)));
    expect(all.filter(({ status }) => status === 401)).toHaveLength(200);
    expect(all.filter(({ status }) => status === 429)).toHaveLength(10);
  });

  it('nobody is believed otherwise', async () => {
    for (const trust of ['', '10.0.0.0/8']) {
      const lobby = await newLobby({ LOBBY_TRUST_PROXY: trust });
      await call(lobby, await lobby.addToken('ana'), forwarded);
      await lobby.waitForStderr(/"audit":"room-token-issued".*"remoteAddress":"127\.0\.0\.1"/);
      expect(lobby.stderr()).not.toContain('203.0.113.7');
    }
  });
});

describe('pages of other origins', () => {
  const preflight = (lobby: LobbyProcess, origin: string) =>
    fetch(`${lobby.url}/api/v1/calls`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });

  it('may not ask, unless their origin is named', async () => {
    const closed = await newLobby();
    const refused = await preflight(closed, 'https://app.example.com');
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([405, null]);

    const open = await newLobby({ LOBBY_CORS_ORIGINS: 'https://app.example.com' });
    const allowed = await preflight(open, 'https://app.example.com');
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([
      204,
      'https://app.example.com',
    ]);
    const other = await preflight(open, 'https://evil.example.com');
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('may read every answer, also of a limit and of what is no address', async () => {
    const origin = 'https://app.example.com';
    const lobby = await newLobby({ LOBBY_CORS_ORIGINS: origin, LOBBY_ADDRESS_RATE_LIMIT: '2/min' });
    const ask = async (path: string) => {
      const { status, headers } = await fetch(lobby.url + path, { headers: { origin } });
      return [status, headers.get('access-control-allow-origin'), headers.get('vary')];
    };
    const vary = 'origin, accept, accept-language';
    expect(await ask('/%ff')).toEqual([400, origin, 'origin']);
    expect(await ask('/api/v1/auth')).toEqual([200, origin, 'origin']);
    expect(await ask('/join/abc')).toEqual([404, origin, vary]);
    expect(await ask('/api/v1/auth')).toEqual([429, origin, 'origin']);
    expect(await ask('/join/abc')).toEqual([429, origin, vary]);
  });

  it('may read when to come back', async () => {
    const origin = 'https://app.example.com';
    const lobby = await newLobby({ LOBBY_CORS_ORIGINS: origin, LOBBY_ADDRESS_RATE_LIMIT: '1/min' });
    const exposed = async (from?: string) => {
      const { status, headers } = await fetch(`${lobby.url}/api/v1/auth`, {
        headers: from === undefined ? {} : { origin: from },
      });
      return [status, headers.has('retry-after'), headers.get('access-control-expose-headers')];
    };
    expect(await exposed(origin)).toEqual([200, false, 'Retry-After']);
    expect(await exposed(origin)).toEqual([429, true, 'Retry-After']);
    expect(await exposed('https://evil.example.com')).toEqual([429, true, null]);
    expect(await exposed()).toEqual([429, true, null]);
  });

  it('ask within the limits as anybody does', async () => {
    const lobby = await newLobby({
      LOBBY_CORS_ORIGINS: 'https://app.example.com',
      LOBBY_ADDRESS_RATE_LIMIT: '2/min',
    });
    const ask = () => preflight(lobby, 'https://app.example.com');
    expect(await statuses(3, ask)).toEqual([204, 204, 429]);
  });
});

it('a lobby with an https address tells browsers to come by https alone', async () => {
  const lobby = await newLobby({ LOBBY_PUBLIC_URL: 'https://lobby.example.com' });
  const { headers } = await fetch(`${lobby.url}/healthz`);
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  expect((await fetch(`${(await newLobby()).url}/healthz`)).headers.has('strict-transport-security')).toBe(
    false,
  );
});

it('a request whose head never ends is cut off, and the others are answered meanwhile', async () => {
  const lobby = await newLobby();
  const { port } = new URL(lobby.url);
  const socket = connect(Number(port), '127.0.0.1');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => undefined);
  socket.resume();
  socket.write('POST /api/v1/calls HTTP/1.1\r\nHost: x\r\nX-Slow: ');
  expect((await fetch(`${lobby.url}/healthz`)).status).toBe(200);
  await closed;
}, 60_000);
