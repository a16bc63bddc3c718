import { createHash, createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallReply, DeploymentsReply, Problem } from '../../shared/lobbyApi';
import { AsapKeys } from '../support/jitsi/asapKeys';
import { fitsRoom, judgeLogin } from '../support/jitsi/tokenRules';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';

let lobby: LobbyProcess;
let alice: string;
beforeAll(async () => {
  lobby = await startLobby({
    jitsiUrl: 'eu=https://eu.example.com,us=https://us.example.com/team',
    env: { LOBBY_TOKEN_TTL: '120' },
  });
  alice = await lobby.addToken('alice');
});
afterAll(async () => {
  expect(await lobby.stop()).toBe(0);
});

const json = { 'content-type': 'application/json' };
const bearer = () => ({ authorization: `Bearer ${alice}` });
const post = (body: unknown, headers: Record<string, string> = { ...json, ...bearer() }) =>
  fetch(`${lobby.url}/api/v1/calls`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const call = async (body: unknown) => CallReply.parse(await (await post(body)).json());
const problem = async (response: Response) => {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(response.headers.get('cache-control')).toBe('no-store');
  const document = Problem.parse(await response.json());
  expect(document.status).toBe(response.status);
  return document;
};

describe('POST /api/v1/calls', () => {
  it('gives a room that can be read out over a phone, a link into it and an invite', async () => {
    const response = await post({ displayName: 'Ada', media: 'video' });
    expect(response.status).toBe(201);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-powered-by')).toBeNull();
    const reply = CallReply.parse(await response.json());
    expect(reply.room).toMatch(/^[a-z]+-[a-z]+-[a-z]+-[a-z]+$/);
    expect(reply.url).toBe(`https://eu.example.com/${reply.room}?jwt=${reply.token}`);
    expect(reply.deployment).toEqual({ id: 'eu', url: 'https://eu.example.com', region: 'eu' });
    expect(reply.invite.url).toMatch(new RegExp(`^${lobby.url}/join/[\\w-]+\\.[\\w-]+\\.[\\w-]+$`));
    const ends = Date.parse(reply.expiresAt) - Date.now();
    expect(ends).toBeGreaterThan(100_000);
    expect(ends).toBeLessThanOrEqual(120_000);
  });

  it('signs a token that Prosody lets into this room alone', async () => {
    const { token, room } = await call({ displayName: 'Ada' });
    const rules = {
      appId: 'CodeWithMe',
      xmppDomain: 'eu.example.com',
      tokenRequired: true,
      keys: new AsapKeys(`${lobby.url}/asap`),
      now: Date.now,
    };
    const verdict = await judgeLogin(token, rules);
    expect(verdict).toMatchObject({ kind: 'let-in', claims: { room, displayName: 'Ada' } });
    if (verdict.kind !== 'let-in') return;
    expect(fitsRoom(verdict.claims, room, rules)).toBe(true);
    expect(fitsRoom(verdict.claims, `${room}s`, rules)).toBe(false);
    expect(fitsRoom(verdict.claims, room, { ...rules, xmppDomain: 'us.example.com' })).toBe(false);
  });

  it('shows the room a moderator who keeps one id, which is not the account', async () => {
    const claimsOf = async () => {
      const { token } = await call({ displayName: 'Ada' });
      return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
        context: { user: { id: string } };
      };
    };
    const [one, two] = await Promise.all([claimsOf(), claimsOf()]);
    expect(one.context).toEqual({
      user: {
        id: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
        name: 'Ada',
        moderator: true,
        affiliation: 'owner',
      },
    });
    expect(two.context.user.id).toBe(one.context.user.id);
    expect(JSON.stringify(one)).not.toContain('alice');
  });

  it('takes a room name in lower case', async () => {
    expect((await call({ displayName: 'Ada', room: 'Daily-Standup' })).room).toBe('daily-standup');
  });

  it.each([
    ['us', 'https://us.example.com/team'],
    ['mars', 'https://eu.example.com'],
  ])('for region %s it takes %s', async (region, url) => {
    expect((await call({ displayName: 'Ada', region })).deployment.url).toBe(url);
  });

  it.each([
    ['no display name', {}],
    ['an empty display name', { displayName: '  ' }],
    ['a display name that is too long', { displayName: 'x'.repeat(81) }],
    ['a room that Prosody would fold', { displayName: 'Ada', room: 'Ünïcode' }],
    ['a room with a wildcard', { displayName: 'Ada', room: '*' }],
    ['another kind of media', { displayName: 'Ada', media: 'smell' }],
    ['an array', []],
    ['null', null],
    ['broken JSON', '{"displayName":'],
    ['nothing', ''],
    ['a prototype', '{"displayName":"Ada","__proto__":{"room":"x"}}'],
  ])('answers 400 to %s', async (_what, body) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect((await problem(response)).type).toBe('urn:parley:problem:invalid-request');
  });

  it('answers 401 without a token that it knows, before it looks at the body', async () => {
    const headers: Record<string, string>[] = [
      {},
      { authorization: alice },
      { authorization: `Basic ${alice}` },
      { authorization: 'Bearer' },
      { authorization: 'Bearer ' },
      { authorization: `Bearer ${alice}x` },
      { authorization: `Bearer ${alice.slice(0, -1)}` },
      { authorization: `Bearer ${alice} ${alice}` },
      { authorization: 'Bearer parley_' },
    ];
    for (const tried of headers) {
      const response = await post('not json', { ...json, ...tried });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer /);
      expect((await problem(response)).type).toBe('urn:parley:problem:unauthorized');
    }
  });

  it('answers 413 to a body over 16 KiB', async () => {
    const response = await post({ displayName: 'Ada', padding: 'x'.repeat(16_384) });
    expect(response.status).toBe(413);
    expect((await problem(response)).type).toBe('urn:parley:problem:too-large');
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])(
    'answers 415 to a body of %s, which pages of other origins may send',
    async (type) => {
      const response = await post({ displayName: 'Ada' }, { ...bearer(), 'content-type': type });
      expect(response.status).toBe(415);
      expect((await problem(response)).type).toBe('urn:parley:problem:unsupported-media-type');
    },
  );

  it('answers any body with success or a problem, never with a failure', async () => {
    const field = fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue());
    const likely = fc.record(
      { displayName: field, room: field, region: field, media: field },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      likely.map((value) => JSON.stringify(value)),
      fc.json(),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        const response = await post(text);
        if (response.status === 201) CallReply.parse(await response.json());
        else {
          expect(response.status).toBeGreaterThanOrEqual(400);
          expect(response.status).toBeLessThan(500);
          await problem(response);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('GET /api/v1/deployments', () => {
  it('names every deployment to who has a token', async () => {
    const response = await fetch(`${lobby.url}/api/v1/deployments`, { headers: bearer() });
    expect(response.status).toBe(200);
    expect(DeploymentsReply.parse(await response.json()).deployments).toEqual([
      {
        id: 'eu',
        url: 'https://eu.example.com',
        region: 'eu',
        tokens: 'RS256',
        health: 'unknown',
        bridges: [],
      },
      {
        id: 'us',
        url: 'https://us.example.com/team',
        region: 'us',
        tokens: 'RS256',
        health: 'unknown',
        bridges: [],
      },
    ]);
    expect((await fetch(`${lobby.url}/api/v1/deployments`)).status).toBe(401);
  });
});

describe('the public key', () => {
  const name = createHash('sha256').update('CWMKey').digest('hex');

  it.each([name, `${name}.pem`])('is served to Prosody as /asap/%s', async (path) => {
    const response = await fetch(`${lobby.url}/asap/${path}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    expect(await response.text()).toBe(await readFile(`${lobby.keyFile}.pub`, 'utf8'));
  });

  it.each([
    '',
    'CWMKey',
    'CWMKey.pem',
    `${name}.pem.pem`,
    name.toUpperCase(),
    'x'.repeat(200),
    '..%2Fkey.pem',
  ])('is at no other name: /asap/%s', async (path) => {
    const response = await fetch(`${lobby.url}/asap/${path}`);
    expect(response.status).toBe(404);
    expect((await problem(response)).type).toBe('urn:parley:problem:not-found');
  });

  it('is served to clients as a key set', async () => {
    const response = await fetch(`${lobby.url}/.well-known/jwks.json`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=15');
    const jwks = (await response.json()) as JSONWebKeySet;
    expect(jwks.keys).toHaveLength(1);
    expect(Object.keys(jwks.keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    expect(jwks.keys[0]).toMatchObject({ kid: 'CWMKey', alg: 'RS256', use: 'sig', kty: 'RSA' });
    const { token } = await call({ displayName: 'Ada' });
    const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), { issuer: 'CodeWithMe' });
    expect(payload.aud).toBe('CodeWithMe');
    const pem = createPublicKey(await readFile(`${lobby.keyFile}.pub`));
    expect(pem.export({ format: 'jwk' })['n']).toBe(jwks.keys[0]?.['n']);
  });
});

describe('any address', () => {
  it('says that the process answers at /healthz', async () => {
    const response = await fetch(`${lobby.url}/healthz`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  it.each(['/', '/api', '/api/v1/calls/', '/api/v2/calls', '/.env', '/join', '/%E0%A4%A'])(
    'answers %s, which is nothing, with a problem',
    async (path) => {
      const response = await fetch(`${lobby.url}${path}`);
      expect(response.status).toBe(path === '/%E0%A4%A' ? 400 : 404);
      await problem(response);
    },
  );

  it.each([
    ['GET', '/api/v1/calls', 'POST'],
    ['OPTIONS', '/api/v1/calls', 'POST'],
    ['GET', '/api/v1/invites/a.b.c', 'POST'],
    ['DELETE', '/api/v1/deployments', 'GET, HEAD'],
    ['POST', '/healthz', 'GET, HEAD'],
    ['PUT', '/join/a.b.c', 'GET, HEAD, POST'],
    ['POST', `/asap/x.pem`, 'GET, HEAD'],
  ])('answers %s %s with 405', async (method, path, allow) => {
    const response = await fetch(`${lobby.url}${path}`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow]);
    expect((await problem(response)).type).toBe('urn:parley:problem:method-not-allowed');
  });

  it('tells browsers to keep addresses to themselves and to allow no frame', async () => {
    const { headers } = await fetch(`${lobby.url}/join/a.b.c`);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});
