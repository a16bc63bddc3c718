import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redacted } from '../../../../main/diagnostics/redacted';

const JTI = '3f2b8c1a-9d4e-4f6a-8b7c-0123456789ab';
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object, signature = 'a-signature_that-is-as-long-as-one-of-sixty-four-bytes-would-be') =>
  `${base64url({ alg: 'RS256', typ: 'JWT', kid: 'CWMKey' })}.${base64url(claims)}.${signature}`;
const TOKEN = jwt({ room: 'brisk-otter', jti: JTI });
const read = (text: string) => redacted(text, '/home/ana');

describe('of a text stays', () => {
  it.each([
    ['a token’s jti', `got ${TOKEN}`, `got <token:${JTI}>`],
    ['of a token without a jti, that it was one', `got ${jwt({ room: 'x' })}.`, 'got <token>'],
    ['of one whose jti is no id, the same', jwt({ jti: 'parley_secret' }), '<token>'],
    ['of half a token, the same', `got ${TOKEN.slice(0, 40)}`, 'got <token>'],
    ['of one that is not JSON, the same', `got aa.bb.${'c'.repeat(43)}`, 'got <token>'],
    [
      'an address’s origin, and the token’s jti',
      `load https://meet.acme.example/brisk-otter#jwt=%22${TOKEN}%22&x=1 failed`,
      `load https://meet.acme.example/…<token:${JTI}>%22&x=1 failed`,
    ],
    ['an address that is an origin', '"https://lobby.acme.example"', '"https://lobby.acme.example"'],
    ['one that ends in a slash', 'at https://lobby.acme.example/ now', 'at https://lobby.acme.example now'],
    ['its port', 'wss://meet.acme.example:8443/xmpp?room=a', 'wss://meet.acme.example:8443/…'],
    ['not its user', 'https://ana:hunter2@meet.acme.example/x', 'https://meet.acme.example/…'],
    ['of a link that opens the app, its scheme', 'parley://join?invite=abc', 'parley:…'],
    ['of a mail draft too', 'mailto:?body=https://x/join/abc', 'mailto:…'],
    [
      'the path of our own files',
      'at f (file:///opt/parley/index.cjs:1:2)',
      'at f (file:///opt/parley/index.cjs:1:2)',
    ],
    ['without what follows it', 'parley-app://shell/index.html?lang=de', 'parley-app://shell/index.html…'],
    ['the scheme of a credential', 'Authorization: Bearer abc.def', 'Authorization: Bearer …'],
    ['the same of a name and password', 'Basic YW5hOmh1bnRlcjI=', 'Basic …'],
    ['nothing of what a machine made up', `"parley_${'a1B2'.repeat(10)}"`, '"…"'],
    ['an id', `jti ${JTI}`, `jti ${JTI}`],
    ['long words', 'use-fake-device-for-media-stream of UnhandledPromiseRejectionWarning', undefined],
    ['times and paths', '2026-11-21T13:10:00.000Z /usr/lib/parley/resources/app.asar/out/main', undefined],
    [
      'a path from the home on',
      'open /home/ana/.config/Parley/settings.json',
      'open ~/.config/Parley/settings.json',
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toBe(expected ?? text);
  });
});

it('no token that a lobby, or a provider, makes up comes through, wherever it stands', () => {
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((some) => Buffer.from(some));
  const around = fc.constantFrom('', ' ', '"', '=', '/', ':', '?', '#', '\n', '…', '<');
  fc.assert(
    fc.property(bytes, around, around, (secret, before, after) => {
      const accessToken = `parley_${secret.toString('base64url')}`;
      expect(read(`error${before}${accessToken}${after}`)).not.toContain(accessToken);
      const token = jwt({ secret: secret.toString('hex') }, secret.toString('base64url'));
      expect(read(`error${before}${token}${after}`)).not.toContain(token.split('.')[1]);
    }),
    { examples: [[randomBytes(32), '/', '/']] },
  );
});

it('is the same when it is done again', () => {
  const text = `load https://meet.acme.example/x#jwt=${TOKEN} Bearer abcdef /home/ana/x`;
  expect(read(read(text))).toBe(read(text));
});
