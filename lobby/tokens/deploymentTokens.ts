import { createSecretKey } from 'node:crypto';
import type { Deployment } from '../../shared/lobbyApi';
import type { JitsiDeployment, JitsiDeployments } from '../deployments';
import type { Given } from '../given';
import { RESERVED_APP_IDS } from '../keys/statements';
import { type SecretVariable, readSecret } from '../secretVariable';

/** RFC 7518 section 3.2: as long as the hash, in bytes. */
const SECRET_MIN = 32;
const APP_ID_DEFAULT = 'CodeWithMe';
const APP_ID = /^[\x21-\x7e]{1,64}$/;
// "*" would make a token good in every tenant: Prosody takes it, so the lobby must not offer it.
const XMPP_DOMAIN = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
// As Jitsi's nginx, config.js and mod_muc_domain_mapper pass it on unchanged: lower case, without a dot.
const TENANT = /^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$/;
const OF_ONE = /^(?:JWT_APP_ID|JITSI_XMPP_DOMAIN|JITSI_TENANT)_(.+)$|^JWT_APP_SECRET_(.+?)(?:_FILE)?$/;

export interface DeploymentTokens {
  deployments: JitsiDeployments;
  /** The app id of all deployments that have none of their own. */
  appId: string;
}

/** How a deployment's room tokens are signed. */
export function algOf({ secret }: Pick<JitsiDeployment, 'secret'>): 'RS256' | 'HS256' {
  return secret === undefined ? 'RS256' : 'HS256';
}

/** The end of a variable's name that makes it one deployment's own: `EU_WEST` for `eu-west`. */
function suffixOf({ id }: Pick<Deployment, 'id'>): string {
  return id.toUpperCase().replaceAll('-', '_');
}

/** Whether a variable is of one deployment, such as `JWT_APP_SECRET_EU`. */
export function isOfOneDeployment(variable: string, deployments: readonly Pick<Deployment, 'id'>[]): boolean {
  const [, plain, secret] = OF_ONE.exec(variable) ?? [];
  return deployments.some((deployment) => suffixOf(deployment) === (plain ?? secret));
}

/**
 * Reads what room tokens of each deployment are like: `JWT_APP_ID`, `JITSI_XMPP_DOMAIN`, `JITSI_TENANT` and
 * `JWT_APP_SECRET`, each for all deployments or, with the id behind it (`JWT_APP_SECRET_EU`), for one. A deployment with a
 * secret gets HS256, any other RS256; with a tenant its address gets that as the last part of its path.
 */
export function readDeploymentTokens(
  given: Given,
  announced: readonly [Deployment, ...Deployment[]],
): { value: DeploymentTokens } | { faults: string[] } {
  const faults: string[] = [];
  const checked = (variable: string, pattern: RegExp, takes: string, value: string) => {
    if (!pattern.test(value)) faults.push(`${variable} takes ${takes}.`);
    return value;
  };
  const appIdOf = (variable: string, value: string) => {
    if (RESERVED_APP_IDS.some((reserved) => value.startsWith(reserved))) {
      faults.push(
        `${variable} must not begin with ${RESERVED_APP_IDS.join(' or ')}, which mark the lobby's own statements.`,
      );
    }
    return checked(variable, APP_ID, '1 to 64 printable ASCII characters without a blank', value);
  };
  const domainOf = (variable: string, value: string) =>
    checked(variable, XMPP_DOMAIN, 'a domain name such as meet.jitsi', value.toLowerCase());
  const tenantOf = (variable: string) => {
    const value = given[variable];
    if (value === undefined) return undefined;
    const takes = 'the name of a tenant as it stands in addresses: small letters, digits, inner - and _';
    return checked(variable, TENANT, takes, value);
  };
  const secretOf = (variable: SecretVariable) => {
    const read = readSecret(given, variable);
    if ('faults' in read) faults.push(...read.faults);
    else if (read.value !== undefined) {
      const bytes = Buffer.from(read.value);
      if (bytes.length < SECRET_MIN) {
        faults.push(
          `${variable} has ${bytes.length} bytes; HS256 takes ${SECRET_MIN} at least. Make one: openssl rand -hex 32`,
        );
      }
      return createSecretKey(bytes);
    }
    return undefined;
  };

  const appId = appIdOf('JWT_APP_ID', given['JWT_APP_ID'] ?? APP_ID_DEFAULT);
  const domain = given['JITSI_XMPP_DOMAIN'];
  const commonDomain = domain === undefined ? undefined : domainOf('JITSI_XMPP_DOMAIN', domain);
  const commonSecret = secretOf('JWT_APP_SECRET');
  const commonTenant = tenantOf('JITSI_TENANT');
  const withTokens = (deployment: Deployment): JitsiDeployment => {
    const suffix = suffixOf(deployment);
    const own = (base: string) => [`${base}_${suffix}`, given[`${base}_${suffix}`]] as const;
    const [idVariable, id] = own('JWT_APP_ID');
    const [domainVariable, ownDomain] = own('JITSI_XMPP_DOMAIN');
    const tenant = tenantOf(`JITSI_TENANT_${suffix}`) ?? commonTenant;
    return {
      ...deployment,
      url: tenant === undefined ? deployment.url : tenantUrl(deployment.url, tenant),
      tenant,
      appId: id === undefined ? appId : appIdOf(idVariable, id),
      xmppDomain:
        ownDomain === undefined
          ? (commonDomain ?? new URL(deployment.url).hostname)
          : domainOf(domainVariable, ownDomain),
      secret: secretOf(`JWT_APP_SECRET_${suffix}`) ?? commonSecret,
    };
  };
  const [first, ...others] = announced;
  const deployments: JitsiDeployments = [withTokens(first), ...others.map(withTokens)];

  for (const { id } of announced) {
    if (id === 'file' || id.endsWith('-file'))
      faults.push(`JITSI_URL: the name "${id}" ends in file, as variables that name files do. Take another.`);
  }
  for (const variable of Object.keys(given)) {
    if (variable === 'JWT_APP_SECRET_FILE' || !OF_ONE.test(variable)) continue;
    if (isOfOneDeployment(variable, announced)) continue;
    const ids = announced.map((deployment) => `${suffixOf(deployment)} (${deployment.id})`);
    faults.push(`${variable} ends in the name of no deployment. JITSI_URL has ${ids.join(', ')}.`);
  }
  if (
    commonSecret !== undefined &&
    Object.keys(given).some((variable) => variable.startsWith('JITSI_RSA_JWT_KEY'))
  ) {
    faults.push(
      'JWT_APP_SECRET is for all deployments, so an RSA key has none. Unset one of the two, or name the deployments that ' +
        'have a secret: JWT_APP_SECRET_<ID>.',
    );
  }
  return faults.length > 0 ? { faults } : { value: { deployments, appId } };
}

/** The address of a tenant's rooms; an address that ends in the tenant is that already. */
function tenantUrl(url: string, tenant: string): string {
  return new URL(url).pathname.endsWith(`/${tenant}`) ? url : `${url}/${tenant}`;
}
