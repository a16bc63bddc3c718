/** Bytes that are hardly a request: each is refused and counted, and none does harm. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';
import { sendRaw } from '../support/rawHttp';
import { expectAnswer, refusals } from './answers';

let lobby: LobbyProcess;
beforeAll(async () => {
  lobby = await startLobby({ jitsiUrl: 'https://meet.example.com' });
});
afterAll(() => lobby.stop());

it.each<[string, string | Buffer]>([
  ['words', 'hello\r\n\r\n'],
  ['an empty line and no more', '\r\n\r\nx y z\r\n\r\n'],
  ['a TLS greeting', Buffer.from('16030100f8010000f40303', 'hex')],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['HTTP/9', 'GET / HTTP/9.9\r\n\r\n'],
  ['a method that there is not', 'BREW /coffee HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  ['a method for other servers', 'PROPFIND /join/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  ['no Host', 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ['two Hosts', 'GET /nothing HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n'],
  ['a whole URL of elsewhere', 'GET http://evil.example/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
  ['an asterisk', 'OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
  [
    'an Expect that nobody knows',
    'GET /healthz HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nConnection: close\r\n\r\n',
  ],
  ['an address with a broken escape', 'GET /%ff HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
  ['CONNECT', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n'],
  ['a header without a name', 'GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n'],
  ['a header with a NUL', 'GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n'],
  ['a folded header', 'GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\nConnection: close\r\n\r\n'],
  ['4,000 headers', `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${'X: y\r\n'.repeat(4_000)}\r\n`],
  ['a header of 20 kB', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`],
  ['an address of 20 kB', `GET /${'y'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`],
  [
    'two lengths',
    'POST /api/v1/calls HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx',
  ],
  [
    'a length and chunks',
    'POST /api/v1/calls HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  ['a length below zero', 'POST /api/v1/calls HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n'],
  [
    'chunks that are none',
    'POST /join/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  ],
  [
    'an unknown transfer encoding',
    'POST /join/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: rot13\r\n\r\nzz\r\n',
  ],
  ['a NUL in an address', 'GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['lines without a return', 'GET /healthz HTTP/1.1\nHost: a\n\n'],
  ['HTTP/0.9', 'GET /healthz\r\n\r\n'],
  ['HTTP/1.0 without a Host', 'GET /healthz HTTP/1.0\r\n\r\n'],
  [
    'a request behind another, hidden by a blank',
    'POST /join/x HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n',
  ],
  [
    'a chunk with 80 kB beside it',
    `POST /join/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;${'e=1;'.repeat(20_000)}`,
  ],
  [
    '30,000 headers behind a body',
    `POST /join/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n${'X: y\r\n'.repeat(30_000)}\r\n`,
  ],
])('%s: is refused and counted, once', async (_what, bytes) => {
  const before = await refusals(lobby);
  const code = expectAnswer(await sendRaw(lobby.url, bytes));
  expect(code).not.toBe('taken');
  expect(await refusals(lobby)).toEqual(new Map([...before, [code, (before.get(code) ?? 0) + 1]]));
  expect((await fetch(`${lobby.url}/healthz`)).status).toBe(200);
  expect(lobby.stderr()).not.toContain('request failed');
});
