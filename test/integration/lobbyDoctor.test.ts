/** `doctor` against deployments that are played well, and each of them broken in one way. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Check } from '../../lobby/tools/doctor/finding';
import { TokenIssuer, startAsapServer } from '../support/jitsi/tokenIssuer';
import { runLobby, startLobby } from '../support/lobbyProcess';
import { freePort } from '../support/servers';
import type { PlayedDeploymentOptions } from '../support/xmpp/deployment';
import { type Examination, startExamination } from './examination';

let examination: Examination;
beforeAll(async () => {
  examination = await startExamination();
});
afterEach(() => examination.discharge());
afterAll(() => examination.stop());

const play: Examination['play'] = (options) => examination.play(options);
const doctor: Examination['doctor'] = (extra) => examination.doctor(extra);

describe('a deployment as it should be', () => {
  it('passes every check', async () => {
    await play();
    const { code, healthy, sections, failed, warned, skipped, stderr } = await doctor();
    expect([failed, warned, skipped]).toEqual([[], [], ['bridges']]);
    expect([code, healthy, stderr]).toEqual([0, true, '']);
    expect(sections.map(({ id }) => id)).toEqual(['lobby', 'default']);
    expect(sections[1]?.findings.map(({ check }) => check)).toEqual([
      ...['host-name', 'tls', 'config', 'clock', 'websocket', 'bosh', 'good-token', 'door', 'other-room'],
      ...['no-token', 'expired-token', 'other-key', 'unsigned', 'guests', 'bridges'],
    ]);
  });

  it('may let everybody open rooms, and serve plain HTTP on this machine', async () => {
    await play({ certificate: undefined, prosody: { creationRestricted: false } });
    const { code, finding } = await doctor();
    expect(code).toBe(0);
    expect(finding('door')).toMatchObject({ result: 'ok', found: "opens for the token's room" });
    expect(finding('tls')).toMatchObject({ result: 'skipped' });
  });

  it('is examined also when nobody has told the public address of a lobby that other machines reach', async () => {
    await play();
    const { code, finding, stderr } = await doctor({ LOBBY_HOST: '0.0.0.0' });
    expect(code).toBe(0);
    expect(finding('key-server')?.found).toContain(
      `http://127.0.0.1:${examination.env['LOBBY_PORT'] ?? ''}/asap serves`,
    );
    expect(stderr).toMatch(/^LOBBY_PUBLIC_URL is not set: /);
  });

  it('is examined with a list of keys', async () => {
    await play();
    const file = examination.env['JITSI_RSA_JWT_KEY_FILE'] ?? '';
    const { code, finding } = await doctor({ JITSI_RSA_JWT_KEY_FILE: `CWMKey=${file}` });
    expect(code).toBe(0);
    expect(finding('good-token')?.result).toBe('ok');
  });

  it('is shown to people as a table', async () => {
    const { url } = await play();
    const { code, stdout } = await runLobby(['doctor'], { ...examination.env, JITSI_URL: url });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}ok {7}good token +let in by websocket and bosh$/m);
    expect(stdout).toMatch(/^Nothing is wrong\.$/m);
  });

  it('is asked as by its own client: every connection names the room, and those with a token have one each', async () => {
    const { connections } = await play();
    await doctor();
    const tokens = connections.flatMap(({ searchParams }) => searchParams.get('token') ?? []);
    // A good one by each way, then an expired one, one of another key, an unsigned one.
    expect(tokens).toHaveLength(5);
    expect(new Set(tokens).size).toBe(4);
    const named = connections.filter(({ searchParams }) => searchParams.has('room'));
    // Without: the two that only look whether anybody answers.
    expect(named).toHaveLength(connections.length - 2);
  });
});

const wrongKeyServer = 'http://127.0.0.1:1/asap';

describe('a deployment that is broken', () => {
  it.each<[string, Partial<PlayedDeploymentOptions>, Check[], RegExp]>([
    [
      'config.js missing',
      { configJs: () => undefined },
      ['config'],
      /serve config\.js at the root of JITSI_URL/,
    ],
    ['config.js broken', { configJs: () => 'var config = {' }, ['config'], /mend config\.js/],
    [
      'another XMPP domain',
      { prosody: { xmppDomain: 'meet.jitsi', muc: 'muc.meet.jitsi' } },
      ['config', 'door'],
      /JITSI_XMPP_DOMAIN=meet\.jitsi/,
    ],
    [
      'WebSocket closed',
      { closed: ['websocket'] },
      ['websocket'],
      /\/xmpp-websocket .*Upgrade and Connection/,
    ],
    ['BOSH closed', { closed: ['bosh'] }, ['bosh'], /\/http-bind .*"bosh" among its modules_enabled/],
    ['no token needed', { prosody: { tokenRequired: false } }, ['no-token'], /allow_empty_token = false/],
    ['another app id', { prosody: { appId: 'jitsi' } }, ['good-token'], /set app_id = "CodeWithMe"/],
    [
      'key server out of reach',
      { asapKeyServer: wrongKeyServer },
      ['good-token'],
      /asap_key_server must be http:\/\/127\.0\.0\.1:\d+\/asap/,
    ],
    ['clock two minutes ahead', { clockAhead: 120 }, ['clock'], /NTP/],
    ['clock two minutes behind', { clockAhead: -120 }, ['clock', 'good-token'], /set the clock|NTP/],
    ['any token for any room', { prosody: { anyRoom: true } }, ['other-room'], /"token_verification"/],
    [
      'any token for any room, open to all',
      { prosody: { anyRoom: true, creationRestricted: false } },
      ['other-room'],
      /"token_verification"/,
    ],
    ['guests welcome', { prosody: { guestDomain: 'guest.127.0.0.1' } }, ['guests'], /ENABLE_GUESTS=0/],
    [
      'signatures unchecked',
      { prosody: { signaturesUnchecked: true } },
      ['other-key', 'unsigned'],
      /authentication = "token"|luajwtjitsi/,
    ],
    ['expiry unchecked', { prosody: { expiryUnchecked: true } }, ['expired-token'], /does not look at exp/],
    ['query lost on the way', { losesQuery: true }, ['good-token'], /let the web server pass the query on/],
  ])('%s: names it, and what to do', async (_name, options, expected, fix) => {
    await play(options);
    const { code, healthy, failed, finding } = await doctor();
    expect(failed).toEqual(expected);
    for (const check of expected) expect(finding(check)?.fix).toMatch(fix);
    expect([code, healthy]).toEqual([1, false]);
  });

  it('no authentication at all: says that it is one thing', async () => {
    const open = { tokenRequired: false, signaturesUnchecked: true, expiryUnchecked: true, anyRoom: true };
    await play({ prosody: open });
    const { failed, finding } = await doctor();
    expect(failed).toEqual(['other-room', 'no-token', 'expired-token', 'other-key', 'unsigned']);
    expect(finding('no-token')?.fix).toMatch(/authentication = "token"/);
    for (const check of ['expired-token', 'other-key', 'unsigned'] as const) {
      expect(finding(check)?.fix).toMatch(/^mend "no token" first/);
    }
  });

  it('certificate expired', async () => {
    await play({ certificate: await examination.authority.issue({ expired: true }) });
    const { failed, finding, skipped } = await doctor();
    expect(failed).toEqual(['tls']);
    expect(finding('tls')).toMatchObject({ found: expect.stringContaining('expired on') as string });
    expect(finding('tls')?.fix).toMatch(/renew the certificate/);
    expect(skipped).toContain('no-token');
  });

  it('certificate for another host', async () => {
    await play({ certificate: await examination.authority.issue({ names: 'DNS:other.example.com' }) });
    const { failed, finding } = await doctor();
    expect([failed, finding('tls')?.found]).toEqual([['tls'], 'the certificate is not for 127.0.0.1']);
  });

  it('certificate of an authority that this machine does not know', async () => {
    await play();
    const { failed, finding } = await doctor({ NODE_EXTRA_CA_CERTS: '' });
    expect(failed).toEqual(['tls']);
    expect(finding('tls')?.fix).toMatch(/fullchain\.pem.*NODE_EXTRA_CA_CERTS/);
  });

  it('another key under our id, which Prosody keeps', async () => {
    const other = await startAsapServer([new TokenIssuer()]);
    try {
      await play({ asapKeyServer: other.url });
      const { failed, finding } = await doctor();
      expect(failed).toEqual(['good-token']);
      expect(finding('good-token')).toMatchObject({ found: 'not let in by websocket: Invalid signature' });
      expect(finding('good-token')?.fix).toMatch(/restart it; a new key needs a new JWT_KEY_ID/);
    } finally {
      await other.stop();
    }
  });

  it('lobby not there: Prosody cannot have its key', async () => {
    await play();
    const { failed, finding } = await doctor({ LOBBY_PORT: '1' });
    expect(failed).toEqual(['key-server']);
    expect(finding('key-server')?.fix).toMatch(/start the lobby, and let LOBBY_PUBLIC_URL/);
  });

  it('lobby with another key than the settings have', async () => {
    await play();
    const other = await startLobby({ jitsiUrl: 'https://127.0.0.1:1' });
    try {
      const { failed, finding } = await doctor({ JITSI_RSA_JWT_KEY_FILE: other.keyFile });
      expect(failed).toEqual(['key-server', 'good-token']);
      expect(finding('key-server')?.fix).toMatch(/a new key needs a new id/);
    } finally {
      await other.stop();
    }
  });

  it('nobody there', async () => {
    const { failed, finding } = await doctor({ JITSI_URL: `http://127.0.0.1:${await freePort()}` });
    expect(failed).toEqual(['config']);
    expect(finding('config')?.fix).toMatch(/start the web server/);
  });
});

it.each<[string, Partial<PlayedDeploymentOptions>, RegExp]>([
  ['silence', { prosody: { silentDomain: 'guest.127.0.0.1' } }, /no answer in time/],
  ['HTTP 502', { closed: ['websocket'], badGatewayFor: 'guest.127.0.0.1' }, /it answered 502/],
])('guests: by %s nothing is told of whether they get in', async (_name, options, found) => {
  await play(options);
  const { finding, warned } = await doctor();
  expect(warned).toEqual(['guests']);
  expect(finding('guests')?.found).toMatch(/^it could not be found out/);
  expect(finding('guests')?.found).toMatch(found);
});

it.each<[string, Partial<PlayedDeploymentOptions>]>([
  ['WebSocket', {}],
  ['BOSH', { closed: ['websocket'] }],
])('guests: by %s a domain that is not there is closed', async (_name, options) => {
  await play(options);
  const { finding } = await doctor();
  expect(finding('guests')).toMatchObject({
    result: 'ok',
    found: 'closed: nobody logs in at guest.127.0.0.1',
  });
});

it.each([
  ['one whose statistics come', '{"stress_level":0.1}', 'ok', /^statistics come$/],
  ['one that answers with something else', '[]', 'failed', /answers with no statistics/],
])('bridges: %s', async (_name, body, result, found) => {
  await play();
  const bridge = createServer((_request, response) => void response.end(body)).listen(0, '127.0.0.1');
  await once(bridge, 'listening');
  const { port } = bridge.address() as AddressInfo;
  try {
    const { finding } = await doctor({ JVB_STATS_URL: `http://127.0.0.1:${port}` });
    expect(finding('bridges')).toMatchObject({ result });
    expect(finding('bridges')?.found).toMatch(found);
  } finally {
    bridge.close();
  }
});

it('bridges: one that is out of reach', async () => {
  await play();
  const { failed, finding } = await doctor({ JVB_STATS_URL: 'http://127.0.0.1:1' });
  expect(failed).toEqual(['bridges']);
  expect(finding('bridges')?.fix).toMatch(/COLIBRI_REST_ENABLED/);
});

it('each of several deployments is looked at', async () => {
  const { url } = await play();
  const { sections, code } = await doctor({ JITSI_URL: `eu=${url},us=http://127.0.0.1:1` });
  expect(sections.map(({ id }) => id)).toEqual(['lobby', 'eu', 'us']);
  expect(code).toBe(1);
});

it('impossible settings are told as by serve', async () => {
  const { code, stderr } = await runLobby(['doctor'], { ...examination.env, JITSI_URL: 'meet' });
  expect(code).toBe(78);
  expect(stderr).toContain('JITSI_URL');
});
