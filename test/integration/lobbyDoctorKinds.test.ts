/** `doctor` against deployments of other kinds: a shared secret, several tenants. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Examination, startExamination } from './examination';

let examination: Examination;
beforeAll(async () => {
  examination = await startExamination();
});
afterEach(() => examination.discharge());
afterAll(() => examination.stop());

const play: Examination['play'] = (options) => examination.play(options);
const doctor: Examination['doctor'] = (extra) => examination.doctor(extra);

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
