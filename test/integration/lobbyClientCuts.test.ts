/** The lobby client over real HTTP where no answer comes, or half of one. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LobbyClient } from '../../main/call/lobbyClient';
import { freePort } from '../support/servers';
import { type Answer, cut, deployment, empty, json, PlayedLobby, reply, silence } from './playedLobby';

let lobby: PlayedLobby;
const { signal } = new AbortController();
const client = new LobbyClient(fetch, 5000);
const start = () => client.startCall(lobby.url, 'secret', { displayName: 'Ada', media: 'audio' }, signal);

beforeEach(async () => {
  lobby = new PlayedLobby();
  await lobby.start();
});
afterEach(() => lobby.stop());

describe('what a gateway or a cut connection swallowed', () => {
  it.each([502, 503, 504])('%d: asked once more, and then it goes well', async (status) => {
    lobby.answer(empty(status), json(201, reply));
    expect(await start()).toMatchObject({ ok: true, value: reply });
    expect(lobby.asked).toHaveLength(2);
  });

  it('is asked for once more, not for ever', async () => {
    lobby.answer(empty(502));
    expect(await start()).toEqual({
      ok: false,
      failure: { code: 'lobby-broken', host: lobby.host, status: 502 },
    });
    expect(lobby.asked).toHaveLength(2);
  });

  it('a cut connection: asked once more, and then it goes well', async () => {
    lobby.answer(cut, json(201, reply));
    expect(await start()).toMatchObject({ ok: true, value: reply });
    expect(lobby.asked).toHaveLength(2);
  });

  it('a connection that is cut every time, also in the middle of an answer', async () => {
    const half: Answer = (response) => {
      response.writeHead(201, { 'Content-Length': 1000 });
      response.write('{"room":', () => response.socket?.destroy());
    };
    lobby.answer(cut, half);
    expect(await start()).toEqual({
      ok: false,
      failure: { code: 'lobby-unreachable', host: lobby.host, fault: 'reset' },
    });
    expect(lobby.asked).toHaveLength(2);
  });

  it('nobody there: said at once', async () => {
    const port = await freePort();
    const answer = await client.startCall(
      `http://127.0.0.1:${port}`,
      'secret',
      { displayName: 'Ada' },
      signal,
    );
    expect(answer).toEqual({
      ok: false,
      failure: { code: 'lobby-unreachable', host: `127.0.0.1:${port}`, fault: 'refused' },
    });
  });
});

describe('the list of deployments that a call needs', () => {
  const announced = (patient = client) => patient.announced(lobby.url, 'secret', signal);

  it('is asked for once more like the call itself', async () => {
    lobby.answer(empty(503), json(200, { deployments: [deployment] }));
    expect(await announced()).toEqual({ ok: true, value: [deployment] });
    expect(lobby.asked).toHaveLength(2);
  });

  it.each([401, 403, 404])('there is none, or not for us, is what %d says', async (status) => {
    lobby.answer(empty(status));
    expect(await announced()).toEqual({ ok: true, value: undefined });
    expect(lobby.asked).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    ['a list', json(200, [deployment])],
    ['a list of nothing', json(200, { deployments: [] })],
    ['what is no JSON', (response) => response.writeHead(200).end('<h1>Welcome</h1>')],
  ])('of another form counts for none: %s', async (_what, answer) => {
    lobby.answer(answer);
    expect(await announced()).toEqual({ ok: true, value: undefined });
  });

  it.each<[string, Answer, object]>([
    ['500', empty(500), { code: 'lobby-broken', status: 500 }],
    ['502, twice', empty(502), { code: 'lobby-broken', status: 502 }],
    ['silence', silence, { code: 'lobby-timeout', seconds: 0.15 }],
    ['cut connections', cut, { code: 'lobby-unreachable', fault: 'reset' }],
  ])('is a failure of the call when it comes to %s', async (_what, answer, failure) => {
    lobby.answer(answer);
    expect(await announced(new LobbyClient(fetch, 150))).toMatchObject({ ok: false, failure });
  });
});

describe('a lobby that says nothing', () => {
  it.each<[string, Answer]>([
    ['from the beginning', silence],
    [
      'after its headers',
      (response) => {
        response.writeHead(201).flushHeaders();
      },
    ],
    ['in the middle of its answer', (response) => void response.writeHead(201).write('{"room":')],
  ])('%s: waited for as long as set, asked once, and hung up on', async (_when, answer) => {
    lobby.answer(answer);
    const impatient = new LobbyClient(fetch, 150);
    const closed = lobby.nextHungUp();
    expect(await impatient.startCall(lobby.url, 'secret', { displayName: 'Ada' }, signal)).toEqual({
      ok: false,
      failure: { code: 'lobby-timeout', host: lobby.host, seconds: 0.15 },
    });
    await closed;
    expect(lobby.asked).toHaveLength(1);
  });
});

describe('cancelling', () => {
  it('ends a request at once, and the lobby sees it go', async () => {
    lobby.answer(silence);
    const cancel = new AbortController();
    const answer = client.startCall(lobby.url, 'secret', { displayName: 'Ada' }, cancel.signal);
    const closed = lobby.nextHungUp();
    await lobby.nextAsked();
    cancel.abort();
    expect(await answer).toMatchObject({ ok: false });
    await closed;
    expect(lobby.asked).toHaveLength(1);
  });

  it('during the pause before the repetition asks no more', async () => {
    const cancel = new AbortController();
    lobby.answer((response, request) => {
      empty(502)(response, request);
      response.on('finish', () => cancel.abort());
    });
    const answer = await client.startCall(lobby.url, 'secret', { displayName: 'Ada' }, cancel.signal);
    expect(answer).toMatchObject({ ok: false });
    expect(lobby.asked).toHaveLength(1);
  });

  it('before the request asks nothing', async () => {
    const answer = await client.startCall(lobby.url, 'secret', { displayName: 'Ada' }, AbortSignal.abort());
    expect(answer).toMatchObject({ ok: false });
    expect(lobby.asked).toEqual([]);
  });
});
