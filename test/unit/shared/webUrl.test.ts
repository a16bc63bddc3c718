import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isLoopbackHost,
  isSecureUrl,
  parseServerAddress,
  parseUrl,
  withoutTrailingSlash,
} from '../../../shared/webUrl';

describe('this machine', () => {
  it.each(['localhost', '127.0.0.1', '127.255.0.9', '[::1]'])('is meant by %s', (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  });

  it.each([
    '',
    'localhost.evil.example',
    'evil-localhost',
    'localhost.',
    '127.0.0.1.evil.example',
    '127.0.0.1x',
    '1127.0.0.1',
    '128.0.0.1',
    '0.0.0.0',
    '10.127.0.0',
    '[::]',
    '[::ffff:7f00:1]',
    '[fe80::1]',
    'localhost\nevil.example',
  ])('is not meant by %j', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
});

describe('a secure URL', () => {
  it.each([
    ['https://meet.example.com/', true],
    ['http://localhost:8080/', true],
    ['http://127.1/', true],
    ['http://[0:0:0:0:0:0:0:1]/', true],
    ['http://LOCALHOST/', true],
    ['http://meet.example.com/', false],
    ['http://localhost.evil.example/', false],
    ['http://127.0.0.1.evil.example/', false],
    ['http://localhost@evil.example/', false],
    ['http://evil.example/localhost', false],
    ['ws://localhost/', false],
    ['ftp://localhost/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
  ])('%s: %s', (text, secure) => {
    expect(isSecureUrl(new URL(text))).toBe(secure);
  });
});

/** What becomes of a typed address, as it is stored. */
function stored(text: string): string | undefined {
  const url = parseServerAddress(text);
  return url === undefined ? undefined : withoutTrailingSlash(url);
}

describe("a server's address", () => {
  it.each([
    ['lobby.example.com', 'https://lobby.example.com'],
    ['  lobby.example.com:8443/  ', 'https://lobby.example.com:8443'],
    ['https://lobby.example.com', 'https://lobby.example.com'],
    ['HTTPS://Lobby.Example.COM/', 'https://lobby.example.com'],
    ['https://lobby.example.com:443/', 'https://lobby.example.com'],
    ['https://lobby.example.com/parley/', 'https://lobby.example.com/parley'],
    ['https://lobby.example.com/parley///', 'https://lobby.example.com/parley'],
    ['lobby.example.com?token=secret', 'https://lobby.example.com'],
    ['lobby.example.com/#jwt=secret', 'https://lobby.example.com'],
    ['localhost:8788', 'http://localhost:8788'],
    ['localhost', 'http://localhost'],
    ['127.0.0.1:8788/', 'http://127.0.0.1:8788'],
    ['[::1]:8788', 'http://[::1]:8788'],
    ['http://localhost:8788', 'http://localhost:8788'],
    ['https://127.0.0.1:8788', 'https://127.0.0.1:8788'],
    ['localhost.evil.example:8788', 'https://localhost.evil.example:8788'],
    ['127.0.0.1.evil.example', 'https://127.0.0.1.evil.example'],
  ])('%j is stored as %s', (text, address) => {
    expect(stored(text)).toBe(address);
  });

  it.each([
    '',
    '   ',
    'https://',
    'http://lobby.example.com',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://localhost@evil.example',
    'https://a@b',
    'https://a:b@lobby.example.com',
    'lobby.example.com@evil.example',
    'ftp://lobby.example.com',
    'file:///etc/passwd',
    'javascript://lobby.example.com/%0aalert(1)',
    'javascript:alert(1)',
    'parley-app://shell',
    'https://lobby example com',
    'https://lobby.example.com:99999',
  ])('%j is none', (text) => {
    expect(stored(text)).toBeUndefined();
  });

  it('is safe and bare, or none, whatever was typed', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc
        .tuple(
          fc.constantFrom('', 'http://', 'https://', '//', 'a@', 'https:', 'localhost'),
          fc.string({ unit: fc.constantFrom(...'ab.:/@?#[]127\\%'.split('')) }),
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const url = parseServerAddress(text);
        if (url === undefined) return;
        expect(isSecureUrl(url)).toBe(true);
        expect([url.username, url.password, url.search, url.hash]).toEqual(['', '', '', '']);
        expect(stored(withoutTrailingSlash(url))).toBe(withoutTrailingSlash(url));
      }),
    );
  });
});

it('parses what is no URL to nothing, without throwing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(parseUrl(text)?.href).toBe(URL.canParse(text) ? new URL(text).href : undefined);
    }),
  );
});

it('takes all slashes off the end, and no others', () => {
  expect(withoutTrailingSlash(new URL('https://meet.example.com'))).toBe('https://meet.example.com');
  expect(withoutTrailingSlash('https://meet.example.com/a/b//')).toBe('https://meet.example.com/a/b');
});
