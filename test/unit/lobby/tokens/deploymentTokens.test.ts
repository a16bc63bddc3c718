import { describe, expect, it } from 'vitest';
import { parseDeployments } from '../../../../lobby/deployments';
import { algOf, readDeploymentTokens } from '../../../../lobby/tokens/deploymentTokens';

const secret = 'a'.repeat(32);
const list = 'eu=https://eu.example.com,us-west=https://us.example.com';
const read = (given: Record<string, string>, jitsiUrl = list) => {
  const parsed = parseDeployments(jitsiUrl);
  if (!parsed.ok) throw new Error(parsed.fault);
  return readDeploymentTokens(given, parsed.deployments);
};
const tokensOf = (given: Record<string, string>) => {
  const result = read(given);
  if ('faults' in result) throw new Error(result.faults.join());
  return result.value.deployments.map((deployment) => [
    deployment.appId,
    deployment.xmppDomain,
    algOf(deployment),
  ]);
};
const faultsOf = (given: Record<string, string>, jitsiUrl?: string) => {
  const result = read(given, jitsiUrl);
  return 'faults' in result ? result.faults : [];
};

describe('room tokens of a deployment', () => {
  it('are alike for all unless something says else', () => {
    expect(tokensOf({})).toEqual([
      ['CodeWithMe', 'eu.example.com', 'RS256'],
      ['CodeWithMe', 'us.example.com', 'RS256'],
    ]);
    expect(tokensOf({ JWT_APP_ID: 'a', JITSI_XMPP_DOMAIN: 'Meet.Jitsi', JWT_APP_SECRET: secret })).toEqual([
      ['a', 'meet.jitsi', 'HS256'],
      ['a', 'meet.jitsi', 'HS256'],
    ]);
  });

  it('follow variables with the id behind', () => {
    expect(
      tokensOf({
        JWT_APP_ID: 'a',
        JITSI_XMPP_DOMAIN: 'meet.jitsi',
        JWT_APP_ID_US_WEST: 'b',
        JITSI_XMPP_DOMAIN_US_WEST: 'other.jitsi',
        JWT_APP_SECRET_US_WEST: secret,
      }),
    ).toEqual([
      ['a', 'meet.jitsi', 'RS256'],
      ['b', 'other.jitsi', 'HS256'],
    ]);
  });

  it('are made out for a tenant, whose rooms are below its name', () => {
    const tenants = (given: Record<string, string>, jitsiUrl?: string) => {
      const result = read(given, jitsiUrl);
      return 'value' in result ? result.value.deployments.map(({ url, tenant }) => [url, tenant]) : result;
    };
    expect(tenants({ JITSI_TENANT: 'acme', JITSI_TENANT_US_WEST: 'other_1' })).toEqual([
      ['https://eu.example.com/acme', 'acme'],
      ['https://us.example.com/other_1', 'other_1'],
    ]);
    expect(tenants({ JITSI_TENANT: 'acme' }, 'https://meet.example.com/acme/')).toEqual([
      ['https://meet.example.com/acme', 'acme'],
    ]);
    expect(tenants({}, 'https://meet.example.com/path')).toEqual([
      ['https://meet.example.com/path', undefined],
    ]);
  });

  it.each([
    ['JWT_APP_SECRET', 'short'],
    ['JWT_APP_SECRET_EU', 'é'.repeat(15)],
    ['JWT_APP_SECRET_UK', secret],
    ['JWT_APP_ID_UK', 'b'],
    ['JWT_APP_ID_EU', 'parley-renewal'],
    ['JITSI_XMPP_DOMAIN_EU', '*'],
    ['JITSI_TENANT', '*'],
    ['JITSI_TENANT_EU', 'Acme'],
    ['JITSI_TENANT_EU', 'a.b'],
    ['JITSI_TENANT_UK', 'acme'],
    ['JWT_APP_SECRET_EU_FILE', '/nowhere'],
  ])('are refused with %s=%s, by name and without the secret', (variable, value) => {
    const faults = faultsOf({ [variable]: value });
    expect(faults).toEqual([expect.stringContaining(variable)]);
    expect(faults.join()).not.toContain(`${value} `);
  });

  it('cannot be of a deployment whose name ends as that of a file does', () => {
    expect(faultsOf({}, 'file=https://eu.example.com')).toEqual([expect.stringContaining('"file"')]);
  });

  it('have no use for an RSA key when all have one secret', () => {
    expect(faultsOf({ JWT_APP_SECRET: secret, JITSI_RSA_JWT_KEY_FILE: '/key.pem' })).toEqual([
      expect.stringContaining('JWT_APP_SECRET'),
    ]);
    expect(faultsOf({ JWT_APP_SECRET_EU: secret, JITSI_RSA_JWT_KEY_FILE: '/key.pem' })).toEqual([]);
  });
});
