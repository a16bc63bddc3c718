import { z } from 'zod';
import { isLoopbackHost, isSecureUrl } from '../shared/webUrl';
import { type AuthSettings, type AuthWays, readAuthSettings, readAuthWays } from './auth/authSettings';
import { type BridgeAddresses, readBridgeAddresses } from './bridges/bridgeSettings';
import { type JitsiDeployments, parseDeployments } from './deployments';
import type { Given } from './given';
import { type InviteLifetimes, readInviteLifetimes } from './invites/inviteTimes';
import { RESERVED_APP_IDS } from './keys/statements';
import { type LimitSettings, readLimitSettings } from './limits/limitSettings';
import { type RegionHeader, readRegionHeader } from './regions/regionSettings';
import { readSecret } from './secretVariable';

/** The lobby's settings, read once at start. */
export interface Settings {
  deployments: JitsiDeployments;
  keyFile: string;
  /** `iss` and `aud` of room tokens; Prosody's `app_id`. */
  appId: string;
  /** `kid` of room tokens. Prosody caches a key by its id for ever: a new key takes a new id. */
  keyId: string;
  /** How long a room token is good, seconds. */
  tokenTtl: number;
  host: string;
  /** 0 takes a free port. */
  port: number;
  /** Origin that people reach the lobby by; `undefined` on a loopback address, where the request's own one is taken. */
  publicUrl: string | undefined;
  auth: AuthSettings;
  limits: LimitSettings;
  /** Where bridges have their statistics, by deployment id. */
  bridges: BridgeAddresses;
  regionHeader: RegionHeader | undefined;
  /** Whoever brings it may read the metrics from anywhere; `undefined`: private networks alone may. */
  metricsToken: string | undefined;
  invites: InviteLifetimes;
}

/** Variables without which the lobby cannot start, in the order in which an operator sets them. */
export const REQUIRED = ['JITSI_URL', 'JITSI_RSA_JWT_KEY_FILE', 'LOBBY_ACCESS_TOKENS_FILE'] as const;
export type RequiredVariable = (typeof REQUIRED)[number];

export type SettingsResult =
  | { ok: true; settings: Settings; ignored: string[] }
  | { ok: false; missing: RequiredVariable[]; faults: string[] };

const name = z
  .string()
  .regex(/^[\x21-\x7e]{1,64}$/, 'takes 1 to 64 printable ASCII characters without a blank');
const between = (least: number, most: number, unit: string) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `takes a whole number${unit}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `takes ${least} to ${most}${unit}`);

const Environment = z.object({
  JITSI_URL: z.string().optional(),
  JITSI_RSA_JWT_KEY_FILE: z.string().optional(),
  JWT_APP_ID: name
    .refine(
      (id) => !RESERVED_APP_IDS.some((reserved) => id.startsWith(reserved)),
      `must not begin with ${RESERVED_APP_IDS.join(' or ')}, which mark the lobby's own statements`,
    )
    .default('CodeWithMe'),
  // "*" would make a token good in every tenant: Prosody takes it, so the lobby must not offer it.
  JITSI_XMPP_DOMAIN: z
    .string()
    .toLowerCase()
    .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'takes a domain name such as meet.jitsi')
    .optional(),
  JWT_KEY_ID: name.default('CWMKey'),
  LOBBY_TOKEN_TTL: between(10, 86_400, ' seconds').default(600),
  LOBBY_HOST: z.string().default('127.0.0.1'),
  LOBBY_PORT: between(0, 65_535, '').default(8788),
  LOBBY_PUBLIC_URL: z
    .string()
    .refine(
      isOrigin,
      'takes an origin such as https://lobby.example.com, without a path (http only on this machine)',
    )
    .transform((text) => new URL(text).origin)
    .optional(),
});

/**
 * Reads the lobby's settings from the environment. An empty variable counts as not set, because container set-ups pass
 * on what they were not given as an empty text.
 */
export function readSettings(environment: NodeJS.ProcessEnv): SettingsResult {
  const given = givenVariables(environment);
  const parsed = Environment.safeParse(given);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map(({ path: [variable], message }) => `${String(variable)} ${message}.`);

  const hmac = ['JWT_APP_SECRET', 'JWT_APP_SECRET_FILE'].find((variable) => variable in given);
  if (hmac !== undefined) {
    faults.push(
      `${hmac} is set, but this version signs with an RSA key alone; unset it and use the key server.`,
    );
  }
  const deployments = parseDeployments(given['JITSI_URL'] ?? '', parsed.data?.JITSI_XMPP_DOMAIN);
  if (given['JITSI_URL'] !== undefined && !deployments.ok) faults.push(`JITSI_URL: ${deployments.fault}.`);
  const regions = deployments.ok ? deployments.deployments.map(({ region }) => region) : [];
  const part = <Value>(read: { value: Value } | { faults: string[] }): Value | undefined => {
    if ('value' in read) return read.value;
    faults.push(...read.faults);
    return undefined;
  };
  const ways = part(readAuthWays(given)) ?? [];
  if (parsed.success) faults.push(...exposureFaults(parsed.data, ways));
  const auth = part(readAuthSettings(given, ways));
  const limits = part(readLimitSettings(given));
  const bridges = deployments.ok ? part(readBridgeAddresses(given, regions)) : undefined;
  const regionHeader = deployments.ok ? part(readRegionHeader(given, regions)) : undefined;
  const metricsToken = part(readSecret(given, 'LOBBY_METRICS_TOKEN'));
  const invites = part(readInviteLifetimes(given));

  const required = ways.includes('tokens')
    ? REQUIRED
    : REQUIRED.filter((variable) => variable !== 'LOBBY_ACCESS_TOKENS_FILE');
  const missing = required.filter((variable) => !(variable in given));
  const { JITSI_RSA_JWT_KEY_FILE: keyFile = '' } = given;
  const unusable = faults.length > 0 || missing.length > 0;
  if (
    !parsed.success ||
    !deployments.ok ||
    auth === undefined ||
    limits === undefined ||
    invites === undefined ||
    unusable
  ) {
    return { ok: false, missing, faults };
  }

  const settings: Settings = {
    deployments: deployments.deployments,
    keyFile,
    appId: parsed.data.JWT_APP_ID,
    keyId: parsed.data.JWT_KEY_ID,
    tokenTtl: parsed.data.LOBBY_TOKEN_TTL,
    host: parsed.data.LOBBY_HOST,
    port: parsed.data.LOBBY_PORT,
    publicUrl: parsed.data.LOBBY_PUBLIC_URL,
    auth,
    limits,
    bridges: bridges ?? new Map<string, string[]>(),
    regionHeader,
    metricsToken,
    invites,
  };
  return { ok: true, settings, ignored: unread(given, ways) };
}

/** Whether a host to listen on can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return isLoopbackHost(host.includes(':') ? `[${host}]` : host);
}

/** Every variable that something here reads, besides those that belong to a way in. */
const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys(Environment.shape),
  'LOBBY_ACCESS_TOKENS_FILE',
  'LOBBY_ADDRESS_RATE_LIMIT',
  'LOBBY_AUTH',
  'LOBBY_CORS_ORIGINS',
  'LOBBY_INVITE_TTL',
  'LOBBY_INVITE_TTL_MAX',
  'LOBBY_METRICS_TOKEN',
  'LOBBY_METRICS_TOKEN_FILE',
  'LOBBY_RATE_LIMIT',
  'LOBBY_REGION_HEADER',
  'LOBBY_REGION_MAP',
  'LOBBY_TRUST_PROXY',
  'JVB_STATS_URL',
]);
const OIDC =
  /^LOBBY_OIDC_(ISSUER|AUDIENCE|CLIENT_ID|ALGORITHMS|SCOPES|(USER|NAME|EMAIL|GROUPS)_CLAIM|(REQUIRED|MODERATOR)_GROUP)$/;
const LDAP =
  /^LDAP_(URL|BASE|BINDDN|BINDPW|BINDPW_FILE|FILTER|USE_TLS|TLS_CHECK_PEER|TLS_CACERT_FILE|START_TLS)$/;
/** Names that could only be meant for the lobby. */
const OURS = /^(LOBBY_|JITSI_|JWT_|JVB_|LDAP_)/;

/** Variables that look like ours and that nothing reads: misspelt ones, and those of a way in that is not on. */
function unread(given: Given, ways: AuthWays): string[] {
  return Object.keys(given).filter((name) => {
    if (!OURS.test(name) || KNOWN.has(name)) return false;
    if (OIDC.test(name)) return !ways.includes('oidc');
    return LDAP.test(name) ? !ways.includes('ldap') : true;
  });
}

function givenVariables(environment: NodeJS.ProcessEnv): Given {
  const trimmed = Object.entries(environment).map(
    ([variable, value]) => [variable, value?.trim() ?? ''] as const,
  );
  return Object.fromEntries(trimmed.filter(([, value]) => value !== ''));
}

function exposureFaults(parsed: z.infer<typeof Environment>, ways: AuthWays): string[] {
  if (isLoopback(parsed.LOBBY_HOST)) return [];
  const faults = [];
  if (ways.join() === 'none') {
    faults.push(
      `LOBBY_AUTH is none, but LOBBY_HOST ${parsed.LOBBY_HOST} can be reached from other machines: anyone there ` +
        'could open rooms. If that is what you want, say it twice: LOBBY_AUTH=none,none.',
    );
  }
  if (parsed.LOBBY_PUBLIC_URL === undefined) {
    faults.push(
      `LOBBY_PUBLIC_URL is not set, but LOBBY_HOST ${parsed.LOBBY_HOST} is not this machine's own address: invite ` +
        'links need the address that people reach the lobby by, such as https://lobby.example.com.',
    );
  }
  return faults;
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return isSecureUrl(url) && (text === url.origin || text === `${url.origin}/`);
}
