/** Several deployments, their bridges' statistics, and where calls go: the built lobby, asked over HTTP. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CallReply, DeploymentsReply, RegionsReply } from '../../shared/lobbyApi';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';
import { type PlayedBridge, reports, startBridge } from '../support/playedBridge';

const JITSI_URL = 'eu=https://eu.example.com,us=https://us.example.com,ap=https://ap.example.com';
/** A poll comes every 4 to 6 s, and a bridge must miss two. */
const SOON = { timeout: 25_000, interval: 100 };

let bridges: Record<'eu' | 'us' | 'us2', PlayedBridge>;
let lobby: LobbyProcess;
let token: string;

beforeAll(async () => {
  const [eu, us, us2] = await Promise.all([
    startBridge(
      reports({ conferences: 2, participants: 5, stress_level: 0.7, region: 'eu-west', healthy: true }),
    ),
    startBridge(reports({ conferences: '1', stress_level: 0.1, total_ice_failed: 'many', news: [1] })),
    startBridge(reports({ stress_level: 0.3 })),
  ]);
  bridges = { eu, us, us2 };
  lobby = await startLobby({
    jitsiUrl: JITSI_URL,
    env: {
      JVB_STATS_URL: `eu=${eu.url},us=${us.url},us=${us2.url}`,
      LOBBY_REGION_HEADER: 'X-Country',
      LOBBY_REGION_MAP: 'DE=eu,US=us,JP=ap',
    },
  });
  token = await lobby.addToken('ana');
  await vi.waitFor(async () => expect((await status('us')).health).toBe('healthy'), SOON);
});
afterAll(async () => {
  await lobby.stop();
  await Promise.all(Object.values(bridges).map((bridge) => bridge.stop()));
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${lobby.url}${path}`, { headers });
const bearer = () => ({ authorization: `Bearer ${token}` });

async function status(id: string) {
  const { deployments } = DeploymentsReply.parse(await (await get('/api/v1/deployments', bearer())).json());
  const found = deployments.find((deployment) => deployment.id === id);
  if (found === undefined) throw new Error(`There is no deployment ${id}.`);
  return found;
}

async function call(body: object = {}, headers: Record<string, string> = {}): Promise<CallReply> {
  const response = await fetch(`${lobby.url}/api/v1/calls`, {
    method: 'POST',
    headers: { ...bearer(), 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ displayName: 'Ana', ...body }),
  });
  expect(response.status).toBe(201);
  return CallReply.parse(await response.json());
}
const regionOf = async (...request: Parameters<typeof call>) => (await call(...request)).deployment.region;

describe('a call', () => {
  it('goes to the region that it names, else to the nearest, else where the header says, else to the default', async () => {
    const latencies = { eu: 190, us: 90, ap: 250 };
    const japan = { 'x-country': 'JP' };
    expect(await regionOf({ region: 'eu', latencies }, japan)).toBe('eu');
    expect(await regionOf({ latencies }, japan)).toBe('us');
    expect(await regionOf({}, japan)).toBe('ap');
    expect(await regionOf({}, { 'x-country': 'BR' })).toBe('eu');
    expect(await regionOf()).toBe('eu');
  });

  it('goes to the less loaded of two that are as near', async () => {
    expect(await regionOf({ latencies: { eu: 20, us: 35 } })).toBe('us');
  });

  it('in a new room tells by the name of the room where that is, so that everybody comes there', async () => {
    const { room, url } = await call({ latencies: { us: 5 } });
    expect(room).toMatch(/^us-[a-z]+-[a-z]+-[a-z]+-[a-z]+$/);
    expect(url).toContain('https://us.example.com/us-');
    expect(await regionOf({ room, latencies: { eu: 5, us: 300 } }, { 'x-country': 'DE' })).toBe('us');
    expect((await call()).room).toMatch(/^[a-z]+-[a-z]+-[a-z]+-[a-z]+$/);
  });

  it.each([
    ['negative times', { latencies: { eu: -1 } }],
    ['times without end', { latencies: { eu: 1e9 } }],
    ['text for times', { latencies: { eu: 'near' } }],
    ['a list', { latencies: [1] }],
    ['too many', { latencies: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`r${i}`, 1])) }],
  ])('with %s is refused', async (_what, body) => {
    const response = await fetch(`${lobby.url}/api/v1/calls`, {
      method: 'POST',
      headers: { ...bearer(), 'content-type': 'application/json' },
      body: JSON.stringify({ displayName: 'Ana', ...body }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ type: 'urn:parley:problem:invalid-request' });
  });
});

it('regions can be measured by whoever asks', async () => {
  const response = await get('/api/v1/regions');
  const { regions } = RegionsReply.parse(await response.json());
  expect(regions.map(({ region, probe }) => [region, new URL(probe).origin])).toEqual([
    ['eu', 'https://eu.example.com'],
    ['us', 'https://us.example.com'],
    ['ap', 'https://ap.example.com'],
  ]);
});

describe("a bridge's report", () => {
  it('is told field by field, without the ones that are not what they have to be', async () => {
    expect(await status('us')).toMatchObject({ health: 'healthy', load: 0.2 });
    expect((await status('us')).bridges?.[0]).toEqual({
      condition: 'ready',
      conferences: 1,
      stress_level: 0.1,
    });
    expect((await status('eu')).bridges).toEqual([
      { condition: 'ready', region: 'eu-west', conferences: 2, participants: 5, stress_level: 0.7 },
    ]);
    expect(await status('ap')).toMatchObject({ health: 'unknown', bridges: [] });
    const complaints = lobby.stderr().match(/"field":"total_ice_failed"/g) ?? [];
    expect(complaints).toHaveLength(1);
  });

  it('stands in the metrics', async () => {
    const text = await (await get('/metrics')).text();
    expect(text).toContain(
      `parley_bridge_report{deployment="eu",bridge="${bridges.eu.url}/colibri/stats",field="participants"} 5`,
    );
    expect(text).toContain('parley_deployment_health{deployment="us",health="healthy"} 1');
    expect(text).toMatch(/^parley_room_tokens_issued_total\{deployment="eu",kind="call"\} [1-9]/m);
    expect(text).toMatch(
      /^parley_http_request_duration_seconds_count\{.*route="\/api\/v1\/calls".*\} [1-9]/m,
    );
    expect(text).toMatch(/^parley_requests_refused_total\{problem="invalid-request"\} [1-9]/m);
    expect(text).toMatch(/^parley_signing_key_age_seconds \d/m);
  });
});

it('metrics are not given through a proxy', async () => {
  const response = await get('/metrics', { 'x-forwarded-for': '203.0.113.7' });
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ type: 'urn:parley:problem:forbidden' });
});

describe('a bridge that is no good', () => {
  /** Back to good after each. */
  async function recovers(): Promise<void> {
    bridges.us.behave(reports({ stress_level: 0.1 }));
    bridges.us2.behave(reports({ stress_level: 0.1 }));
    await expect.poll(async () => (await status('us')).health, SOON).toBe('healthy');
  }

  it('takes no new call when another can', async () => {
    const report = { drain: true };
    bridges.us.behave(reports(report));
    bridges.us2.behave(reports(report));
    await expect.poll(async () => (await status('us')).health, SOON).toBe('down');
    expect((await status('us')).bridges?.[0]).toMatchObject({ condition: 'draining' });
    expect(await regionOf({ region: 'us' })).toBe('eu');
    expect((await get('/readyz')).status).toBe(200);
    await recovers();
  });

  it('that is full is passed over, and still takes who comes to a room that is there', async () => {
    const { room } = await call({ region: 'us' });
    bridges.us.behave(reports({ stress_level: 1.5 }));
    bridges.us2.behave(reports({ stress_level: 1.1 }));
    await expect.poll(async () => (await status('us')).load, SOON).toBe(1.3);
    expect(await status('us')).toMatchObject({ health: 'degraded', bridges: [{ condition: 'full' }, {}] });
    expect(await regionOf({ region: 'us' })).toBe('eu');
    expect(await regionOf({ latencies: { us: 5, eu: 200 } })).toBe('eu');
    expect(await regionOf({ room })).toBe('us');
    await recovers();
  });

  it('harms nothing: it hangs, floods, lies, redirects or breaks off', async () => {
    const flood = 'x'.repeat(1_000_000);
    bridges.us.behave(() => undefined);
    bridges.us2.behave((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => {
        while (response.writable && response.write(flood));
      };
      response.on('drain', more);
      more();
    });
    bridges.eu.behave((response) => {
      response.writeHead(200).end('['.repeat(100_000));
    });
    await expect.poll(async () => (await status('us')).health, SOON).toBe('down');
    await expect.poll(async () => (await status('eu')).health, SOON).toBe('down');
    const rss = /^process_resident_memory_bytes (\S+)/m.exec(await (await get('/metrics')).text())?.[1];
    expect(Number(rss)).toBeLessThan(400e6);

    bridges.us.behave((response) => {
      response.writeHead(302, { location: `${bridges.us2.url}/colibri/stats` }).end();
    });
    bridges.us2.behave(reports({ stress_level: -5, conferences: 1e300, healthy: 'perhaps' }));
    bridges.eu.behave((response) => response.destroy());
    await expect.poll(async () => (await status('us')).health, SOON).toBe('degraded');
    expect((await status('us')).bridges).toEqual([{ condition: 'unreachable' }, { condition: 'ready' }]);
    expect(await regionOf()).toBe('us');
    bridges.eu.behave(reports({ stress_level: 0.1 }));
    await recovers();
  });
});

it('a lobby is ready while bridges are full or ill, and not when all are gone, and says why', async () => {
  bridges.eu.behave(reports({ stress_level: 1.5 }));
  const alone = await startLobby({
    jitsiUrl: 'https://meet.example.com',
    env: { JVB_STATS_URL: bridges.eu.url, LOBBY_METRICS_TOKEN: 'metrics-secret' },
  });
  try {
    const ask = (path: string, headers = {}) => fetch(`${alone.url}${path}`, { headers });
    const metrics = async () => (await ask('/metrics', { authorization: 'Bearer metrics-secret' })).text();
    await expect.poll(metrics, SOON).toContain('parley_deployment_load{deployment="default"} 1.5');
    expect(await metrics()).toContain('parley_deployment_health{deployment="default",health="degraded"} 1');
    expect((await ask('/readyz')).status).toBe(200);

    bridges.eu.behave(reports({ healthy: false }));
    await expect
      .poll(metrics, SOON)
      .toContain('parley_deployment_health{deployment="default",health="down"} 1');
    expect((await ask('/readyz')).status).toBe(200);

    bridges.eu.behave(reports({ drain: true }));
    await expect.poll(async () => (await ask('/readyz')).status, SOON).toBe(503);
    expect(await (await ask('/readyz')).json()).toEqual({
      status: 'not-ready',
      reasons: { deployments: 'no deployment takes conferences' },
    });
    expect((await ask('/metrics')).status).toBe(401);
  } finally {
    await alone.stop();
  }
});
