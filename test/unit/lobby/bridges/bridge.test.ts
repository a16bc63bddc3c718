import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bridge, REPORT_MAX_BYTES } from '../../../../lobby/bridges/bridge';
import { type BridgeBehaviour, type PlayedBridge, reports, startBridge } from '../../../support/playedBridge';

let played: PlayedBridge;
let lines: { msg: string; field?: string }[];
let bridge: Bridge;

beforeEach(async () => {
  lines = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as { msg: string });
      done();
    },
  });
  played = await startBridge(reports({}));
  bridge = new Bridge(`${played.url}/colibri/stats`, pino(sink));
});
afterEach(async () => {
  bridge.stop();
  await played.stop();
});

async function conditionAfter(...behaviours: BridgeBehaviour[]): Promise<string> {
  for (const behaviour of behaviours) {
    played.behave(behaviour);
    await bridge.ask();
  }
  return bridge.condition;
}

describe('a bridge', () => {
  it('is unknown until it was asked', () => {
    expect(bridge.condition).toBe('unknown');
  });

  it.each([
    ['ready', {}],
    ['ready', { stress_level: 0.99, healthy: true, drain: false }],
    ['shutting-down', { graceful_shutdown: true }],
    ['shutting-down', { shutting_down: true }],
    ['draining', { drain: true }],
    ['unhealthy', { healthy: false }],
    ['full', { stress_level: 1 }],
  ])('is %s when it reports %j', async (condition, report) => {
    expect(await conditionAfter(reports(report))).toBe(condition);
  });

  const broken: BridgeBehaviour = (response) => response.destroy();

  it('is unreachable after two questions without an answer, not after one', async () => {
    expect(await conditionAfter(reports({ conferences: 3 }), broken)).toBe('ready');
    expect(bridge.report?.numbers.conferences).toBe(3);
    expect(await conditionAfter(broken)).toBe('unreachable');
    expect(bridge.report).toBeUndefined();
    expect(await conditionAfter(reports({}))).toBe('ready');
  });

  it.each<[string, BridgeBehaviour]>([
    ['an error', (response) => response.writeHead(500).end('{}')],
    ['no JSON', (response) => response.end('<html>')],
    ['a list', reports([])],
    ['nesting without end', (response) => response.end('['.repeat(200_000))],
    ['more than it may', (response) => response.end(' '.repeat(REPORT_MAX_BYTES) + '{}')],
    ['a redirect', (response) => response.writeHead(302, { location: '/colibri/stats' }).end()],
  ])('that answers with %s has not answered', async (_what, behaviour) => {
    expect(await conditionAfter(behaviour, behaviour)).toBe('unreachable');
    expect(lines.filter(({ msg }) => msg === 'a bridge gives no statistics')).toHaveLength(1);
  });

  it('is complained of once for each field that is wrong', async () => {
    const wrong = reports({ conferences: 'many', participants: -1 });
    await conditionAfter(wrong, wrong, wrong);
    expect(lines.flatMap(({ field }) => field ?? [])).toEqual(['conferences', 'participants']);
  });

  it.each([
    ['http://jvb1:8080/colibri/stats', 'http://jvb1:8080/colibri/stats', 'jvb1:8080'],
    ['http://jvb1/colibri/stats?key=secret', 'http://jvb1/colibri/stats', 'jvb1:80'],
    ['https://[2001:db8::7]/jvb', 'https://[2001:db8::7]/jvb', '[2001:db8::7]:443'],
  ])('at %s is told from others by what is no secret', (url, name, address) => {
    const other = new Bridge(url, pino({ enabled: false }));
    expect([other.name, other.address]).toEqual([name, address]);
  });
});
