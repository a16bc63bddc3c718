/** Several deployments, their bridges' statistics, and where calls go: the built lobby, asked over HTTP. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CallReply, DeploymentsReply, RegionsReply } from '../../shared/lobbyApi';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';
import { type PlayedBridge, reports, startBridge } from '../support/playedBridge';

const JITSI_URL = 'eu=https://eu.example.com,us=https://us.example.com,ap=https://ap.example.com';
/** A poll comes every 4 to 6 s, and a bridge must miss two. */
const SOON = { timeout: 25_000, interval: 100 };

/** Every field that the operator's guide promises, as a bridge sends them; one as Java writes small numbers. */
const WHOLE_REPORT = {
  current_timestamp: '2026-11-21 08:00:00.250',
  ...Object.fromEntries(
    [
      ...['threads', 'bit_rate_download', 'bit_rate_upload', 'packet_rate_download', 'packet_rate_upload'],
      ...['rtp_loss', 'jitter_aggregate', 'rtt_aggregate', 'largest_conference', 'audiochannels'],
      ...['videochannels', 'conferences', 'participants', 'videostreams', 'endpoints'],
      ...['controlled', 'limited', 'degraded'].map((loss) => `total_loss_${loss}_participant_seconds`),
      ...['total_conference_seconds', 'total_conferences_created', 'total_conferences_completed'],
      ...['total_failed_conferences', 'total_partially_failed_conferences', 'total_participants'],
      ...['data_channel', 'colibri_web_socket'].flatMap((way) => [
        `total_${way}_messages_received`,
        `total_${way}_messages_sent`,
      ]),
      ...['total_ice_succeeded', 'total_ice_succeeded_tcp', 'total_ice_failed'],
      ...['bytes_received', 'bytes_sent', 'packets_received', 'packets_sent'].flatMap((what) => [
        `total_${what}`,
        `total_${what}_octo`,
      ]),
      'total_packets_dropped_octo',
    ].map((field, place): [string, number] => [field, place]),
  ),
  loss_rate_download: '1.0E-4',
  loss_rate_upload: 0.25,
  stress_level: 0.3,
  conference_sizes: [0, 4, 2],
  graceful_shutdown: false,
  healthy: true,
  drain: false,
  shutting_down: false,
  region: 'us-east',
  relay_id: '10.0.0.5:4096',
  version: '2.3.61-gabc',
  octo_version: 1,
};

let bridges: Record<'eu' | 'us' | 'us2', PlayedBridge>;
let lobby: LobbyProcess;
let token: string;

beforeAll(async () => {
  const [eu, us, us2] = await Promise.all([
    startBridge(
      reports({ conferences: 2, participants: 5, stress_level: 0.7, region: 'eu-west', healthy: true }),
    ),
    startBridge(reports({ conferences: '1', stress_level: 0.1, total_ice_failed: 'many', news: [1] })),
    startBridge(reports(WHOLE_REPORT)),
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
      address: new URL(bridges.us.url).host,
      condition: 'ready',
      conferences: 1,
      stress_level: 0.1,
    });
    expect((await status('eu')).bridges).toEqual([
      {
        address: new URL(bridges.eu.url).host,
        condition: 'ready',
        region: 'eu-west',
        conferences: 2,
        participants: 5,
        stress_level: 0.7,
        healthy: true,
      },
    ]);
    expect(await status('ap')).toMatchObject({ health: 'unknown', bridges: [] });
    const complaints = lobby.stderr().match(/"field":"total_ice_failed"/g) ?? [];
    expect(complaints).toHaveLength(1);
  });

  it('is told whole, so that nothing that the bridge knows is lost', async () => {
    expect((await status('us')).bridges?.[1]).toEqual({
      ...WHOLE_REPORT,
      loss_rate_download: 0.0001,
      address: new URL(bridges.us2.url).host,
      condition: 'ready',
    });
    const text = await (await get('/metrics')).text();
    const labels = `deployment="us",bridge="${bridges.us2.url}/colibri/stats"`;
    const { conference_sizes, current_timestamp, region, relay_id, version, ...figures } = WHOLE_REPORT;
    const lines = [
      ...Object.entries({ ...figures, loss_rate_download: 0.0001 }).map(
        ([field, figure]) => `parley_bridge_report{${labels},field="${field}"} ${Number(figure)}`,
      ),
      ...conference_sizes.map(
        (conferences, size) => `parley_bridge_conference_sizes{${labels},size="${size}"} ${conferences}`,
      ),
      `parley_bridge_info{${labels},version="${version}",octo_version="1",region="${region}",relay_id="${relay_id}"} 1`,
      `parley_bridge_report_timestamp_seconds{${labels}} ${Date.parse(`${current_timestamp}Z`) / 1000}`,
      `parley_bridge_up{${labels}} 1`,
    ];
    expect(lines.filter((line) => !text.includes(`${line}\n`))).toEqual([]);
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
    expect((await status('us')).bridges).toEqual([
      { address: new URL(bridges.us.url).host, condition: 'unreachable' },
      { address: new URL(bridges.us2.url).host, condition: 'ready' },
    ]);
    expect(await regionOf()).toBe('us');
    bridges.eu.behave(reports({ stress_level: 0.1 }));
    await recovers();
  });
});

it('of two deployments with old bridges as near, the one with fewer participants is taken; no query is told', async () => {
  const [eu, us] = await Promise.all([
    startBridge(reports({ participants: '40', conferences: '9' })),
    startBridge(reports({ participants: '3', conferences: '1' })),
  ]);
  const old = await startLobby({
    jitsiUrl: JITSI_URL,
    env: { JVB_STATS_URL: `eu=${eu.url}/colibri/stats?key=hush,us=${us.url}` },
  });
  try {
    const authorization = `Bearer ${await old.addToken('ana')}`;
    const regionNow = async () => {
      const response = await fetch(`${old.url}/api/v1/calls`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ displayName: 'Ana', latencies: { eu: 20, us: 35 } }),
      });
      return CallReply.parse(await response.json()).deployment.region;
    };
    await expect.poll(regionNow, SOON).toBe('us');
    eu.behave(reports({ participants: '2' }));
    await expect.poll(regionNow, SOON).toBe('eu');
    const told = await fetch(`${old.url}/api/v1/deployments`, { headers: { authorization } });
    const metrics = await fetch(`${old.url}/metrics`);
    for (const text of [await told.text(), await metrics.text(), old.stderr()]) {
      expect(text).toContain(new URL(eu.url).host);
      expect(text).not.toContain('hush');
    }
  } finally {
    await Promise.all([old.stop(), eu.stop(), us.stop()]);
  }
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
