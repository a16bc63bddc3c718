/** What `checkRoomLink` makes of addresses; all tokens here are good. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { RoomGrant } from '../../../../main/security/roomLink';
import {
  deploymentUrl,
  expectation,
  grantFor,
  type Lobby,
  newLobby,
  otherRoom,
  room,
  signToken,
  verdict,
} from './roomGrants';

let lobby: Lobby;
let token: string;
beforeAll(async () => {
  lobby = await newLobby();
  token = await signToken(lobby);
});

/** The verdict on a link; `<token>` in it stands for the good token. */
const judgeUrl = (url: string, changes: Partial<RoomGrant> = {}) =>
  verdict(grantFor(token, { url: url.replaceAll('<token>', token), ...changes }), expectation(lobby));

const at = (url: string) => ({ deployment: { id: 'eu', url, region: 'eu' } });
const GOOD = 'good: 7a1c';

describe('a room link', () => {
  it('is good on the announced deployment, for the room and the deployment asked for', async () => {
    const expected = expectation(lobby, { room, deployment: deploymentUrl });
    expect(await verdict(grantFor(token), expected)).toBe(GOOD);
  });

  it('is good on the deployment of the answer when the lobby lists none', async () => {
    expect(await verdict(grantFor(token), expectation(lobby, { announced: [] }))).toBe(GOOD);
  });

  it('is good on one of several, with a path, and on this machine without https', async () => {
    for (const base of [
      'https://eu.example.com:8443/team',
      'http://127.0.0.1:8080',
      'http://localhost:8080/',
    ]) {
      const grant = grantFor(token, {
        ...at(base),
        url: `${base.replace(/\/$/, '')}/brisk-otter?jwt=${token}`,
      });
      expect(await verdict(grant, expectation(lobby, { announced: [deploymentUrl, base] }))).toBe(GOOD);
    }
  });

  it.each([
    ['without https', 'http://meet.example.com/brisk-otter?jwt=<token>', 'scheme: meet.example.com'],
    [
      'to a trick host',
      'http://localhost.evil.example/brisk-otter?jwt=<token>',
      'scheme: localhost.evil.example',
    ],
    ['of another scheme', 'ftp://meet.example.com/brisk-otter?jwt=<token>', 'scheme: meet.example.com'],
    ['with a user', 'https://ada@meet.example.com/brisk-otter?jwt=<token>', 'malformed: meet.example.com'],
    ['with a password', 'https://:x@meet.example.com/brisk-otter?jwt=<token>', 'malformed: meet.example.com'],
    ['with the host as user', 'https://meet.example.com@evil.example/brisk-otter', 'malformed: evil.example'],
    [
      'with a hash, where settings could stand',
      'https://meet.example.com/brisk-otter?jwt=<token>#config.prejoinConfig.enabled=true',
      'malformed: meet.example.com',
    ],
    ['to another host', 'https://evil.example/brisk-otter?jwt=<token>', 'origin: evil.example'],
    [
      'to another port',
      'https://meet.example.com:8443/brisk-otter?jwt=<token>',
      'origin: meet.example.com:8443',
    ],
    [
      'to a host that begins alike',
      'https://meet.example.com.evil.example/brisk-otter?jwt=<token>',
      'origin: meet.example.com.evil.example',
    ],
    ['to another room', 'https://meet.example.com/other-room?jwt=<token>', 'room: other-room'],
    ['to no room', 'https://meet.example.com/?jwt=<token>', 'room: '],
    ['below the room', 'https://meet.example.com/brisk-otter/x?jwt=<token>', 'room: x'],
    ['above the room', 'https://meet.example.com/x/brisk-otter?jwt=<token>', 'room: brisk-otter'],
    ['back out of the room', 'https://meet.example.com/brisk-otter/../x?jwt=<token>', 'room: x'],
    ['back out in disguise', 'https://meet.example.com/brisk-otter/%2e%2E/x?jwt=<token>', 'room: x'],
    [
      'with an encoded slash',
      'https://meet.example.com/x%2f..%2fbrisk-otter?jwt=<token>',
      'room: x%2f..%2fbrisk-otter',
    ],
    ['with an encoded letter', 'https://meet.example.com/brisk%2Dotter?jwt=<token>', 'room: brisk%2Dotter'],
    ['in capitals', 'https://meet.example.com/Brisk-Otter?jwt=<token>', 'room: Brisk-Otter'],
    ['with a slash at the end', 'https://meet.example.com/brisk-otter/?jwt=<token>', 'room: '],
    ['with two slashes', 'https://meet.example.com//brisk-otter?jwt=<token>', 'room: brisk-otter'],
    [
      'with a parameter of the path',
      'https://meet.example.com/brisk-otter;x?jwt=<token>',
      'room: brisk-otter;x',
    ],
    ['without token', 'https://meet.example.com/brisk-otter', 'token-mismatch: meet.example.com'],
    [
      'with another token',
      'https://meet.example.com/brisk-otter?jwt=a.b.c',
      'token-mismatch: meet.example.com',
    ],
    [
      'with a second token',
      'https://meet.example.com/brisk-otter?jwt=<token>&jwt=a.b.c',
      'token-mismatch: meet.example.com',
    ],
    [
      'with a second token before it',
      'https://meet.example.com/brisk-otter?jwt=a.b.c&jwt=<token>',
      'token-mismatch: meet.example.com',
    ],
    [
      'with the token in JSON',
      'https://meet.example.com/brisk-otter?jwt=%22<token>%22',
      'token-mismatch: meet.example.com',
    ],
  ])('%s is refused', async (_what, url, refusal) => {
    expect(await judgeUrl(url)).toBe(refusal);
  });

  it('that goes back into the room on the way is the room itself, as a browser reads it', async () => {
    expect(await judgeUrl('https://meet.example.com/x/../brisk-otter?jwt=<token>')).toBe(GOOD);
  });
});

describe('what was announced', () => {
  it('outweighs an answer that agrees with itself: both link and deployment elsewhere', async () => {
    const elsewhere = 'https://evil.example/brisk-otter?jwt=<token>';
    expect(await judgeUrl(elsewhere, at('https://evil.example'))).toBe('origin: evil.example');
  });

  it('does not help a link that leaves the deployment of the answer', async () => {
    const announced = [deploymentUrl, 'https://us.example.com'];
    const grant = grantFor(token, at('https://us.example.com'));
    expect(await verdict(grant, expectation(lobby, { announced }))).toBe('origin: meet.example.com');
  });

  it.each(['https://ada@meet.example.com', 'https://meet.example.com/?x=', 'https://meet.example.com/#x'])(
    'is not a deployment such as %s',
    async (url) => {
      expect(await judgeUrl('https://meet.example.com/brisk-otter?jwt=<token>', at(url))).toBe(
        'origin: meet.example.com',
      );
    },
  );
});

describe('what was asked for', () => {
  it('another room: the answer is refused though it agrees with itself', async () => {
    const expected = expectation(lobby, { room: otherRoom });
    expect(await verdict(grantFor(token), expected)).toBe('room: brisk-otter');
  });

  it('a room by link on another deployment: the answer is refused', async () => {
    const announced = [deploymentUrl, 'https://us.example.com'];
    for (const deployment of [
      'https://us.example.com',
      'https://meet.example.com/team',
      'http://meet.example.com',
    ]) {
      const expected = expectation(lobby, { announced, deployment });
      expect(await verdict(grantFor(token), expected)).toBe('other-deployment: meet.example.com');
    }
  });

  it('an answer for another room, with a link there but a token for this one, is refused', async () => {
    const url = `${deploymentUrl}/other-room?jwt=${token}`;
    const grant = grantFor(token, { room: otherRoom, url });
    expect(await verdict(grant, expectation(lobby))).toBe('room: brisk-otter');
    expect(await verdict(grant, expectation(lobby, { room }))).toBe('room: other-room');
  });

  it('no refusal says the token', async () => {
    const links = [`https://evil.example/brisk-otter?jwt=${token}`, `${deploymentUrl}/x?jwt=${token}`];
    for (const url of links) expect(await judgeUrl(url)).not.toContain(token.slice(-20));
  });
});
