import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { asAnnounced, parseDeployments } from '../../../lobby/deployments';
import { roomNameIn } from '../../../lobby/regions/choice';
import { ROOM_NAME_MAX, ROOM_WORDS, RoomName, newRoomName } from '../../../shared/roomName';

const parsed = (text: string) => {
  const result = parseDeployments(text);
  if (!result.ok) throw new Error(result.fault);
  return result.deployments;
};

describe('JITSI_URL', () => {
  it('takes one address and names it default', () => {
    expect(parsed('https://meet.example.com/')).toEqual([
      { id: 'default', region: 'default', url: 'https://meet.example.com' },
    ]);
  });

  it('takes a list whose names are id and region', () => {
    expect(parsed('eu=https://eu.example.com, us=https://us.example.com/tenant')).toEqual([
      { id: 'eu', region: 'eu', url: 'https://eu.example.com' },
      { id: 'us', region: 'us', url: 'https://us.example.com/tenant' },
    ]);
  });

  it('takes plain http on this machine alone', () => {
    expect(parsed('http://127.0.0.1:8443')[0].url).toBe('http://127.0.0.1:8443');
    expect(parseDeployments('http://meet.example.com').ok).toBe(false);
  });

  it.each([
    ['', 'no address'],
    ['meet.example.com', 'no address'],
    ['ftp://meet.example.com', 'no address'],
    ['https://user:secret@meet.example.com', 'no address'],
    ['https://meet.example.com/?a=1', 'no address'],
    ['https://meet.example.com/#a', 'no address'],
    ['https://a.example.com,https://b.example.com', 'needs a name'],
    ['eu=https://a.example.com,', 'needs a name'],
    ['eu=https://a.example.com,eu=https://b.example.com', 'stands twice'],
  ])('refuses %j', (text, why) => {
    const result = parseDeployments(text);
    expect(result).toEqual({ ok: false, fault: expect.stringContaining(why) as string });
  });
});

describe('the name of a deployment', () => {
  const longest = ROOM_WORDS.map(({ length }) => length);
  const longestWord = longest.indexOf(Math.max(...longest));

  it('leaves room for four words, the longest that there are', () => {
    const id = 'x'.repeat(60);
    const [, second] = parsed(`eu=https://eu.example.com,${id}=https://x.example.com`);
    expect(second?.region).toBe(id);
    const name = roomNameIn(
      id,
      'eu',
      newRoomName(() => longestWord),
    );
    expect(name).toHaveLength(ROOM_NAME_MAX);
    expect(RoomName.parse(name)).toBe(name);
  });

  it.each([61, 64, 200])('is refused with %i characters', (length) => {
    const result = parseDeployments(`eu=https://eu.example.com,${'x'.repeat(length)}=https://x.example.com`);
    expect(result).toEqual({
      ok: false,
      fault: expect.stringContaining(`has ${length} characters; it may have 60`) as string,
    });
  });
});

describe('a deployment', () => {
  const deployments = parsed('eu=https://eu.example.com,us=https://us.example.com');

  it('is announced without what only the lobby needs', () => {
    const [first] = deployments;
    const withTokens = {
      ...first,
      appId: 'a',
      xmppDomain: 'x',
      tenant: undefined,
      secret: createSecretKey(Buffer.alloc(32)),
    };
    expect(asAnnounced(withTokens)).toEqual({ id: 'eu', url: 'https://eu.example.com', region: 'eu' });
  });
});
