import { z } from 'zod';
import type { ConfigOverrides } from '../shared/jitsi/configOverrides';
import { isLoopbackHost, isSecureUrl } from '../shared/webUrl';
import { type AuthSettings, type AuthWays, readAuthSettings, readAuthWays } from './auth/authSettings';
import { type BridgeAddresses, readBridgeAddresses } from './bridges/bridgeSettings';
import { type JitsiDeployments, parseDeployments } from './deployments';
import { type Given, MAY_BE_EMPTY } from './given';
import { type InviteLifetimes, readInviteLifetimes } from './invites/inviteTimes';
import { type KeySource, readKeySource } from './keys/keySettings';
import { type LimitSettings, readLimitSettings } from './limits/limitSettings';
import { readMeetingConfig } from './meetingConfig';
import { type RegionHeader, readRegionHeader } from './regions/regionSettings';
import { openSecretFiles, readSecret } from './secretVariable';
import { type ClaimSettings, readClaimSettings } from './tokens/claimSettings';
import { type DeploymentTokens, isOfOneDeployment, readDeploymentTokens } from './tokens/deploymentTokens';

/** The lobby's settings, read once at start. */
export interface Settings {
  deployments: JitsiDeployments;
  /** `undefined` when every deployment has a secret of its own. */
  keys: KeySource | undefined;
  /** App id of deployments that have none of their own; it names the audience of the lobby's own statements. */
  appId: string;
  claims: ClaimSettings;
  /** How long a room token is good, seconds. */
  tokenTtl: number;
  host: string;
  /** 0 takes a free port. */
  port: number;
  /** Origin that people reach the lobby by; `undefined`: the one by which each request came. */
  publicUrl: string | undefined;
  auth: AuthSettings;
  limits: LimitSettings;
  /** Where bridges have their statistics, by deployment id. */
  bridges: BridgeAddresses;
  regionHeader: RegionHeader | undefined;
  /** Whoever brings it may read the metrics from anywhere; `undefined`: private networks alone may. */
  metricsToken: string | undefined;
  invites: InviteLifetimes;
  /** What of `config.js` is different in the calls of this lobby. */
  meetingConfig: ConfigOverrides | undefined;
}

/** Variables without which the lobby cannot start, in the order in which an operator sets them. */
export const REQUIRED = ['JITSI_URL', 'JITSI_RSA_JWT_KEY_FILE', 'LOBBY_ACCESS_TOKENS_FILE'] as const;
export type RequiredVariable = (typeof REQUIRED)[number];

export type SettingsResult =
  /** `warnings`: sentences for the operator; `ignored`: variables that nothing reads. */
  | { ok: true; settings: Settings; warnings: string[]; ignored: string[] }
  | { ok: false; missing: RequiredVariable[]; faults: string[] };

const between = (least: number, most: number, unit: string) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `takes a whole number${unit}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `takes ${least} to ${most}${unit}`);

const Environment = z.object({
  JITSI_URL: z.string().optional(),
  LOBBY_TOKEN_TTL: between(1, 86_400, ' seconds').default(600),
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
 * on what they were not given as an empty text; but for those of which nothing is a value.
 */
export function readSettings(environment: NodeJS.ProcessEnv): SettingsResult {
  const given = givenVariables(environment);
  const parsed = Environment.safeParse(given);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map(({ path: [variable], message }) => `${String(variable)} ${message}.`);

  const deployments = parseDeployments(given['JITSI_URL'] ?? '');
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
  const keys = part(readKeySource(given));
  const claims = part(readClaimSettings(given));
  const meetingConfig = part(readMeetingConfig(given));
  const tokens = deployments.ok ? part(readDeploymentTokens(given, deployments.deployments)) : undefined;

  const needed: Record<RequiredVariable, boolean> = {
    JITSI_URL: true,
    JITSI_RSA_JWT_KEY_FILE: keys === undefined && !secretsSuffice(given, tokens),
    LOBBY_ACCESS_TOKENS_FILE: ways.includes('tokens'),
  };
  const missing = REQUIRED.filter((variable) => needed[variable] && !(variable in given));
  const unusable = faults.length > 0 || missing.length > 0;
  if (
    !parsed.success ||
    !deployments.ok ||
    auth === undefined ||
    limits === undefined ||
    invites === undefined ||
    claims === undefined ||
    tokens === undefined ||
    unusable
  ) {
    return { ok: false, missing, faults };
  }

  const settings: Settings = {
    deployments: tokens.deployments,
    keys,
    appId: tokens.appId,
    claims,
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
    meetingConfig,
  };
  const ignored = unread(given, ways, tokens.deployments);
  return { ok: true, settings, warnings: openSecretFiles(given), ignored };
}

/** Whether every deployment has a secret, so that no RSA key is needed; also when another fault hides the deployments. */
function secretsSuffice(given: Given, tokens: DeploymentTokens | undefined): boolean {
  if (tokens === undefined)
    return Object.keys(given).some((variable) => variable.startsWith('JWT_APP_SECRET'));
  return tokens.deployments.every(({ secret }) => secret !== undefined);
}

/** Whether a host to listen on can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return isLoopbackHost(host.includes(':') ? `[${host}]` : host);
}

/** Whether other machines reach the lobby, by an address that nobody has told. */
export function addressIsUnknown({ publicUrl, host }: Pick<Settings, 'publicUrl' | 'host'>): boolean {
  return publicUrl === undefined && !isLoopback(host);
}

/** Every variable that something here reads, besides those that belong to a way in. */
const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys(Environment.shape),
  'JITSI_RSA_JWT_KEY_DIR',
  'JITSI_RSA_JWT_KEY_FILE',
  'JITSI_RSA_JWT_KEY_FILES',
  'JITSI_TENANT',
  'JITSI_XMPP_DOMAIN',
  'JWT_APP_ID',
  'JWT_APP_SECRET',
  'JWT_APP_SECRET_FILE',
  'JWT_KEY_ID',
  'LOBBY_ACCESS_TOKENS_FILE',
  'LOBBY_ADDRESS_RATE_LIMIT',
  'LOBBY_AUTH',
  'LOBBY_CORS_ORIGINS',
  'LOBBY_FEATURES',
  'LOBBY_INVITE_TTL',
  'LOBBY_INVITE_TTL_MAX',
  'LOBBY_MEETING_CONFIG',
  'LOBBY_METRICS_TOKEN',
  'LOBBY_METRICS_TOKEN_FILE',
  'LOBBY_RATE_LIMIT',
  'LOBBY_REGION_HEADER',
  'LOBBY_REGION_MAP',
  'LOBBY_TOKEN_USER',
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
function unread(given: Given, ways: AuthWays, deployments: JitsiDeployments): string[] {
  return Object.keys(given).filter((name) => {
    if (given[name] === '' || !OURS.test(name) || KNOWN.has(name) || isOfOneDeployment(name, deployments))
      return false;
    if (OIDC.test(name)) return !ways.includes('oidc');
    return LDAP.test(name) ? !ways.includes('ldap') : true;
  });
}

function givenVariables(environment: NodeJS.ProcessEnv): Given {
  const trimmed = Object.entries(environment).map(
    ([variable, value]) => [variable, value?.trim() ?? ''] as const,
  );
  return Object.fromEntries(
    trimmed.filter(([variable, value]) => value !== '' || MAY_BE_EMPTY.has(variable)),
  );
}

function exposureFaults(parsed: z.infer<typeof Environment>, ways: AuthWays): string[] {
  if (isLoopback(parsed.LOBBY_HOST) || ways.join() !== 'none') return [];
  return [
    `LOBBY_AUTH is none, but LOBBY_HOST ${parsed.LOBBY_HOST} can be reached from other machines: anyone there ` +
      'could open rooms. If that is what you want, say it twice: LOBBY_AUTH=none,none.',
  ];
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return isSecureUrl(url) && (text === url.origin || text === `${url.origin}/`);
}
