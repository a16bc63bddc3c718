/** `doctor` against deployments that are played well, and each of them broken in one way. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Check, Finding } from '../../lobby/tools/doctor/finding';
import type { Section } from '../../lobby/tools/doctor/report';
import {
  type Certificate,
  type CertificateAuthority,
  makeCertificateAuthority,
} from '../support/certificates';
import { TokenIssuer, startAsapServer } from '../support/jitsi/tokenIssuer';
import { type LobbyProcess, runLobby, startLobby } from '../support/lobbyProcess';
import { freePort } from '../support/servers';
import {
  type PlayedDeployment,
  type PlayedDeploymentOptions,
  startPlayedDeployment,
} from '../support/xmpp/deployment';

let authority: CertificateAuthority;
let certificate: Certificate;
let lobby: LobbyProcess;
let env: Record<string, string>;
let deployment: PlayedDeployment | undefined;

beforeAll(async () => {
  authority = await makeCertificateAuthority();
  certificate = await authority.issue();
  const port = String(await freePort());
  const jitsiUrl = 'https://127.0.0.1:1';
  lobby = await startLobby({ jitsiUrl, env: { LOBBY_PORT: port } });
  env = {
    JITSI_RSA_JWT_KEY_FILE: lobby.keyFile,
    LOBBY_ACCESS_TOKENS_FILE: lobby.accessTokensFile,
    LOBBY_PORT: port,
    NODE_EXTRA_CA_CERTS: authority.file,
  };
});
afterEach(async () => {
  await deployment?.stop();
  deployment = undefined;
});
afterAll(async () => {
  await lobby.stop();
  await authority.remove();
});

const play = async (options: Partial<PlayedDeploymentOptions> = {}) =>
  (deployment = await startPlayedDeployment({
    asapKeyServer: `${lobby.url}/asap`,
    certificate,
    ...options,
  }));

/** Runs the built program; `JITSI_URL` is the deployment's address unless said otherwise. */
async function doctor(extra: Record<string, string> = {}) {
  const { code, stdout, stderr } = await runLobby(['doctor', '--json'], {
    ...env,
    JITSI_URL: deployment?.url ?? '',
    ...extra,
  });
  const { healthy, sections } = JSON.parse(stdout) as { healthy: boolean; sections: Section[] };
  const findings = sections.flatMap((section) => section.findings);
  const by = (result: Finding['result']) =>
    findings.filter((finding) => finding.result === result).map(({ check }) => check);
  const finding = (check: Check) => findings.find((one) => one.check === check);
  return {
    code,
    stderr,
    healthy,
    sections,
    failed: by('failed'),
    skipped: by('skipped'),
    warned: by('warning'),
    finding,
  };
}

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
    deployment = await startPlayedDeployment({
      asapKeyServer: `${lobby.url}/asap`,
      prosody: { creationRestricted: false },
    });
    const { code, finding } = await doctor();
    expect(code).toBe(0);
    expect(finding('door')).toMatchObject({ result: 'ok', found: "opens for the token's room" });
    expect(finding('tls')).toMatchObject({ result: 'skipped' });
  });

  it('is shown to people as a table', async () => {
    await play();
    const { code, stdout } = await runLobby(['doctor'], { ...env, JITSI_URL: deployment?.url ?? '' });
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
    await play({ certificate: await authority.issue({ expired: true }) });
    const { failed, finding, skipped } = await doctor();
    expect(failed).toEqual(['tls']);
    expect(finding('tls')).toMatchObject({ found: expect.stringContaining('expired on') as string });
    expect(finding('tls')?.fix).toMatch(/renew the certificate/);
    expect(skipped).toContain('no-token');
  });

  it('certificate for another host', async () => {
    await play({ certificate: await authority.issue({ names: 'DNS:other.example.com' }) });
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

describe('a deployment with a shared secret', () => {
  const secret = 's'.repeat(40);
  const shared = { JWT_APP_SECRET: secret, JITSI_RSA_JWT_KEY_FILE: '' };

  it('passes every check, and there is no key server to look at', async () => {
    await play({ prosody: { secret } });
    const { code, failed, warned, sections, finding } = await doctor(shared);
    expect([code, failed, warned]).toEqual([0, [], []]);
    expect(sections.map(({ id }) => id)).toEqual(['default']);
    expect(finding('other-key')).toMatchObject({ result: 'ok', found: 'refused: Invalid signature' });
  });

  it('another secret: names it, and prints neither', async () => {
    await play({ prosody: { secret: 'another secret' } });
    const { code, failed, finding, sections } = await doctor(shared);
    expect([code, failed]).toEqual([1, ['good-token']]);
    expect(finding('good-token')?.fix).toMatch(/app_secret must be the lobby's JWT_APP_SECRET/);
    expect(JSON.stringify(sections)).not.toContain(secret);
  });

  it('a Prosody that expects a key server', async () => {
    await play();
    const { failed, finding } = await doctor(shared);
    expect(failed).toEqual(['good-token']);
    expect(finding('good-token')?.fix).toMatch(/asap_key_server not be set/);
  });
});

describe('a deployment of several tenants', () => {
  const prosody = { tenant: 'acme', muc: 'conference.acme.127.0.0.1' };

  it('passes every check', async () => {
    const { connections } = await play({ prosody });
    const { failed, warned, finding } = await doctor({ JITSI_TENANT: 'acme' });
    expect([failed, warned]).toEqual([[], []]);
    expect(finding('config')).toMatchObject({ found: 'XMPP domain 127.0.0.1, tenant acme' });
    expect(connections).not.toEqual([]);
  });

  it('tokens that are not made out for the tenant of the address: names the variable', async () => {
    const { url } = await play({ prosody });
    const { failed, finding } = await doctor({ JITSI_URL: `${url}/acme` });
    expect(failed).toEqual(['config', 'door']);
    expect(finding('config')?.fix).toBe('set JITSI_TENANT=acme for the lobby');
  });

  it('Prosody that knows of none: names the module', async () => {
    await play({
      prosody: { ...prosody, tenant: 'acme' },
      configJs: (at) => `var config = { hosts: {
      domain: '127.0.0.1', muc: 'conference.127.0.0.1' }, bosh: '${at}/http-bind' };`,
    });
    const { failed, finding } = await doctor({ JITSI_TENANT: 'acme' });
    expect(failed).toEqual(['config', 'door']);
    expect(finding('config')?.fix).toMatch(/set \$subdomain and \$subdir/);
    expect(finding('door')?.fix).toMatch(/"muc_domain_mapper"/);
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
  const { code, stderr } = await runLobby(['doctor'], { ...env, JITSI_URL: 'meet' });
  expect(code).toBe(78);
  expect(stderr).toContain('JITSI_URL');
});
