/** The way to a room over a lobby played by its HTTP answers, with real keys and tokens. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { KeySetCache } from '../../../../main/call/keySetCache';
import { LobbyClient } from '../../../../main/call/lobbyClient';
import { type CallSettings, RoomFinder } from '../../../../main/call/roomFinder';
import type { ProofAnswer } from '../../../../main/signIn/lobbyAccess';
import type { CallIntent } from '../../../../shared/callState';
import { RoomName } from '../../../../shared/roomName';
import { deploymentUrl, grantFor, type Lobby, newLobby, now, room, signToken } from '../security/roomGrants';
import { asByDefault } from './asByDefault';

const LOBBY = 'https://lobby.example.com';
const settings: CallSettings = {
  ...asByDefault,
  lobbyUrl: LOBBY,
  freeUrl: 'https://meet.jit.si',
  displayName: 'Ada',
};
const newRoom: CallIntent = { target: { kind: 'new' }, media: 'audio', free: false };
const byLink = (deployment: string, free = false): CallIntent => ({
  target: { kind: 'url', deployment, room },
  media: 'audio',
  free,
});

let keys: Lobby;
let newKeys: Lobby;
let token: string;
beforeAll(async () => {
  [keys, newKeys] = await Promise.all([newLobby(), newLobby()]);
  token = await signToken(keys);
});

/** What the lobby answers on each path, and what it was asked. */
let answers: Record<string, () => Response>;
/** What an answer waits for, by path. */
let heldUntil: Record<string, Promise<void>>;
let asked: { path: string; authorization: string | null; body: unknown }[];
let latencies: Record<string, number> | undefined;
let readProof: (origin: string) => Promise<ProofAnswer>;
/** What this computer's clock shows. */
let clock: Date;
let finder: RoomFinder;
/** A finder that has not fetched any key yet. */
let newFinder: () => RoomFinder;

beforeEach(() => {
  asked = [];
  heldUntil = {};
  latencies = undefined;
  clock = now;
  const grant = { ...grantFor(token), expiresAt: '2026-03-01T12:10:00Z' };
  const invite = { url: `${LOBBY}/join/i.n.v`, expiresAt: '2026-03-02T12:00:00Z' };
  answers = {
    '/api/v1/calls': () => Response.json({ ...grant, invite }, { status: 201 }),
    '/api/v1/invites/i.n.v': () => Response.json(grant),
    '/api/v1/deployments': () => Response.json({ deployments: [grant.deployment] }),
    '/.well-known/jwks.json': () => Response.json(keys.keySet),
  };
  readProof = () => Promise.resolve({ ok: true, proof: 'secret' });
  const client = new LobbyClient(async (url, init) => {
    const path = url.replace(LOBBY, '');
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    asked.push({ path, authorization: new Headers(init.headers).get('authorization'), body });
    await heldUntil[path];
    return answers[path]?.() ?? new Response('', { status: 404 });
  });
  newFinder = () =>
    new RoomFinder({
      lobby: client,
      keySets: new KeySetCache(client, () => 0),
      access: {
        ask: async (lobby, question) => {
          const answer = await readProof(new URL(lobby).origin);
          return answer.ok ? question(answer.proof) : answer;
        },
      },
      latencies: (lobby) => (lobby === LOBBY ? latencies : undefined),
      randomBelow: () => 0,
      accountName: 'ada-account',
      now: () => clock,
    });
  finder = newFinder();
});

let answered: number;
const find = (intent: CallIntent, changes: Partial<CallSettings> = {}) => {
  answered = 0;
  const { signal } = new AbortController();
  return finder.find(intent, { ...settings, ...changes }, signal, () => (answered += 1));
};
const sentTo = (path: string) => asked.filter((request) => request.path === path);

describe('a room at another of the user’s lobbies', () => {
  it('is asked of that one, with its own token, whatever is in use', async () => {
    const there = { kind: 'lobby-room', lobby: LOBBY, room } as const;
    readProof = (origin) => Promise.resolve({ ok: true, proof: `for ${origin}` });
    const elsewhere = { lobbyUrl: 'https://other.example.com' };
    const result = await find({ target: there, media: 'audio', free: false }, elsewhere);
    expect(result).toMatchObject({ ok: true, found: { room: { name: room } } });
    const [request] = sentTo('/api/v1/calls');
    expect(request).toMatchObject({ authorization: `Bearer for ${LOBBY}`, body: { room } });
  });
});

describe('by a lobby', () => {
  it('is told what was measured of its regions, when something was', async () => {
    await find(newRoom);
    latencies = { eu: 21, us: 110 };
    await find(newRoom);
    expect(sentTo('/api/v1/calls').map(({ body }) => body)).toEqual([
      { displayName: 'Ada', media: 'audio' },
      { displayName: 'Ada', media: 'audio', latencies: { eu: 21, us: 110 } },
    ]);
  });

  it('has the page opened with what the lobby and policy want different; policy’s word is the last', async () => {
    const config = {
      disablePolls: true,
      p2p: { enabled: true },
      hosts: { domain: 'evil.example' },
      prejoinConfig: { enabled: true },
    };
    answers['/api/v1/calls'] = () =>
      Response.json({ ...grantFor(token), expiresAt: '2026-03-01T12:10:00Z', config }, { status: 201 });
    const result = await find(newRoom, { config: { 'p2p.enabled': false, subject: 'Pairing & co' } });
    const hash = result.ok ? new URL(result.found.url).hash : '';
    expect(hash).toMatch(
      /&config\.disablePolls=true&config\.p2p\.enabled=false&config\.subject=%22Pairing%20%26%20co%22&/,
    );
    expect(hash).not.toContain('hosts');
    expect(hash.match(/prejoinConfig[^&]*/g)).toEqual(['prejoinConfig.enabled=false']);
  });

  it('has a free call opened with what policy wants different', async () => {
    const result = await find({ ...newRoom, free: true }, { config: { disablePolls: true } });
    expect(result.ok && result.found.url).toContain('&config.disablePolls=true&config.prejoinConfig');
  });

  it('leads into the room with the token in the hash, and no name of our own', async () => {
    const result = await find(newRoom);
    expect(result).toMatchObject({
      ok: true,
      found: {
        room: { name: room, deployment: deploymentUrl, free: false, invitable: true },
        inviteUrl: `${LOBBY}/join/i.n.v`,
        jti: '7a1c',
      },
    });
    const url = new URL(result.ok ? result.found.url : '');
    expect(url.origin + url.pathname + url.search).toBe(`${deploymentUrl}/${room}`);
    expect(decodeURIComponent(url.hash)).toContain(`jwt="${token}"`);
    expect(url.hash).not.toContain('displayName');
    expect(answered).toBe(1);
  });

  it('leads into a room without an invite where the lobby makes none', async () => {
    const grant = { ...grantFor(token), expiresAt: '2026-03-01T14:10:00+02:00' };
    answers['/api/v1/calls'] = () => Response.json(grant, { status: 201 });
    expect(await find(newRoom)).toMatchObject({
      ok: true,
      found: { room: { invitable: false }, inviteUrl: undefined },
    });
  });

  it('sends the token of this lobby, the name and the media, and no room that was not asked for', async () => {
    const origins: string[] = [];
    readProof = (origin) => {
      origins.push(origin);
      return Promise.resolve({ ok: true, proof: 'secret' });
    };
    await find(newRoom);
    expect(origins).toEqual([LOBBY]);
    expect(sentTo('/api/v1/calls')).toEqual([
      { path: '/api/v1/calls', authorization: 'Bearer secret', body: { displayName: 'Ada', media: 'audio' } },
    ]);
    expect(sentTo('/.well-known/jwks.json')[0]?.authorization).toBeNull();
  });

  it("asks for the room that was named, and takes the account's name where none is set", async () => {
    await find({ target: { kind: 'room', room }, media: 'video', free: false }, { displayName: '' });
    expect(sentTo('/api/v1/calls')[0]?.body).toEqual({ displayName: 'ada-account', media: 'video', room });
  });

  it('checks the link: another room than the one asked for is refused', async () => {
    const result = await find({
      target: { kind: 'room', room: RoomName.parse('other-room') },
      media: 'audio',
      free: false,
    });
    expect(result).toMatchObject({ ok: false, failure: { code: 'room-link-refused', fault: 'room' } });
  });

  it('checks the link against the list: a deployment that is not on it is refused', async () => {
    const elsewhere = { id: 'x', url: 'https://other.example.com', region: 'x' };
    answers['/api/v1/deployments'] = () => Response.json({ deployments: [elsewhere] });
    expect(await find(newRoom)).toMatchObject({ failure: { code: 'room-link-refused', fault: 'origin' } });
  });

  it('makes do without a list, as older lobbies have none', async () => {
    delete answers['/api/v1/deployments'];
    expect(await find(newRoom)).toMatchObject({ ok: true });
  });

  it('asks for the room and for the list at a time, for the room first', async () => {
    const roomAsked = new Promise<void>((resolve) => {
      const start = answers['/api/v1/calls'];
      answers['/api/v1/calls'] = () => {
        resolve();
        return start?.() ?? Response.error();
      };
    });
    heldUntil = { '/api/v1/deployments': roomAsked };
    expect(await find(newRoom)).toMatchObject({ ok: true });
    const withProof = asked.filter(({ authorization }) => authorization !== null);
    expect(withProof.map(({ path }) => path)).toEqual(['/api/v1/calls', '/api/v1/deployments']);
  });

  it('takes no deployment on the word of the reply alone where the list is there and cannot be had', async () => {
    answers['/api/v1/deployments'] = () => new Response('', { status: 500 });
    expect(await find(newRoom)).toEqual({
      ok: false,
      failure: { code: 'lobby-broken', host: 'lobby.example.com', status: 500 },
    });
    expect(answered).toBe(0);
  });

  it('fetches the keys anew when the lobby has a new one', async () => {
    await find(newRoom);
    const signed = await signToken(newKeys);
    const reply = { ...grantFor(signed), expiresAt: '2026-03-01T12:10:00Z' };
    const invite = { url: `${LOBBY}/join/i.n.v`, expiresAt: '2026-03-02T12:00:00Z' };
    answers['/api/v1/calls'] = () => Response.json({ ...reply, invite }, { status: 201 });
    answers['/.well-known/jwks.json'] = () => Response.json(newKeys.keySet);
    expect(await find(newRoom)).toMatchObject({ ok: true });
    expect(sentTo('/.well-known/jwks.json')).toHaveLength(2);
  });

  it('refuses what no published key has signed, and what has no published key', async () => {
    answers['/.well-known/jwks.json'] = () => Response.json(newKeys.keySet);
    expect(await find(newRoom)).toMatchObject({ failure: { code: 'room-link-refused', fault: 'signature' } });
    delete answers['/.well-known/jwks.json'];
    finder = newFinder();
    expect(await find(newRoom)).toMatchObject({ failure: { fault: 'keys-unavailable' } });
  });

  it('fails with what the lobby says, without a word that it has answered well', async () => {
    answers['/api/v1/calls'] = () => new Response('', { status: 401 });
    expect(await find(newRoom)).toEqual({
      ok: false,
      failure: { code: 'lobby-unauthorized', host: 'lobby.example.com', tokenSent: true },
    });
    expect(answered).toBe(0);
  });

  it('fails before asking when no lobby is set or the keychain gives no token', async () => {
    expect(await find(newRoom, { lobbyUrl: '' })).toEqual({ ok: false, failure: { code: 'no-lobby' } });
    readProof = () => Promise.resolve({ ok: false, failure: { code: 'keychain', fault: 'locked' } });
    expect(await find(newRoom)).toEqual({ ok: false, failure: { code: 'keychain', fault: 'locked' } });
    expect(sentTo('/api/v1/calls')).toEqual([]);
  });
});

describe('the time of a token, which lasts ten minutes,', () => {
  const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  /** What the lobby's clock shows when it answers. */
  const lobbyAt = (minutes: number) => {
    const grant = answers['/api/v1/calls'];
    answers['/api/v1/calls'] = () => {
      const response = grant?.() ?? Response.error();
      response.headers.set('date', later(minutes).toUTCString());
      return response;
    };
  };
  const fault = async () => {
    const result = await find(newRoom);
    return result.ok || result.failure.code !== 'room-link-refused' ? undefined : result.failure.fault;
  };

  it.each([0, 60, -60])(
    'is judged by the clock of the lobby that made it: own clock %i min off',
    async (off) => {
      clock = later(off);
      lobbyAt(9);
      expect(await find(newRoom)).toMatchObject({ ok: true });
      lobbyAt(11);
      expect(await fault()).toBe('expired');
      lobbyAt(-2);
      expect(await fault()).toBe('not-yet-valid');
    },
  );

  it('is judged by the own clock when the lobby does not tell its own', async () => {
    clock = later(11);
    expect(await fault()).toBe('expired');
    clock = later(-2);
    expect(await fault()).toBe('not-yet-valid');
  });
});

describe('by a link', () => {
  const eu = { id: 'eu', url: deploymentUrl, region: 'eu' };
  const us = { id: 'us', url: 'https://us.example.com/', region: 'us' };
  const team = { id: 'team', url: `${deploymentUrl}/team`, region: 'eu-team' };
  const list = (...deployments: (typeof eu)[]) => {
    answers['/api/v1/deployments'] = () => Response.json({ deployments });
  };
  /** What the lobby answers in whatever region it was asked for. */
  const answersFrom = (deployment: typeof eu) => {
    const url = `${deployment.url.replace(/\/$/, '')}/${room}?jwt=${token}`;
    const reply = { ...grantFor(token, { deployment, url }), expiresAt: '2026-03-01T12:10:00Z' };
    answers['/api/v1/calls'] = () => Response.json(reply, { status: 201 });
  };

  it.each([eu, us, team])(
    'is for the deployment in it, whose region the lobby is told: $url',
    async (place) => {
      list(eu, us, team);
      answersFrom(place);
      const deployment = place.url.replace(/\/$/, '');
      expect(await find(byLink(deployment))).toMatchObject({ ok: true, found: { room: { deployment } } });
      expect(sentTo('/api/v1/calls')[0]?.body).toMatchObject({ room, region: place.region });
      expect(sentTo('/api/v1/deployments')).toHaveLength(1);
    },
  );

  it.each(['https://elsewhere.example.com', `${deploymentUrl}/other-team`, 'https://us.example.com:8443'])(
    'to %s, which the lobby does not list, is refused before a room is asked for',
    async (deployment) => {
      list(eu, us, team);
      expect(await find(byLink(deployment))).toEqual({
        ok: false,
        failure: {
          code: 'room-link-refused',
          host: 'lobby.example.com',
          fault: 'not-served',
          detail: new URL(deployment).host,
        },
      });
      expect(sentTo('/api/v1/calls')).toEqual([]);
    },
  );

  it('is held against the answer all the same, also where the lobby has no list', async () => {
    const refused = { failure: { code: 'room-link-refused', fault: 'other-deployment' } };
    list(eu, us);
    expect(await find(byLink('https://us.example.com'))).toMatchObject(refused);
    delete answers['/api/v1/deployments'];
    expect(await find(byLink('https://us.example.com'))).toMatchObject(refused);
    expect(sentTo('/api/v1/calls')[1]?.body).not.toHaveProperty('region');
    expect(await find(byLink(deploymentUrl))).toMatchObject({ ok: true });
  });

  it('leads nowhere while the list cannot be had', async () => {
    answers['/api/v1/deployments'] = () => new Response('', { status: 500 });
    expect(await find(byLink(deploymentUrl))).toMatchObject({ failure: { code: 'lobby-broken' } });
    expect(sentTo('/api/v1/calls')).toEqual([]);
  });

  it("to the lobby's own invites is an invite that is not valid; nobody is asked", async () => {
    expect(await find(byLink(`${LOBBY}/join`))).toEqual({
      ok: false,
      failure: { code: 'invite-refused', host: 'lobby.example.com', expired: false },
    });
    expect(asked).toEqual([]);
  });

  it('to free public Jitsi needs free mode, and the other way round; nobody is asked', async () => {
    expect(await find(byLink('https://meet.jit.si'))).toEqual({
      ok: false,
      failure: { code: 'free-link-needs-free-mode', host: 'meet.jit.si' },
    });
    expect(await find(byLink(deploymentUrl, true))).toEqual({
      ok: false,
      failure: { code: 'lobby-link-needs-lobby', host: 'meet.example.com' },
    });
    expect(asked).toEqual([]);
  });
});

describe('by an invite', () => {
  it('leads into the room that the user was asked about, and into no other', async () => {
    const beside = (name: string): CallIntent => ({
      target: { kind: 'invite', lobby: LOBBY, invite: 'i.n.v', room: RoomName.parse(name) },
      media: 'audio',
      free: false,
    });
    expect(await find(beside(room))).toMatchObject({ ok: true });
    expect(await find(beside('other-room'))).toMatchObject({
      failure: { code: 'room-link-refused', fault: 'room' },
    });
  });

  const invite: CallIntent = {
    target: { kind: 'invite', lobby: LOBBY, invite: 'i.n.v' },
    media: 'audio',
    free: true,
  };

  it('needs no access token and sends none, in free mode too', async () => {
    readProof = () => Promise.reject(new Error('The keychain was asked.'));
    expect(await find(invite, { lobbyUrl: '' })).toMatchObject({
      ok: true,
      found: { room: { name: room, free: false }, inviteUrl: `${LOBBY}/join/i.n.v` },
    });
    expect(asked.map(({ authorization }) => authorization)).toEqual([null, null]);
    expect(sentTo('/api/v1/invites/i.n.v')[0]?.body).toEqual({ displayName: 'Ada' });
  });

  it('is checked like every link', async () => {
    answers['/.well-known/jwks.json'] = () => Response.json(newKeys.keySet);
    expect(await find(invite)).toMatchObject({ failure: { code: 'room-link-refused', fault: 'signature' } });
  });
});

describe('in free mode', () => {
  const free = { ...newRoom, free: true };

  it('asks nobody: a new room, with the name in the hash and no token', async () => {
    const result = await find(free);
    expect(asked).toEqual([]);
    const url = new URL(result.ok ? result.found.url : '');
    expect([url.origin, url.search]).toEqual(['https://meet.jit.si', '']);
    expect(url.pathname).toMatch(/^\/[a-z]+-[a-z]+-[a-z]+-[a-z]+$/);
    expect(decodeURIComponent(url.hash)).toContain('userInfo.displayName="Ada"');
    expect(url.hash).not.toContain('jwt');
    expect(result).toMatchObject({ found: { inviteUrl: url.origin + url.pathname } });
  });

  it('tells nobody the name of the account', async () => {
    const result = await find(free, { displayName: '' });
    expect(result.ok && result.found.url).not.toMatch(/ada-account|userInfo/);
  });

  it('enters the room of a link', async () => {
    const result = await find(byLink('https://meet.jit.si', true));
    expect(result).toMatchObject({ ok: true, found: { inviteUrl: `https://meet.jit.si/${room}` } });
  });
});
