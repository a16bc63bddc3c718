/** Clients that take their time, or send more at once than they read: the others do not notice. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';
import { sendRaw } from '../support/rawHttp';

let lobby: LobbyProcess;
beforeAll(async () => {
  lobby = await startLobby({ jitsiUrl: 'https://meet.example.com' });
});
afterAll(() => lobby.stop());

const open = async () => {
  const { hostname, port } = new URL(lobby.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
};
/** Far above what an answer takes, also on a machine that has much to do; what blocks everybody is beyond it. */
const ANSWER_MAX_MS = 5_000;
async function expectPrompt(): Promise<void> {
  const begun = performance.now();
  expect((await fetch(`${lobby.url}/healthz`)).status).toBe(200);
  expect(performance.now() - begun).toBeLessThan(ANSWER_MAX_MS);
}

describe.concurrent('a request that does not come to its end', { timeout: 60_000 }, () => {
  const form = 'POST /join/x HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n';
  it.each([
    ['nothing at all', '', undefined, 10],
    ['a head, line by line', 'GET /healthz HTTP/1.1\r\nHost: x\r\n', 'X: y\r\n', 10],
    ['a body, letter by letter', `${form}Content-Length: 9000\r\n\r\n`, 'a', 20],
    ['a body, chunk by chunk', `${form}Transfer-Encoding: chunked\r\n\r\n`, '1\r\na\r\n', 20],
  ])('%s: is given up when its time is over', async (_what, bytes, drip, seconds) => {
    const begun = performance.now();
    const { status, headers } = await sendRaw(lobby.url, bytes, drip);
    const took = (performance.now() - begun) / 1000;
    expect([status, headers.get('content-type')]).toEqual([408, 'application/problem+json']);
    expect(took).toBeGreaterThan(seconds - 1);
    // Its time is looked at once a second; the rest is for a machine that has much to do.
    expect(took).toBeLessThan(seconds + 8);
  });
});

it('a thousand requests at once are answered in their order', async () => {
  const socket = await open();
  const last = 'GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
  socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(1_000) + last);
  const statuses = (await text(socket)).match(/(?<=HTTP\/1\.1 )\d{3}/g) ?? [];
  expect(statuses).toEqual([...Array<string>(1_000).fill('200'), '404']);
});

it.each(['/api/v1/openapi.json', '/.well-known/jwks.json', '/join/eyJ.eyJ.x'])(
  'answers to %s that nobody reads keep nobody else waiting',
  async (path) => {
    const socket = await open();
    socket.on('error', () => undefined).pause();
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`.repeat(6_000));
    for (let each = 0; each < 5; each += 1) await expectPrompt();
    socket.destroy();
  },
);

it('hundreds of connections on which nothing comes keep nobody else waiting', async () => {
  const sockets = await Promise.all(Array.from({ length: 500 }, open));
  await expectPrompt();
  for (const socket of sockets) socket.destroy();
});
