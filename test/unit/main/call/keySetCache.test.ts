import { beforeEach, expect, it } from 'vitest';
import { KEY_SET_MAX_AGE_MS, KeySetCache } from '../../../../main/call/keySetCache';
import { LobbyClient } from '../../../../main/call/lobbyClient';

const LOBBY = 'https://lobby.example.com';
const { signal } = new AbortController();

/** What the lobby publishes just now; `undefined` is a lobby that is down. */
let published: object | undefined;
let asked: string[];
let now: number;
let cache: KeySetCache;

beforeEach(() => {
  published = { keys: [1] };
  asked = [];
  now = 1_000_000;
  const client = new LobbyClient((url) => {
    asked.push(url);
    return Promise.resolve(
      published === undefined ? new Response('', { status: 503 }) : Response.json(published),
    );
  });
  cache = new KeySetCache(client, () => now);
});

it('asks a lobby once an hour', async () => {
  expect(await cache.get(LOBBY, signal)).toEqual({ keys: [1] });
  published = { keys: [2] };
  now += KEY_SET_MAX_AGE_MS - 1;
  expect(await cache.get(LOBBY, signal)).toEqual({ keys: [1] });
  now += 1;
  expect(await cache.get(LOBBY, signal)).toEqual({ keys: [2] });
  expect(asked).toEqual(Array(2).fill(`${LOBBY}/.well-known/jwks.json`));
});

it('keeps the lobbies apart', async () => {
  await cache.get(LOBBY, signal);
  published = { keys: [2] };
  expect(await cache.get('https://other.example.com', signal)).toEqual({ keys: [2] });
  expect(await cache.get(LOBBY, signal)).toEqual({ keys: [1] });
});

it('asks anew when told to, and keeps the answer', async () => {
  await cache.get(LOBBY, signal);
  published = { keys: [2] };
  expect(await cache.fetch(LOBBY, signal)).toEqual({ keys: [2] });
  expect(await cache.get(LOBBY, signal)).toEqual({ keys: [2] });
  expect(asked).toHaveLength(2);
});

it('remembers no failure: the next click asks again', async () => {
  published = undefined;
  expect(await cache.get(LOBBY, signal)).toBeUndefined();
  published = { keys: [1] };
  expect(await cache.get(LOBBY, signal)).toEqual({ keys: [1] });
});

it('does not lose what it has when asking anew fails', async () => {
  await cache.get(LOBBY, signal);
  published = undefined;
  expect(await cache.fetch(LOBBY, signal)).toBeUndefined();
  expect(await cache.get(LOBBY, signal)).toEqual({ keys: [1] });
});
