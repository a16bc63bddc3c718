import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DeepLinkFault, parseDeepLink } from '../../../shared/deepLink';
import { JOIN_TEXT_MAX } from '../../../shared/limits';

const LOBBY = 'https://lobby.example.com';
const INVITE = 'eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.c2lnbmF0dXJl_-';
const ROOM = 'brisk-otter-maple-quill';

/** As the lobby's join page writes it (`lobby/invites/joinRoutes.ts`). */
const link = (parameters: Record<string, string>) =>
  `parley://join?${new URLSearchParams(parameters).toString()}`;

describe('a link of a lobby’s join page', () => {
  it.each([
    [link({ lobby: LOBBY, invite: INVITE, room: ROOM })],
    [link({ room: ROOM, lobby: LOBBY, invite: INVITE })],
    [link({ lobby: LOBBY, invite: INVITE, room: ROOM }).replace('join?', 'join/?')],
    [link({ lobby: LOBBY, invite: INVITE, room: ROOM }).replace('parley://join', 'PARLEY://Join')],
  ])('%s leads to the invite, and to no other room', (text) => {
    expect(parseDeepLink(text)).toEqual({
      ok: true,
      link: { kind: 'invite', lobby: LOBBY, invite: INVITE, room: ROOM },
    });
  });

  it('may name the invite alone, or the room alone', () => {
    const [lobby, invite, room] = ['http://127.0.0.1:8788', INVITE, ROOM];
    const byInvite = { kind: 'invite', lobby, invite, room: undefined };
    expect(parseDeepLink(link({ lobby, invite }))).toEqual({ ok: true, link: byInvite });
    expect(parseDeepLink(link({ lobby, room }))).toEqual({ ok: true, link: { kind: 'room', lobby, room } });
  });
});

it.each(['parley://call', 'parley://call/', 'PARLEY://CALL', 'parley://call?'])(
  '%s asks for a call',
  (text) => {
    expect(parseDeepLink(text)).toEqual({ ok: true, link: { kind: 'call' } });
  },
);

const good = link({ lobby: LOBBY, invite: INVITE, room: ROOM });
describe('is refused', () => {
  it.each<[string, DeepLinkFault]>([
    ['', 'form'],
    ['parley:', 'form'],
    ['parley:join', 'form'],
    ['parley:///join', 'form'],
    ['parley://', 'form'],
    [good.replace('parley', 'https'), 'form'],
    [good.replace('join?', 'ana@join?'), 'form'],
    [good.replace('join?', 'ana:pw@join?'), 'form'],
    [good.replace('join?', 'join:443?'), 'form'],
    [good.replace('join?', 'join/x?'), 'form'],
    [good.replace('join?', 'join.example?'), 'form'],
    [`${good}#config.startSilent=true`, 'form'],
    [`${good}#`, 'form'],
    [` ${good}`, 'form'],
    [`${good}\n`, 'form'],
    [good.replace('lobby', 'lob\tby'), 'form'],
    [`${good}&ä=1`, 'form'],
    ['parley://settings', 'action'],
    ['parley://quit', 'action'],
    ['parley://constructor', 'action'],
    ['parley://call?media=video', 'parameter'],
    [`${good}&config.prejoinConfig.enabled=false`, 'parameter'],
    [`${good}&jwt=x`, 'parameter'],
    [`${good}&room=${ROOM}`, 'parameter'],
    [`${good}&lobby=https%3A%2F%2Fevil.example`, 'parameter'],
    [`${good}&`.replace('room', 'ROOM'), 'parameter'],
    [link({ lobby: `${LOBBY}/`, room: ROOM }), 'lobby'],
    [link({ lobby: `${LOBBY}/join`, room: ROOM }), 'lobby'],
    [link({ lobby: 'https://ana:pw@lobby.example.com', room: ROOM }), 'lobby'],
    [link({ lobby: 'http://lobby.example.com', room: ROOM }), 'lobby'],
    [link({ lobby: 'lobby.example.com', room: ROOM }), 'lobby'],
    [link({ lobby: 'file:///etc', room: ROOM }), 'lobby'],
    [link({ lobby: 'javascript:alert(1)', room: ROOM }), 'lobby'],
    [link({ lobby: '', room: ROOM }), 'lobby'],
    [link({ lobby: LOBBY, invite: 'x' }), 'invite'],
    [link({ lobby: LOBBY, invite: `${INVITE}/../calls` }), 'invite'],
    [link({ lobby: LOBBY, invite: '' }), 'invite'],
    [link({ lobby: LOBBY, room: 'a/b' }), 'room'],
    [link({ lobby: LOBBY, room: 'Brisk-Otter' }), 'room'],
    [link({ lobby: LOBBY, room: '' }), 'room'],
    [link({ lobby: LOBBY, room: 'x?config.x=1' }), 'room'],
    [link({ lobby: LOBBY, invite: INVITE, room: '../x' }), 'room'],
    ['parley://join', 'incomplete'],
    [link({ lobby: LOBBY }), 'incomplete'],
    [link({ invite: INVITE, room: ROOM }), 'incomplete'],
    [link({ lobby: LOBBY, invite: `${'x'.repeat(JOIN_TEXT_MAX)}.y.z` }), 'too-long'],
  ])('%j for its %s', (text, fault) => {
    expect(parseDeepLink(text)).toEqual({ ok: false, fault });
  });
});

describe('whatever comes', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({ maxLength: 200 }).map((rest) => `parley://join?${rest}`),
    fc
      .dictionary(
        fc.constantFrom('lobby', 'invite', 'room', 'jwt', 'config.x'),
        fc.string({ unit: 'binary' }),
      )
      .map(link),
    fc
      .webUrl({ withQueryParameters: true, withFragments: true })
      .map((url) => url.replace(/^https?/, 'parley')),
  );

  it('is answered, and what is taken is made of a room, a lobby and an invite alone', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const result = parseDeepLink(text);
        if (!result.ok || result.link.kind === 'call') return;
        const { lobby, room } = result.link;
        expect(
          Object.keys(result.link).every((key) => ['kind', 'lobby', 'invite', 'room'].includes(key)),
        ).toBe(true);
        expect(new URL(lobby).origin).toBe(lobby);
        expect(room ?? 'x').toMatch(/^[a-z0-9-]{1,100}$/);
        if (result.link.kind === 'invite') expect(result.link.invite).toMatch(/^[\w.-]+$/);
      }),
    );
  });

  it('is refused once anything is put into a good link', () => {
    fc.assert(
      fc.property(
        fc.nat(good.length),
        fc.string({
          unit: fc.constantFrom('#', '@', ':', '/', '&x=1', '\\', ' ', '\0', '%'),
          minLength: 1,
          maxLength: 3,
        }),
        (at, inserted) => {
          const result = parseDeepLink(good.slice(0, at) + inserted + good.slice(at));
          // A colon or slash within an escaped value, or a stray ampersand, may leave the same parameters behind.
          if (result.ok)
            expect(result.link).toEqual({ kind: 'invite', lobby: LOBBY, invite: INVITE, room: ROOM });
        },
      ),
    );
  });
});
