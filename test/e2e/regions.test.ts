/** Regions are measured in the background; a click sends what was found, and waits for none of it. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CallRequest, type RegionsReply } from '../../shared/lobbyApi';
import { type DesktopApp, startDesktop } from '../support/desktopApp';

/** How long the far region takes to answer, in ms. */
const FAR_MS = 150;

let lobby: Server;
let desktop: DesktopApp;
/** Every request that the lobby has got, in its order. */
const asked: { what: string; body: string }[] = [];

beforeAll(async () => {
  lobby = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const what = `${request.method ?? ''} ${request.url ?? ''}`;
      asked.push({ what, body: Buffer.concat(chunks).toString() });
      if (what === 'GET /api/v1/regions') response.end(JSON.stringify(regions()));
      else if (what === 'HEAD /far') void delay(FAR_MS).then(() => response.end());
      else response.writeHead(request.method === 'HEAD' ? 204 : 404).end();
    });
  }).listen(0, '127.0.0.1');
  await once(lobby, 'listening');
  desktop = await startDesktop({ env: { PARLEY_LOBBY_URL: origin() } });
});
afterAll(async () => {
  await desktop.close();
  lobby.close();
  lobby.closeAllConnections();
});

const origin = () => `http://127.0.0.1:${(lobby.address() as AddressInfo).port}`;
const regions = (): RegionsReply => ({
  regions: ['near', 'far'].map((region) => ({
    region,
    deployment: region,
    probe: `${origin()}/${region}`,
  })),
});
const probes = () => asked.filter(({ what }) => what.startsWith('HEAD ')).length;

/** What a click tells the lobby of its regions. */
async function sentByClick(): Promise<Readonly<Record<string, number>>> {
  const calls = () => asked.filter(({ what }) => what === 'POST /api/v1/calls');
  const before = calls().length;
  await desktop.button('Start voice call').click();
  await expect.poll(() => calls().length).toBe(before + 1);
  await desktop.alert.first().waitFor();
  return CallRequest.parse(JSON.parse(calls().at(-1)?.body ?? '{}')).latencies ?? {};
}

it('each is measured before the click, which sends the medians', async () => {
  // One that opens the connection, and three that count, of each.
  await expect.poll(probes, { timeout: 10_000 }).toBe(8);
  // The last answer may still be on its way: then this click goes without.
  await expect.poll(async () => Object.keys(await sentByClick()).sort()).toEqual(['far', 'near']);
  expect((await sentByClick())['far']).toBeGreaterThanOrEqual(FAR_MS - 5);
  expect(probes()).toBe(8);
});
