/** The lobby client over real HTTP: what it asks, and what it makes of answers. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LobbyClient } from '../../main/call/lobbyClient';
import { type Answer, deployment, empty, grant, json, PlayedLobby, problem, reply } from './playedLobby';

let lobby: PlayedLobby;
const { signal } = new AbortController();
const client = new LobbyClient(fetch, 5000);
const start = (bearer: string | undefined = 'secret') =>
  client.startCall(lobby.url, bearer, { displayName: 'Ada', media: 'audio' }, signal);

beforeEach(async () => {
  lobby = new PlayedLobby();
  await lobby.start();
});
afterEach(() => lobby.stop());

describe('what is asked', () => {
  it('a call: with the access token, what is wanted as JSON, and no cookies', async () => {
    lobby.answer((response, request) => {
      response.setHeader('Set-Cookie', 'spy=1');
      json(201, reply)(response, request);
    });
    expect(await start()).toMatchObject({ ok: true, value: reply });
    expect(await start()).toMatchObject({ ok: true, value: reply });
    const request = {
      method: 'POST',
      path: '/api/v1/calls',
      authorization: 'Bearer secret',
      cookie: undefined,
      body: '{"displayName":"Ada","media":"audio"}',
    };
    expect(lobby.asked).toEqual([request, request]);
  });

  it('nothing that a browser would add or follow: no cookies, no cache, no redirects', async () => {
    const asked: RequestInit[] = [];
    lobby.answer(json(200, { deployments: [deployment] }));
    // Node's own fetch keeps no cookies, and would show nothing of this; Electron's does.
    const watched = new LobbyClient((url, init) => {
      asked.push(init);
      return fetch(url, init);
    });
    await watched.deployments(lobby.url, 'secret', signal);
    expect(asked).toMatchObject([{ credentials: 'omit', cache: 'no-store', redirect: 'error' }]);
  });

  it('the list of deployments: with the access token', async () => {
    lobby.answer(json(200, { deployments: [deployment] }));
    expect(await client.deployments(lobby.url, 'secret', signal)).toMatchObject({
      ok: true,
      value: [deployment],
    });
    expect(lobby.asked).toMatchObject([
      { method: 'GET', path: '/api/v1/deployments', authorization: 'Bearer secret', body: '' },
    ]);
  });

  it('keys and invites: never with an access token', async () => {
    lobby.answer(json(200, { keys: [] }), json(200, grant));
    expect(await client.keySet(lobby.url, signal)).toEqual({ keys: [] });
    const invited = await client.useInvite(lobby.url, 'i.n.v', { displayName: 'Ada' }, signal);
    expect(invited).toMatchObject({ ok: true, value: grant });
    expect(lobby.asked).toMatchObject([
      { method: 'GET', path: '/.well-known/jwks.json', authorization: undefined },
      {
        method: 'POST',
        path: '/api/v1/invites/i.n.v',
        authorization: undefined,
        body: '{"displayName":"Ada"}',
      },
    ]);
  });

  it('a call without a token has no Authorization header', async () => {
    lobby.answer(json(201, reply));
    await client.startCall(lobby.url, undefined, { displayName: 'Ada' }, signal);
    expect(lobby.asked).toMatchObject([{ authorization: undefined }]);
  });
});

describe('refusals', () => {
  it.each([
    ['401', problem(401, 'unauthorized'), { code: 'lobby-unauthorized', tokenSent: true }],
    ['401 without a body', empty(401), { code: 'lobby-unauthorized', tokenSent: true }],
    [
      '403',
      problem(403, 'not-found', 'Not for you.'),
      { code: 'lobby-refused', status: 403, detail: 'Not for you.' },
    ],
    ['403 of a stranger', empty(403), { code: 'not-a-lobby', detail: '403' }],
    ['404 of a stranger', json(404, { error: 'none' }), { code: 'not-a-lobby', detail: '404' }],
    ['429', problem(429, 'x'), { code: 'lobby-refused', status: 429, detail: 'Title of x' }],
    ['500', problem(500, 'internal'), { code: 'lobby-broken', status: 500 }],
    ['500 without a body', empty(500), { code: 'lobby-broken', status: 500 }],
    ['an expired invite', problem(410, 'invite-expired'), { code: 'invite-refused', expired: true }],
    [
      'an invite that opens later',
      json(403, {
        type: 'urn:parley:problem:invite-not-yet-open',
        title: 'The invite is not open yet.',
        status: 403,
        opensAt: '2026-03-02T09:00:00.000Z',
      }),
      { code: 'invite-not-yet-open', opensAt: '2026-03-02T09:00:00.000Z' },
    ],
    ['an invite that is none', problem(404, 'invite-invalid'), { code: 'invite-refused', expired: false }],
  ])('%s: said as it is, and asked once', async (_what, answer, failure) => {
    lobby.answer(answer);
    expect(await start()).toEqual({ ok: false, failure: { ...failure, host: lobby.host } });
    expect(lobby.asked).toHaveLength(1);
  });

  it('401 without a token says that none was sent', async () => {
    lobby.answer(problem(401, 'unauthorized'));
    const answer = await client.startCall(lobby.url, undefined, { displayName: 'Ada' }, signal);
    expect(answer).toMatchObject({ failure: { code: 'lobby-unauthorized', tokenSent: false } });
  });

  it('a redirect is not followed: the token stays here', async () => {
    const elsewhere = new PlayedLobby();
    await elsewhere.start();
    try {
      for (const status of [301, 302, 307, 308]) {
        lobby.answer((response) => {
          response.writeHead(status, { Location: `${elsewhere.url}/api/v1/calls` }).end();
        });
        expect(await start()).toMatchObject({
          ok: false,
          failure: { code: 'not-a-lobby', detail: 'redirect' },
        });
      }
      expect(elsewhere.asked).toEqual([]);
    } finally {
      await elsewhere.stop();
    }
  });
});

describe('answers that are no answers of a lobby', () => {
  it.each<[string, Answer, string]>([
    ['a web page', (response) => response.end('<!doctype html><p>Welcome'), 'json'],
    ['an empty answer', empty(201), 'json'],
    ['no content', empty(204), '204'],
    ['half of a JSON', (response) => response.end('{"room":'), 'json'],
    ['another JSON', json(201, { ...reply, token: 'none' }), 'token'],
    ['a JSON that lacks two fields', json(201, { ...reply, token: undefined, url: 7 }), 'url, token'],
    ['two megabytes', json(201, { ...reply, more: 'x'.repeat(2_000_000) }), 'json'],
    [
      'two megabytes without a stated length',
      (response) => {
        response.writeHead(201);
        response.write('{"more":"');
        response.end(`${'x'.repeat(2_000_000)}"}`);
      },
      'json',
    ],
  ])('%s', async (_what, answer, detail) => {
    lobby.answer(answer);
    expect(await start()).toEqual({ ok: false, failure: { code: 'not-a-lobby', host: lobby.host, detail } });
  });

  it('an answer without end is not read to its end', async () => {
    lobby.answer((response) => {
      const pour = () => {
        while (response.write('x'.repeat(65_536)));
      };
      response.on('drain', pour);
      pour();
    });
    const closed = lobby.nextHungUp();
    expect(await start()).toMatchObject({ failure: { code: 'not-a-lobby', detail: 'json' } });
    await closed;
  });

  it('keys that cannot be had are none', async () => {
    for (const answer of [empty(404), json(500, { keys: [] }), empty(200)]) {
      lobby.answer(answer);
      expect(await client.keySet(lobby.url, signal)).toBeUndefined();
    }
  });
});
