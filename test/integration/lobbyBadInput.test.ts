/** No input makes the lobby fail, crash or hang, and every refusal is a problem document with a stable type. */
import { METHODS } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallReply } from '../../shared/lobbyApi';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';
import { type RawAnswer, sendRaw } from '../support/rawHttp';
import { expectAnswer } from './answers';

/** An operation of the lobby's own description. */
interface Operation {
  method: string;
  /** With `{name}` for each parameter. */
  path: string;
  /** Media type of its body. */
  body: string | undefined;
}

let lobby: LobbyProcess;
let operations: Operation[];
let paths: string[];
let accessToken: string;
let invite: string;

beforeAll(async () => {
  lobby = await startLobby({
    jitsiUrl: 'eu=https://eu.example.com,us=https://us.example.com',
    env: {
      LOBBY_TRUST_PROXY: '1',
      LOBBY_RATE_LIMIT: 'off',
      LOBBY_ADDRESS_RATE_LIMIT: 'off',
      LOBBY_REGION_HEADER: 'X-Region',
      LOBBY_CORS_ORIGINS: 'https://app.example.com',
    },
  });
  accessToken = await lobby.addToken('alice');
  const document = (await (await fetch(`${lobby.url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { requestBody?: { content: object } }>>;
  };
  paths = Object.keys(document.paths);
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      body: requestBody && Object.keys(requestBody.content)[0],
    })),
  );
  const started = await send('POST', '/api/v1/calls', { headers: json(), body: '{"displayName":"Ada"}' });
  invite = CallReply.parse(JSON.parse(started.body)).invite.url.split('/join/')[1] ?? '';
});
afterAll(() => lobby.stop());

const json = (): Record<string, string> => ({
  'Content-Type': 'application/json',
  Authorization: `Bearer ${accessToken}`,
});

let asked = 0;
interface Sent {
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
}

/** Sends a request as it is given, from an address of its own: wrong credentials are counted by address. */
function send(method: string, target: string, { headers = {}, body }: Sent = {}): Promise<RawAnswer> {
  asked += 1;
  const from = `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`;
  const all = {
    Host: 'lobby.example.com',
    'X-Forwarded-For': from,
    ...(body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
    ...headers,
    Connection: 'close',
  };
  const head = [
    `${method} ${target} HTTP/1.1`,
    ...Object.entries(all).map(([name, value]) => `${name}: ${value}`),
  ];
  return sendRaw(
    lobby.url,
    Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), Buffer.from(body ?? '')]),
  );
}

/** An address with its parameters filled in. */
const filled = (path: string, value: string) => path.replace(/\{\w+\}/g, value);

/** Nothing has failed unseen, and the process is the one that was started. */
async function expectHealthy(): Promise<void> {
  expect((await send('GET', '/healthz')).status).toBe(200);
  expect(lobby.stderr()).not.toContain('request failed');
  expect(lobby.stderr().match(/is listening on/g)).toHaveLength(1);
  expect(lobby.stderr()).not.toContain(accessToken);
}

describe('every operation', () => {
  const types = (operation: Operation) => operation.body ?? 'application/json';

  it('refuses bodies that are none of its own', async () => {
    const deep = '['.repeat(8000) + ']'.repeat(8000);
    const bodies: [type: string, body: string | Buffer][] = [
      ['application/json', ''],
      ['application/json', '{'],
      ['application/json', 'null'],
      ['application/json', '[]'],
      ['application/json', '"displayName"'],
      ['application/json', '1e999'],
      ['application/json', deep],
      ['application/json', '{"displayName":"Ada","__proto__":{"x":1}}'],
      ['application/json', '{"displayName":"Ada","constructor":{"prototype":{}}}'],
      ['application/json', '{"displayName":{"toString":1}}'],
      ['application/json', '{"displayName":"\\ud800","room":"a"}'],
      ['application/json', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
      ['application/json', '\ufeff{"displayName":1}'],
      ['application/json;charset=utf-16', '{"displayName":1}'],
      ['application/json', `{"displayName":"${'x'.repeat(17_000)}"}`],
      ['text/plain', '{"displayName":"Ada"}'],
      ['multipart/form-data; boundary=x', '--x\r\n\r\n--x--'],
      ['application/xml', '<a/>'],
      ['', 'x'],
      [';;;', 'x'],
      ['application/x-www-form-urlencoded', 'displayName[]=1&displayName[a]=2&%'],
      ['application/x-www-form-urlencoded', `displayName=${'x'.repeat(17_000)}`],
    ];
    for (const operation of operations) {
      for (const [type, body] of bodies) {
        const headers = { ...json(), 'Content-Type': type };
        const answer = await send(operation.method, filled(operation.path, invite), { headers, body });
        const code = expectAnswer(answer);
        // What takes a body takes none of these, but for a form with a name too odd to be refused.
        if (operation.body !== undefined && !types(operation).includes('form')) {
          expect([operation.path, type, String(body).slice(0, 40), code]).not.toContain('taken');
        }
      }
    }
    await expectHealthy();
  });

  it('refuses every method that is not its own, and says which are', async () => {
    for (const path of paths) {
      const own = operations.filter((operation) => operation.path === path).map(({ method }) => method);
      for (const method of METHODS) {
        // CONNECT takes no path; HEAD is had where GET is.
        if (own.includes(method) || method === 'CONNECT' || method === 'HEAD') continue;
        const answer = await send(method, filled(path, 'x'));
        expect([method, path, expectAnswer(answer)]).toEqual([method, path, 'method-not-allowed']);
        expect(answer.headers.get('allow')?.split(', ')).toEqual(expect.arrayContaining(own));
      }
    }
  });

  it('refuses addresses with parameters that cannot be', async () => {
    const values = [
      '%',
      '%zz',
      '%00',
      '%ff',
      '%E0%A4%A',
      '..',
      '%2e%2e%2f',
      '*',
      'a b'.replace(' ', '%20'),
      'é',
    ];
    const long = ['x'.repeat(4_000), 'x'.repeat(5_000), '%41'.repeat(3_000)];
    const weird = ['{}', '[]', '__proto__', 'constructor', 'a;b', 'a,b', "'", '`', '|', '\\'];
    for (const operation of operations.filter(({ path }) => path.includes('{'))) {
      for (const value of ['', ...values, ...long, ...weird]) {
        const body = operation.body?.includes('form') === true ? 'displayName=Ada' : '{"displayName":"Ada"}';
        const headers = {
          ...json(),
          ...(operation.body === undefined ? {} : { 'Content-Type': operation.body }),
        };
        const sent = operation.body === undefined ? { headers } : { headers, body };
        const answer = await send(operation.method, filled(operation.path, value), sent);
        expectAnswer(answer);
      }
    }
    await expectHealthy();
  });

  it('takes no harm from odd queries and headers', async () => {
    const queries = [
      '?',
      '?lang',
      '?lang=de&lang=fr',
      '?lang[]=de',
      '?__proto__[x]=1',
      '?%',
      `?${'a=1&'.repeat(2_000)}`,
    ];
    const headers: Record<string, string>[] = [
      { Authorization: '' },
      { Authorization: 'Bearer' },
      { Authorization: `Bearer ${'x'.repeat(4_000)}` },
      { Authorization: 'Basic Og==' },
      { Authorization: 'Basic ====' },
      { Authorization: 'Bearer eyJ.eyJ.x' },
      { Authorization: 'Digest username="a"' },
      { Accept: 'text/html;q=abc, */*;q=' },
      { Accept: 'text/html', 'Accept-Language': `${'de,'.repeat(1_000)};q=1;;` },
      { 'X-Forwarded-For': ', , ' },
      { 'X-Forwarded-For': '<script>' },
      { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'javascript' },
      { 'X-Region': '__proto__' },
      { Host: '[' },
      { Host: 'user:secret@lobby.example.com:x' },
      { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' },
      { Origin: 'https://app.example.com', 'Access-Control-Request-Method': '\u00e9' },
      { Range: 'bytes=9-1', 'If-None-Match': '*', 'If-Modified-Since': 'never' },
      { Upgrade: 'websocket', 'Sec-WebSocket-Key': 'x' },
      { Expect: 'the-impossible' },
      { 'Content-Encoding': 'gzip' },
      { 'X-HTTP-Method-Override': 'DELETE' },
    ];
    for (const { method, path, body } of operations) {
      const sent = { body: body?.includes('form') === true ? 'displayName=Ada' : '{"displayName":"Ada"}' };
      const type = body === undefined ? {} : { 'Content-Type': body };
      const rest = body === undefined ? {} : sent;
      for (const query of queries) {
        expectAnswer(
          await send(method, filled(path, invite) + query, { headers: { ...json(), ...type }, ...rest }),
        );
      }
      for (const odd of headers) {
        const all = { ...json(), ...type, ...odd };
        expectAnswer(await send(method, filled(path, invite), { headers: all, ...rest }));
      }
    }
    await expectHealthy();
  });
});

describe('whatever is sent', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.jsonValue().map((value) => JSON.stringify(value)),
  );
  const likelyBody = fc.record(
    {
      displayName: fc.oneof(fc.constant('Ada'), text),
      room: fc.oneof(fc.constant('brisk-otter'), text),
      region: fc.oneof(fc.constant('us'), text),
      media: text,
      deployment: fc.oneof(fc.constant('eu'), text),
      latencies: fc.oneof(fc.dictionary(text, fc.oneof(fc.double(), fc.jsonValue())), fc.jsonValue()),
      invite: fc.record({ opensAt: text, expiresAt: text }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  );
  const form = fc.dictionary(text, text).map((fields) => new URLSearchParams(fields).toString());
  const body = fc.oneof(
    likelyBody.map((value) => JSON.stringify(value)),
    form,
    fc.json(),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  );
  // What a header and an address may hold at all; the rest is "hardly a request" (RFC 9110 section 5.5).
  const visible = fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  });
  const headers = fc.record(
    {
      Accept: visible,
      'Accept-Language': visible,
      Authorization: fc.oneof(
        visible,
        visible.map((token) => `Bearer ${token}`),
        visible.map((token) => `Basic ${token}`),
      ),
      'Content-Type': fc.oneof(
        visible,
        fc.constantFrom('application/json', 'application/x-www-form-urlencoded'),
      ),
      'X-Forwarded-For': visible,
      'X-Region': visible,
      Origin: visible,
      'Sec-Fetch-Site': visible,
    },
    { requiredKeys: [] },
  );

  it('to whichever address, the lobby answers, and does not fail', async () => {
    const pathValue = fc.oneof(
      fc.constant('brisk-otter'),
      visible.map((value) => value.replace(/[?#]/g, '')),
      fc.string({ unit: 'binary' }).map((value) => encodeURIComponent(wellFormed(value))),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        pathValue,
        visible,
        headers,
        fc.option(body),
        fc.boolean(),
        async (which, value, query, odd, payload, known) => {
          const { method, path } = operations[which % operations.length] ?? { method: 'GET', path: '/' };
          const target = `${filled(path, value)}?${query.replace('#', '')}`;
          const sent = {
            headers: known ? { ...odd, ...json() } : odd,
            ...(payload === null ? {} : { body: payload }),
          };
          expectAnswer(await send(method, target, sent));
        },
      ),
      { numRuns: 600 },
    );
    await expectHealthy();
  });

  it('changed in a few places, an invite or a token is none', async () => {
    const place = fc.record({ at: fc.nat(), to: fc.constantFrom(...'abzAZ09-_.'.split('')) });
    const renewal = async () => {
      const answer = await send('POST', `/api/v1/invites/${invite}`, {
        headers: json(),
        body: '{"displayName":"Ada"}',
      });
      return (JSON.parse(answer.body) as { renewal: { token: string } }).renewal.token;
    };
    const grant = await renewal();
    const changed = (token: string, changes: readonly { at: number; to: string }[]) => {
      const letters = Array.from(token);
      for (const { at, to } of changes) letters[at % letters.length] = to;
      return letters.join('');
    };
    await fc.assert(
      fc.asyncProperty(fc.array(place, { minLength: 1, maxLength: 3 }), async (changes) => {
        const [badInvite, badGrant] = [changed(invite, changes), changed(grant, changes)];
        fc.pre(decoded(badInvite) !== decoded(invite) && decoded(badGrant) !== decoded(grant));
        const body = '{"displayName":"Ada"}';
        expect(
          expectAnswer(await send('POST', `/api/v1/invites/${badInvite}`, { headers: json(), body })),
        ).toBe('invite-invalid');
        const headers = { ...json(), Authorization: `Bearer ${badGrant}` };
        const room = CallReply.shape.room.parse(roomOf(grant));
        expect(expectAnswer(await send('POST', `/api/v1/calls/${room}/token`, { headers, body }))).toBe(
          'unauthorized',
        );
      }),
      { numRuns: 100 },
    );
    await expectHealthy();
  });
});

/** What a token says, bit by bit: the last letter of base64url may stand for the same bits as another. */
const decoded = (token: string) =>
  token
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString('hex'))
    .join('.');
const roomOf = (token: string) =>
  (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>)[
    'parley-room'
  ];
/** Without halves of characters, which no address can hold. */
const wellFormed = (text: string) => text.replace(/\p{Cs}/gu, '');
