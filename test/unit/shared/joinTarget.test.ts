import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJoinText, type JoinTextFault } from '../../../shared/joinTarget';
import { JOIN_TEXT_MAX } from '../../../shared/limits';

const jws = 'eyJhbGciOiJSUzI1NiJ9.eyJleHAiOjF9.c2lnbmF0dXJl_-';

/** What a text leads to, in one line. */
function leadsTo(text: string): string {
  const result = parseJoinText(text);
  if (!result.ok) return `refused: ${result.fault}`;
  const { target } = result;
  switch (target.kind) {
    case 'new':
      return 'a new room';
    case 'room':
      return `room ${target.room}`;
    case 'url':
      return `${target.room} on ${target.deployment}`;
    case 'lobby-room':
      return `${target.room} at ${target.lobby}`;
    case 'invite':
      return `invite ${target.invite} of ${target.lobby}`;
  }
}

it('takes a link in angle brackets, as mail and chat programs put it', () => {
  expect(parseJoinText(' <https://meet.example.com/brisk-otter> ')).toEqual({
    ok: true,
    target: { kind: 'url', deployment: 'https://meet.example.com', room: 'brisk-otter' },
  });
});

describe('a text pasted into "Join call"', () => {
  it.each([
    ['brisk-otter-maple-quill', 'room brisk-otter-maple-quill'],
    [' Brisk-Otter \n', 'room brisk-otter'],
    ['https://meet.example.com/brisk-otter', 'brisk-otter on https://meet.example.com'],
    ['https://meet.example.com/Brisk-Otter/', 'brisk-otter on https://meet.example.com'],
    ['meet.example.com/brisk-otter', 'brisk-otter on https://meet.example.com'],
    ['https://meet.example.com:8443/brisk-otter', 'brisk-otter on https://meet.example.com:8443'],
    ['meet.example.com:8443/brisk-otter', 'brisk-otter on https://meet.example.com:8443'],
    ['//meet.example.com/brisk-otter', 'brisk-otter on https://meet.example.com'],
    ['https://meet.example.com:443/brisk-otter', 'brisk-otter on https://meet.example.com'],
    ['https://meet.example.com/team/brisk-otter', 'brisk-otter on https://meet.example.com/team'],
    ['https://meet.example.com//team//brisk-otter', 'brisk-otter on https://meet.example.com/team'],
    ['https://meet.example.com/other/../brisk-otter', 'brisk-otter on https://meet.example.com'],
    ['http://localhost:8080/brisk-otter', 'brisk-otter on http://localhost:8080'],
    ['http://127.0.0.1:8080/brisk-otter', 'brisk-otter on http://127.0.0.1:8080'],
    [`https://lobby.example.com/join/${jws}`, `invite ${jws} of https://lobby.example.com`],
    [`https://lobby.example.com/join/${jws}/`, `invite ${jws} of https://lobby.example.com`],
    [`lobby.example.com/join/${jws}`, `invite ${jws} of https://lobby.example.com`],
    [`http://localhost:8788/join/${jws}?x=1#y`, `invite ${jws} of http://localhost:8788`],
    [`https://lobby.example.com/join/${jws}.x`, `invite ${jws}.x of https://lobby.example.com`],
    ['https://lobby.example.com/join/eyJhbGciOi', 'invite eyJhbGciOi of https://lobby.example.com'],
    ['https://meet.example.com/join/brisk-otter', 'brisk-otter on https://meet.example.com/join'],
  ])('%j leads to %s', (text, target) => {
    expect(leadsTo(text)).toBe(target);
  });

  it.each<[string, JoinTextFault]>([
    ['', 'empty'],
    [' \t\n', 'empty'],
    ['x'.repeat(JOIN_TEXT_MAX + 1), 'too-long'],
    ['brisk otter', 'room-name'],
    ['brisk_otter', 'room-name'],
    ['-otter', 'room-name'],
    ['x'.repeat(101), 'room-name'],
    ['meet.example.com:8443', 'room-name'],
    ['meet.example.com:99999/brisk-otter', 'not-a-link'],
    ['https://meet.example.com', 'no-room'],
    ['https://meet.example.com/', 'no-room'],
    ['https://meet.example.com/?room=brisk-otter', 'no-room'],
    ['https://meet.example.com/#brisk-otter', 'no-room'],
    ['https://meet.example.com/brisk%20otter', 'room-name'],
    ['https://meet.example.com/brisk%2fotter', 'room-name'],
    ['https://meet.example.com/a;b', 'room-name'],
    ['http://meet.example.com/brisk-otter', 'insecure'],
    ['http://localhost.evil.example/brisk-otter', 'insecure'],
    ['http://127.0.0.1.evil.example/brisk-otter', 'insecure'],
    [`http://lobby.example.com/join/${jws}`, 'insecure'],
    ['https://meet.example.com@evil.example/brisk-otter', 'not-a-link'],
    ['https://a:b@meet.example.com/brisk-otter', 'not-a-link'],
    ['javascript:alert(1)', 'not-a-link'],
    ['JavaScript:alert(1)//brisk-otter', 'not-a-link'],
    ['data:text/html,brisk-otter', 'not-a-link'],
    ['file:///brisk-otter', 'not-a-link'],
    ['parley:brisk-otter', 'not-a-link'],
    ['parley://join/brisk-otter', 'not-a-link'],
    ['parley-app://shell/brisk-otter', 'not-a-link'],
    ['https://', 'not-a-link'],
    ['https://lobby.example.com/join/x.y', 'room-name'],
  ])('%j is refused: %s', (text, fault) => {
    expect(leadsTo(text)).toBe(`refused: ${fault}`);
  });

  it('loses its query and hash, where Jitsi takes tokens and settings', () => {
    const link =
      'https://meet.example.com/brisk-otter?jwt=secret&lang=de#config.prejoinConfig.enabled=true&userInfo.displayName="Eve"';
    expect(parseJoinText(link)).toEqual({
      ok: true,
      target: { kind: 'url', deployment: 'https://meet.example.com', room: 'brisk-otter' },
    });
  });
});

const part = fc.string({
  unit: fc.oneof(fc.constantFrom(...'abz09-./:?#@%&=\\ '.split('')), fc.string({ unit: 'binary' })),
});
const pasted = fc.oneof(
  fc.string({ unit: 'binary' }),
  part,
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc
    .tuple(fc.constantFrom('https://', 'http://localhost/', 'https://a/join/'), part)
    .map((two) => two.join('')),
  fc
    .tuple(fc.webUrl(), fc.stringMatching(/^[a-z0-9]+$/), part)
    .map(([url, room, rest]) => `${url}/${room}?jwt=${rest}#config.${rest}`),
);

describe('whatever was pasted', () => {
  it('is read without throwing, to an address that is safe and holds no query, hash or user', () => {
    fc.assert(
      fc.property(pasted, (text) => {
        const result = parseJoinText(text);
        if (!result.ok || result.target.kind === 'new') return;
        const { target } = result;
        if (target.kind !== 'invite') expect(target.room).toMatch(/^[a-z0-9-]{1,100}$/);
        if (target.kind === 'room') return;
        const address = target.kind === 'url' ? target.deployment : target.lobby;
        const url = new URL(address);
        expect([url.username, url.password, url.search, url.hash]).toEqual(['', '', '', '']);
        expect(address).not.toMatch(/[?#\\\s]|\/$/);
        expect(url.protocol === 'https:' || url.hostname === 'localhost').toBe(true);
        if (target.kind === 'invite') expect(target.lobby).toBe(url.origin);
      }),
      { numRuns: 1000 },
    );
  });
});
