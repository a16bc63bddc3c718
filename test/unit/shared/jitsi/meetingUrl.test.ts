import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXTERNAL_API_ID } from '../../../../shared/jitsi/limits';
import {
  inLanguage,
  type Meeting,
  meetingUrl,
  roomUrl,
  tokenForRoom,
  withFirstDevices,
  withToken,
} from '../../../../shared/jitsi/meetingUrl';
import { RoomName } from '../../../../shared/roomName';

const room = RoomName.parse('brisk-otter');
const deployment = 'https://meet.example.com';

/** The hash as the page reads it: each value is decoded and is JSON (jitsi-meet `parseURLParams.ts`). */
function parametersOf(url: string): Record<string, unknown> {
  const pairs = new URL(url).hash.slice(1).split('&');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [name, JSON.parse(decodeURIComponent(value.join('=')))] as [string, unknown];
    }),
  );
}

const always = {
  'config.enableTalkWhileMuted': true,
  'config.prejoinConfig.enabled': false,
  'config.startWithVideoMuted': true,
  jitsi_meet_external_api_id: EXTERNAL_API_ID,
};

describe('the address of a meeting', () => {
  it("carries a lobby's token in the hash, as JSON, and no name", () => {
    const url = meetingUrl({ deployment, room, token: 'aaa.bbb.ccc' });
    expect(url.split('#')[0]).toBe('https://meet.example.com/brisk-otter');
    expect(url).toContain('#jwt=%22aaa.bbb.ccc%22&');
    expect(parametersOf(url)).toEqual({ jwt: 'aaa.bbb.ccc', ...always });
  });

  it('carries the name in free mode, and no token', () => {
    const url = meetingUrl({ deployment, room, displayName: 'Ada "the" Łuk & co' });
    expect(parametersOf(url)).toEqual({ ...always, 'userInfo.displayName': 'Ada "the" Łuk & co' });
  });

  it('carries neither when neither is given', () => {
    expect(parametersOf(meetingUrl({ deployment, room }))).toEqual(always);
  });

  it('has the page notice that its user talks while muted, unless somebody wants it otherwise', () => {
    const config = { enableTalkWhileMuted: false, disablePolls: true };
    expect(parametersOf(meetingUrl({ deployment, room, config }))).toEqual({
      ...always,
      'config.enableTalkWhileMuted': false,
      'config.disablePolls': true,
    });
  });

  it('names the language that was chosen, and none that was not', () => {
    const url = meetingUrl({ deployment, room, token: 'aaa.bbb.ccc', displayName: '#?' });
    expect(inLanguage(url, 'system')).toBe(url);
    const german = new URL(inLanguage(url, 'de'));
    expect([german.pathname, german.search]).toEqual(['/brisk-otter', '?lang=de']);
    expect(parametersOf(german.href)).toEqual(parametersOf(url));
  });

  it('sends nothing but host and path to a server, whatever the name, and the page reads that name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (displayName) => {
        const meeting: Meeting = { deployment, room, token: 'a.b.c', displayName };
        const url = new URL(meetingUrl(meeting));
        expect([url.origin, url.pathname, url.search]).toEqual([deployment, '/brisk-otter', '']);
        expect(parametersOf(url.href)).toEqual({
          jwt: 'a.b.c',
          ...always,
          'userInfo.displayName': displayName,
        });
      }),
    );
  });
});

it.each([
  ['https://meet.example.com', 'https://meet.example.com/brisk-otter'],
  ['https://meet.example.com/', 'https://meet.example.com/brisk-otter'],
  ['https://meet.example.com/team/', 'https://meet.example.com/team/brisk-otter'],
])('a room of %s is shared as %s', (base, address) => {
  expect(roomUrl(base, room)).toBe(address);
});

describe('the first devices', () => {
  const url = meetingUrl({ deployment, room });

  it('stand in the hash by their labels, as JSON', () => {
    const labels = { audioinput: 'USB & Mic = "1"', audiooutput: 'Headset', videoinput: 'Cam (046d:0825)' };
    expect(parametersOf(withFirstDevices(url, labels))).toEqual({
      ...always,
      'devices.audioInput': 'USB & Mic = "1"',
      'devices.audioOutput': 'Headset',
      'devices.videoInput': 'Cam (046d:0825)',
    });
  });

  it("say nothing of the system's default, nor of what was never chosen", () => {
    expect(withFirstDevices(url, { audioinput: '' })).toBe(url);
    expect(withFirstDevices(url, {})).toBe(url);
  });
});

describe('a sign-in that comes back', () => {
  const at = `${deployment}/${room}`;
  const own = meetingUrl({ deployment, room, displayName: 'Ada' });

  it.each([
    ['in the query', `${at}?jwt=a.b.c`],
    ['among other parameters', `${at}?skipPrejoin=true&jwt=a.b.c#config.x=1`],
    ['in the hash, as JSON', `${at}#jwt=%22a.b.c%22&config.x=1`],
    ['in the hash, bare', `${at}#jwt=a.b.c`],
    ['to the room in capitals', `${deployment}/Brisk-Otter?jwt=a.b.c`],
  ])('brings its token %s', (_where, address) => {
    expect(tokenForRoom(address, own)).toBe('a.b.c');
  });

  it.each([
    ['without a token', at],
    ['with something else', `${at}?jwt=%22%3E%3Cscript%3E`],
    ['with too much', `${at}?jwt=a.b.${'c'.repeat(20_000)}`],
    ['to another room', `${deployment}/another?jwt=a.b.c`],
    ['to a part of the room', `${at}/more?jwt=a.b.c`],
    ['elsewhere', `https://evil.example/${room}?jwt=a.b.c`],
    ['elsewhere, by user info', `https://meet.example.com@evil.example/${room}?jwt=a.b.c`],
    ['nowhere', 'about:blank'],
  ])('brings none %s', (_how, address) => {
    expect(tokenForRoom(address, own)).toBeUndefined();
  });

  it('enters by its token, as before in all else', () => {
    const before = parametersOf(own);
    expect(parametersOf(withToken(own, 'a.b.c'))).toEqual({ ...before, jwt: 'a.b.c' });
    expect(withToken(withToken(own, 'a.b.c'), 'd.e.f')).toBe(withToken(own, 'd.e.f'));
  });
});
