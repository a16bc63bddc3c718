import type { KeyObject } from 'node:crypto';
import type { Deployment } from '../shared/lobbyApi';
import { isSecureUrl, withoutTrailingSlash } from '../shared/webUrl';
import { REGION_NAME_MAX } from './regions/regionName';

/** A Jitsi deployment, and what room tokens for it are like. */
export interface JitsiDeployment extends Deployment {
  /** `iss` and `aud` of room tokens; Prosody's `app_id`. */
  appId: string;
  /** The XMPP domain of the deployment's Prosody. */
  xmppDomain: string;
  /**
   * Whose rooms of the deployment these are, where it serves several tenants: the last part of `url`'s path. Prosody has
   * them as `[tenant]room` (jitsi-meet `mod_muc_domain_mapper.lua`).
   */
  tenant: string | undefined;
  /** Prosody's `app_secret`, for HS256; `undefined`: RS256, by the key server. */
  secret: KeyObject | undefined;
}

/** At least one; the first is the default. */
export type JitsiDeployments = readonly [JitsiDeployment, ...JitsiDeployment[]];

export type DeploymentsResult =
  { ok: true; deployments: readonly [Deployment, ...Deployment[]] } | { ok: false; fault: string };

/** Id and region of a deployment that `JITSI_URL` gives no name. */
const DEFAULT_ID = 'default';
const NAMED = /^([a-z0-9][a-z0-9-]*)=(.+)$/;

/** Reads `JITSI_URL`: one address, or a list `eu=https://a,us=https://b` whose names are both id and region. */
export function parseDeployments(text: string): DeploymentsResult {
  const entries = text.split(',').map((entry) => entry.trim());
  const found: Deployment[] = [];
  for (const entry of entries) {
    const [, name, address] = NAMED.exec(entry) ?? [undefined, undefined, entry];
    if (name === undefined && entries.length > 1) {
      return fault(
        `a list needs a name before each address, as in eu=https://a,us=https://b; "${entry}" has none`,
      );
    }
    if (name !== undefined && name.length > REGION_NAME_MAX) {
      return fault(
        `the name "${name}" has ${name.length} characters; it may have ${REGION_NAME_MAX}, because rooms' names begin with it`,
      );
    }
    if (found.some(({ id }) => id === name)) return fault(`the name "${name ?? ''}" stands twice`);
    const url = deploymentUrl(address);
    if (url === undefined) {
      return fault(
        `"${address}" is no address of a Jitsi deployment; it takes https:// (http:// only on this machine) ` +
          'without user, query or hash, as in https://meet.example.com',
      );
    }
    const id = name ?? DEFAULT_ID;
    found.push({ id, region: id, url: withoutTrailingSlash(url) });
  }
  const [first, ...others] = found;
  return first === undefined ? fault('it is empty') : { ok: true, deployments: [first, ...others] };
}

/** What callers may know of a deployment. */
export function asAnnounced({ id, url, region }: JitsiDeployment): Deployment {
  return { id, url, region };
}

function deploymentUrl(address: string): URL | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const bare = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  // A room link carries its token: over plain http anyone on the way could take the seat.
  return bare && isSecureUrl(url) ? url : undefined;
}

const fault = (text: string): DeploymentsResult => ({ ok: false, fault: text });
