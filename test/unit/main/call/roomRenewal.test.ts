/** A fresh link into the same room, over a lobby played by its HTTP answers, with real keys and tokens. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { KeySetCache } from '../../../../main/call/keySetCache';
import { LobbyClient } from '../../../../main/call/lobbyClient';
import { type FoundRoom, type Renewal, RoomFinder } from '../../../../main/call/roomFinder';
import { RoomName } from '../../../../shared/roomName';
import { deploymentUrl, grantFor, type Lobby, newLobby, now, room, signToken } from '../security/roomGrants';
import { asByDefault } from './asByDefault';

const LOBBY = 'https://lobby.example.com';
const RENEWAL_PATH = `/api/v1/calls/${room}/token`;
const account: Renewal = { by: 'account', lobby: LOBBY, deployment: 'eu' };
const guest: Renewal = { by: 'invite', lobby: LOBBY, deployment: 'eu', invite: 'i.n.v', grant: 'g.r.t' };

let keys: Lobby;
let token: string;
beforeAll(async () => {
  keys = await newLobby();
  token = await signToken(keys);
});

let answers: Record<string, () => Response>;
let asked: { path: string; authorization: string | null; body: unknown }[];
let finder: RoomFinder;
let grant: ReturnType<typeof grantFor> & { expiresAt: string };

beforeEach(() => {
  asked = [];
  grant = { ...grantFor(token), expiresAt: '2026-03-01T12:10:00Z' };
  answers = {
    [RENEWAL_PATH]: () => Response.json(grant),
    '/.well-known/jwks.json': () => Response.json(keys.keySet),
  };
  const client = new LobbyClient((url, init) => {
    const path = url.replace(LOBBY, '');
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    if (init.method === 'POST')
      asked.push({ path, authorization: new Headers(init.headers).get('authorization'), body });
    return Promise.resolve(answers[path]?.() ?? problem('not-found', 404));
  });
  finder = new RoomFinder({
    lobby: client,
    keySets: new KeySetCache(client, () => 0),
    latencies: () => ({ eu: 21 }),
    access: { ask: (_lobby, question) => question('secret') },
    randomBelow: () => 0,
    accountName: 'ada-account',
    now: () => now,
  });
});

const problem = (code: string, status: number) =>
  Response.json({ type: `urn:parley:problem:${code}`, title: code, status }, { status });
const renew = (renewal: Renewal) => {
  const before: FoundRoom = {
    room: { name: room, deployment: deploymentUrl, free: false, invitable: true },
    url: `${deploymentUrl}/${room}#jwt=%22old%22`,
    inviteUrl: `${LOBBY}/join/i.n.v`,
    region: 'eu',
    jti: 'old',
    renewal,
  };
  const settings = { ...asByDefault, lobbyUrl: LOBBY, freeUrl: 'https://meet.jit.si', displayName: 'Ada' };
  return finder.renew(before, settings, new AbortController().signal);
};

describe('by the account', () => {
  it('asks for a fresh token, and keeps invite and right', async () => {
    const result = await renew(account);
    expect(result).toMatchObject({ ok: true, found: { inviteUrl: `${LOBBY}/join/i.n.v`, renewal: account } });
    expect(result.ok && result.found.url).toContain(encodeURIComponent(token));
    expect(asked).toEqual([
      {
        path: RENEWAL_PATH,
        authorization: 'Bearer secret',
        body: { displayName: 'Ada', deployment: 'eu' },
      },
    ]);
  });

  it('asks a lobby that knows no renewal for a call in the room', async () => {
    answers['/api/v1/calls'] = () => Response.json(grant, { status: 201 });
    answers[RENEWAL_PATH] = () => problem('not-found', 404);
    expect(await renew(account)).toMatchObject({ ok: true });
    expect(asked.at(-1)).toMatchObject({ path: '/api/v1/calls', body: { displayName: 'Ada', room } });
  });

  it('does not ask twice when the lobby no longer knows the user', async () => {
    answers[RENEWAL_PATH] = () => problem('unauthorized', 401);
    expect(await renew(account)).toMatchObject({ failure: { code: 'lobby-unauthorized' } });
    expect(asked).toHaveLength(1);
  });

  it('is not led into another room', async () => {
    const other = RoomName.parse('quite-another-room');
    answers[RENEWAL_PATH] = () => Response.json({ ...grant, room: other });
    expect(await renew(account)).toMatchObject({ failure: { code: 'room-link-refused', fault: 'room' } });
  });

  it('is not led to another deployment', async () => {
    const elsewhere = 'https://other.example.com';
    answers[RENEWAL_PATH] = () =>
      Response.json({
        ...grant,
        url: `${elsewhere}/${room}?jwt=${token}`,
        deployment: { ...grant.deployment, url: elsewhere },
      });
    expect(await renew(account)).toMatchObject({
      failure: { code: 'room-link-refused', fault: 'other-deployment' },
    });
  });
});

describe('by an invite', () => {
  it('shows the grant, and never the access token', async () => {
    expect(await renew(guest)).toMatchObject({ ok: true });
    expect(asked.map(({ path, authorization }) => [path, authorization])).toEqual([
      [RENEWAL_PATH, 'Bearer g.r.t'],
    ]);
  });

  it.each([
    ['there is no grant', { ...guest, grant: undefined }],
    ['the grant has ended', guest],
  ])('uses the invite again when %s', async (_why, renewal) => {
    answers[RENEWAL_PATH] = () => problem('unauthorized', 401);
    answers['/api/v1/invites/i.n.v'] = () => Response.json(grant);
    expect(await renew(renewal)).toMatchObject({ ok: true });
    expect(asked.at(-1)).toMatchObject({ path: '/api/v1/invites/i.n.v', authorization: null });
  });
});

it('a free room needs nobody', async () => {
  const url = `https://meet.jit.si/${room}#x`;
  expect(await renew({ by: 'name', url })).toMatchObject({ ok: true, found: { url } });
  expect(asked).toEqual([]);
});
