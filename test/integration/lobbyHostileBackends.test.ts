/** What a lobby asks may mean no good: an OpenID provider or a directory that says anything, without end or in bits. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';
import {
  drip,
  flood,
  type PlayedProvider,
  redirectTo,
  sendJson,
  startPlayedProvider,
} from '../support/playedProvider';

const AUDIENCE = 'parley-app';
/** More than a lobby takes in, with all that the system's buffers may hold. */
const TAKEN_MAX = 16_000_000;
/** Longest until a lobby gives a directory up that has sent it something without end, ms; with room for a busy machine. */
const DESPAIRED_MS = 15_000;
/** Longest that other requests may wait meanwhile, ms; a lobby that is held up lets them wait for seconds. */
const ANSWERED_MS = 2_000;

const call = (lobby: LobbyProcess, authorization: string) =>
  fetch(`${lobby.url}/api/v1/calls`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ displayName: 'Ana' }),
  });
async function expectUnavailable(response: Response): Promise<void> {
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await response.json()).toMatchObject({ type: 'urn:parley:problem:unavailable' });
}

describe('an OpenID provider', () => {
  let provider: PlayedProvider;
  let lobby: LobbyProcess;
  let token: string;

  beforeAll(async () => {
    provider = await startPlayedProvider(AUDIENCE, 'sub-1');
    const { id_token } = await provider.good('token');
    token = `Bearer ${String(id_token)}`;
  });
  afterAll(() => provider.stop());
  // Of its own each time: what a lobby has learnt of its provider it keeps.
  beforeEach(async () => {
    lobby = await startLobby({
      jitsiUrl: 'https://meet.example.com',
      env: {
        LOBBY_AUTH: 'oidc',
        LOBBY_OIDC_ISSUER: provider.issuer,
        LOBBY_OIDC_AUDIENCE: AUDIENCE,
        LOBBY_ADDRESS_RATE_LIMIT: 'off',
        LOBBY_RATE_LIMIT: 'off',
      },
    });
  });
  afterEach(async () => {
    provider.play('discovery');
    provider.play('keys');
    expect((await fetch(`${lobby.url}/healthz`)).status).toBe(200);
    await lobby.stop();
  });

  describe.each(['discovery', 'keys'] as const)('whose %s', (place) => {
    it('never ends is 503, and cut off', async () => {
      const { how, sent, cut } = flood();
      provider.play(place, how);
      await expectUnavailable(await call(lobby, token));
      await cut;
      expect(sent()).toBeLessThan(TAKEN_MAX);
    });

    it('drips is 503 in a few seconds', async () => {
      provider.play(place, drip);
      await expectUnavailable(await call(lobby, token));
    });

    it('is elsewhere is 503, and is not asked for there', async () => {
      let visits = 0;
      const elsewhere = createServer((socket) => {
        visits += 1;
        socket.destroy();
      }).listen(0, '127.0.0.1');
      await once(elsewhere, 'listening');
      provider.play(place, redirectTo(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`));
      await expectUnavailable(await call(lobby, token));
      elsewhere.close();
      expect(visits).toBe(0);
    });

    it('is of any other type is 503: whoever signs in is not to blame', async () => {
      const samples = [
        ...[null, 7, 'text', [], {}, { issuer: 7, jwks_uri: 7 }, { keys: 'none' }, { keys: [7, null] }],
        ...fc.sample(fc.jsonValue(), { numRuns: 20, seed: 5 }),
      ];
      for (const body of samples) {
        provider.play(place, sendJson(body));
        await expectUnavailable(await call(lobby, token));
      }
    });
  });

  it('that names keys at an address without protection has none fetched', async () => {
    const good = await provider.good('discovery');
    provider.play('discovery', sendJson({ ...good, jwks_uri: 'http://198.51.100.1/keys' }));
    await expectUnavailable(await call(lobby, token));
    await lobby.waitForStderr(/not protected/);
  });

  it('that has come to its senses is believed again', async () => {
    provider.play('keys', sendJson({ keys: 'none' }));
    await expectUnavailable(await call(lobby, token));
    provider.play('keys');
    expect((await call(lobby, token)).status).toBe(201);
  });
});

describe('a directory', () => {
  let directory: Server;
  let lobby: LobbyProcess;
  /** What it does with a connection at the first bytes that come. */
  let play: (socket: Socket) => void;
  const sockets = new Set<Socket>();

  beforeAll(async () => {
    directory = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => sockets.delete(socket));
      socket.once('data', () => play(socket));
    }).listen(0, '127.0.0.1');
    await once(directory, 'listening');
    lobby = await startLobby({
      jitsiUrl: 'https://meet.example.com',
      env: {
        LOBBY_AUTH: 'ldap',
        LDAP_URL: `ldap://127.0.0.1:${(directory.address() as AddressInfo).port}`,
        LDAP_BASE: 'dc=example,dc=com',
        LOBBY_ADDRESS_RATE_LIMIT: 'off',
        LOBBY_RATE_LIMIT: 'off',
      },
    });
  });
  afterEach(async () => {
    expect((await fetch(`${lobby.url}/healthz`)).status).toBe(200);
  });
  afterAll(async () => {
    await lobby.stop();
    directory.close();
    for (const socket of sockets) socket.destroy();
  });
  const login = (user = 'ana', password = 'secret') =>
    call(lobby, `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);

  /** LDAP messages (RFC 4511): the lobby's search is the first of its connection. */
  const tlv = (tag: number, ...content: Buffer[]) => {
    const body = Buffer.concat(content);
    const length = Buffer.alloc(5);
    length.writeUInt8(0x84);
    length.writeUInt32BE(body.length, 1);
    return Buffer.concat([Buffer.from([tag]), length, body]);
  };
  const text = (value: string) => tlv(0x04, Buffer.from(value));
  const message = (id: number, operation: Buffer) => tlv(0x30, tlv(0x02, Buffer.from([id])), operation);
  const entry = (id: number, size: number) =>
    message(id, tlv(0x64, text(`cn=${'a'.repeat(size)}`), tlv(0x30)));
  /** Of an orderly directory, which knows everybody with any password: one entry and the end of the search; the bind. */
  const success = Buffer.concat([tlv(0x0a, Buffer.from([0])), text(''), text('')]);
  const orderly = (socket: Socket) => {
    socket.write(Buffer.concat([entry(2, 1), message(2, tlv(0x65, success))]));
    socket.once('data', () => socket.write(message(3, tlv(0x61, success))));
  };
  async function expectGoodLogin(): Promise<void> {
    play = orderly;
    // Of a name of its own: a good login is remembered.
    expect((await login(`good-${randomUUID()}`)).status).toBe(201);
  }
  /** Sends again and again, as fast as it is taken. `sent` counts what has left. */
  function endless(chunk: Buffer): { sent: () => number; cut: Promise<unknown> } {
    let sent = 0;
    let onCut: () => void = () => undefined;
    const cut = new Promise<void>((resolve) => (onCut = resolve));
    play = (socket) => {
      socket.once('close', onCut);
      const more = () => {
        while (!socket.destroyed) {
          sent += chunk.length;
          if (!socket.write(chunk)) return void socket.once('drain', more);
        }
      };
      more();
    };
    return { sent: () => sent, cut };
  }

  it.each([
    ['finds people without end', () => entry(2, 1_000)],
    ['sends one message that is said to have a gigabyte', () => Buffer.alloc(65_536, 0)],
    ['answers what nobody has asked', () => entry(77, 1_000)],
  ])('that %s is 503, and cut off', async (what, chunk) => {
    const { sent, cut } = endless(chunk());
    if (what.includes('gigabyte')) {
      const flooding = play;
      play = (socket) => {
        socket.write(Buffer.from([0x30, 0x84, 0x3f, 0xff, 0xff, 0xff]));
        flooding(socket);
      };
    }
    await expectUnavailable(await login());
    await cut;
    expect(sent()).toBeLessThan(TAKEN_MAX);
  });

  it.each([
    ['an empty password, with which a directory may let anybody bind', 'ana', ''],
    ['an empty name', '', 'secret'],
    ['an endless name', 'a'.repeat(257), 'secret'],
    ['an endless password', 'ana', 'a'.repeat(257)],
  ])('is not even asked about %s', async (_what, user, password) => {
    let asked = 0;
    play = (socket) => {
      asked += 1;
      socket.destroy();
    };
    expect([(await login(user, password)).status, asked]).toEqual([401, 0]);
  });

  it('that says nothing, or hangs up, is 503', async () => {
    play = () => undefined;
    await expectUnavailable(await login());
    play = (socket) => socket.destroy();
    await expectUnavailable(await login());
  });

  describe('whose message ends before what is in it', () => {
    /** Of 32 kB, by its own word; its first bytes follow. */
    const cutShort = (tag: number, ...content: Buffer[]) =>
      Buffer.concat([Buffer.from([tag, 0x84, 0, 0, 0x7f, 0xff]), ...content]);
    const found = (...attributes: Buffer[]) => tlv(0x64, text('cn=ana'), tlv(0x30, ...attributes));

    it.each([
      ['an answer to a bind', tlv(0x61, tlv(0x0a, Buffer.from([0])), text(''), text(''), cutShort(0x04))],
      ['a list of attributes', tlv(0x64, text('cn=ana'), cutShort(0x30))],
      ['the values of an attribute', found(tlv(0x30, text('cn'), cutShort(0x31, text('Ana'))))],
      ['a value of an attribute', found(tlv(0x30, text('cn'), tlv(0x31, cutShort(0x04))))],
      ['a reference to another directory', tlv(0x73, cutShort(0x04))],
      // A negative length, as it is often read, that leads back to its own beginning.
      ['a reference without end', tlv(0x73, Buffer.from([0x04, 0x84, 0xff, 0xff, 0xff, 0xfa]))],
    ])('by %s, is 503 in seconds; all else is answered meanwhile', async (_what, operation) => {
      let asked: () => void = () => undefined;
      const whenAsked = new Promise<void>((resolve) => (asked = resolve));
      play = (socket) => {
        socket.write(message(2, operation));
        asked();
      };
      const begun = performance.now();
      let slowest = 0;
      let open = true;
      const othersAreAnswered = async () => {
        await whenAsked;
        while (open) {
          const sent = performance.now();
          expect((await fetch(`${lobby.url}/healthz`)).status).toBe(200);
          slowest = Math.max(slowest, performance.now() - sent);
        }
      };
      const answer = login().finally(() => (open = false));
      await Promise.all([answer.then(expectUnavailable), othersAreAnswered()]);
      expect(performance.now() - begun).toBeLessThan(DESPAIRED_MS);
      expect(slowest).toBeLessThan(ANSWERED_MS);
      await expectGoodLogin();
    });

    it('is asked again by the next login, also when many have waited for it', async () => {
      play = (socket) => socket.write(message(2, tlv(0x73, cutShort(0x04))));
      const logins = Array.from({ length: 20 }, (_, index) => login(`ana-${index}`));
      for (const response of await Promise.all(logins)) await expectUnavailable(response);
      await expectGoodLogin();
    });
  });

  it('that sends nine thousand messages in one breath leaves the lobby running', async () => {
    const short = Buffer.from([0x30, 5, 2, 1, 77, 0x61, 0]);
    play = (socket) => socket.end(Buffer.concat(Array<Buffer>(9_300).fill(short)));
    await expectUnavailable(await login());
    await expectGoodLogin();
  });

  it('that sends anything at all lets nobody in, and leaves the lobby running', async () => {
    const said = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      // Whole messages, with anything in them.
      fc
        .tuple(fc.constantFrom(0x61, 0x64, 0x65, 0x73, 0x78, 0x30), fc.uint8Array({ maxLength: 200 }))
        .map(([tag, content]) => message(2, tlv(tag, Buffer.from(content)))),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(said, { minLength: 1, maxLength: 3 }), async (parts) => {
        play = (socket) => socket.end(Buffer.concat(parts));
        expect((await login()).status).not.toBeLessThan(400);
      }),
      { numRuns: 60 },
    );
  });
});
