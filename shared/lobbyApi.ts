import { z } from 'zod';
import { DISPLAY_NAME_MAX } from './limits';
import { RoomName } from './roomName';
import { isSecureUrl } from './webUrl';

/** No control characters and no half of a character: neither can stand in XML (XML 1.0 section 2.2), so in no XMPP. */
export const DisplayName = z
  .string()
  .trim()
  .min(1)
  .max(DISPLAY_NAME_MAX)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not hold control characters');

/** A compact JWS (RFC 7515 section 7.1). Only its shape; signature and claims are checked where it is used. */
const CompactJws = z
  .string()
  .max(16_384)
  .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/);

const WebUrl = z.url({ protocol: /^https?$/ }).max(16_384);

/** What a call starts with. It is written to the lobby's audit log; the token allows both. */
export const Media = z.enum(['audio', 'video']);
export type Media = z.infer<typeof Media>;

/** Round-trip times in ms, by region. */
export const Latencies = z
  .record(z.string().min(1).max(64), z.number().min(0).max(60_000))
  .refine((latencies) => Object.keys(latencies).length <= 64, 'must name 64 regions at most');

/** RFC 3339. */
const Time = z.iso.datetime({ offset: true });

/** When an invite shall be good. Without `opensAt` it is at once; without `expiresAt` for as long as the lobby's are. */
export const InviteWish = z.object({ opensAt: Time.optional(), expiresAt: Time.optional() });
export type InviteWish = z.infer<typeof InviteWish>;

/** Body of `POST /api/v1/calls`. Without `room` the lobby makes a new name; without `region` it takes its default. */
export const CallRequest = z.object({
  displayName: DisplayName,
  room: RoomName.optional(),
  region: z.string().max(64).optional(),
  media: Media.optional(),
  /** Round-trip times that the caller measured, by region, in ms. */
  latencies: Latencies.optional(),
  invite: InviteWish.optional(),
});
export type CallRequest = z.infer<typeof CallRequest>;

/** A Jitsi deployment as the lobby announces it. `url` is the base that rooms are appended to. */
export const Deployment = z.object({
  id: z.string().min(1).max(64),
  url: WebUrl,
  region: z.string().min(1).max(64),
});
export type Deployment = z.infer<typeof Deployment>;

const RoomGrant = z.object({
  room: RoomName,
  /** `<deployment>/<room>?jwt=<token>`. */
  url: WebUrl,
  token: CompactJws,
  /** When `token` ends. */
  expiresAt: Time,
  deployment: Deployment,
  /** What of the deployment's `config.js` is different in this call: `shared/jitsi/configOverrides.ts`. */
  config: z.record(z.string(), z.unknown()).optional(),
});

/** Answer 201 of `POST /api/v1/calls`. */
export const CallReply = RoomGrant.extend({
  /** `opensAt` only if that is still to come. */
  invite: z.object({ url: WebUrl, opensAt: Time.optional(), expiresAt: Time }),
});
export type CallReply = z.infer<typeof CallReply>;

/** What the desktop takes for such an answer: a lobby of another make may have no invites. */
export const AcceptedCallReply = CallReply.partial({ invite: true });
export type AcceptedCallReply = z.infer<typeof AcceptedCallReply>;

/** Body of `POST /api/v1/invites/{invite}`. */
export const InviteRequest = z.object({ displayName: DisplayName });
export type InviteRequest = z.infer<typeof InviteRequest>;

/** Answer 200 of `POST /api/v1/invites/{invite}`: a guest's way into the invite's room, not as a moderator. */
export const InviteReply = RoomGrant.extend({
  /** With it the guest gets a fresh token for the same room, as the bearer of `POST /api/v1/calls/{room}/token`. */
  renewal: z.object({ token: CompactJws, expiresAt: Time }),
});
export type InviteReply = z.infer<typeof InviteReply>;

/** What the desktop takes for such an answer: a lobby of another make may have no renewal. */
export const AcceptedInviteReply = InviteReply.partial({ renewal: true });
export type AcceptedInviteReply = z.infer<typeof AcceptedInviteReply>;

/**
 * Body of `POST /api/v1/calls/{room}/token`, which may be left out. Without `displayName` it is the name that the lobby
 * knows: the one that a provider or directory has of the caller, or the one a guest came in by; where it knows none, the
 * token holds none. `deployment` is the id of the one that the call is on; without it, it is the one that the room's name
 * leads to.
 */
export const RenewalRequest = z.object({
  displayName: DisplayName.optional(),
  deployment: z.string().max(64).optional(),
});
export type RenewalRequest = z.infer<typeof RenewalRequest>;

/** Answer 200 of `POST /api/v1/calls/{room}/token`. */
export const RenewalReply = RoomGrant;
export type RenewalReply = z.infer<typeof RenewalReply>;

/** How a deployment is, by what its bridges say; `unknown` when nobody asks them. */
export const Health = z.enum(['unknown', 'healthy', 'degraded', 'down']);
export type Health = z.infer<typeof Health>;

/** A deployment with its condition. */
export const DeploymentStatus = Deployment.extend({
  /** How its room tokens are signed: by a key that the lobby publishes, or with a secret that it shares with Prosody. */
  tokens: z.enum(['RS256', 'HS256']).optional(),
  health: Health.optional(),
  /** Mean stress of the bridges that take conferences, or of the full ones when all are: 0 is idle, 1 is full. */
  load: z.number().min(0).optional(),
  /** Each bridge's condition, host and port of its statistics, and all that its own report says, by the names there. */
  bridges: z.array(z.looseObject({ condition: z.string(), address: z.string().optional() })).optional(),
});
export type DeploymentStatus = z.infer<typeof DeploymentStatus>;

/** Answer 200 of `GET /api/v1/deployments`: every deployment the lobby sends people to. */
export const DeploymentsReply = z.object({ deployments: z.array(DeploymentStatus).min(1) });
export type DeploymentsReply = z.infer<typeof DeploymentsReply>;

/** A region as a client measures it. `probe` answers a `HEAD` without credentials. */
export const Region = z.object({
  region: z.string().min(1).max(64),
  /** Id. */
  deployment: z.string().min(1).max(64),
  probe: WebUrl.refine((url) => isSecureUrl(new URL(url)), 'must be https'),
});
export type Region = z.infer<typeof Region>;

/** Answer 200 of `GET /api/v1/regions`. */
export const RegionsReply = z.object({ regions: z.array(Region) });
export type RegionsReply = z.infer<typeof RegionsReply>;

/** A way to show a lobby who one is. */
export const AuthMethod = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  /** An access token of the lobby's own, as bearer. */
  z.object({ kind: z.literal('token') }),
  /** A token of an OpenID provider, as bearer: its access token or its ID token. */
  z.object({
    kind: z.literal('oidc'),
    issuer: WebUrl,
    clientId: z.string().min(1).max(256),
    scopes: z.array(z.string().max(256)).max(64).readonly(),
    use: z.enum(['access_token', 'id_token']),
  }),
  /** User name and password of a directory, as Basic credentials. */
  z.object({ kind: z.literal('ldap') }),
]);
export type AuthMethod = z.infer<typeof AuthMethod>;

/** Answer 200 of `GET /api/v1/auth`. */
export const AuthReply = z.object({ methods: z.array(AuthMethod).max(16).readonly() });
export type AuthReply = z.infer<typeof AuthReply>;

/** Stable names of the lobby's refusals; on the wire each stands behind {@link PROBLEM_TYPE_PREFIX}. */
export const ProblemCode = z.enum([
  'invalid-request',
  'unauthorized',
  'forbidden',
  'invite-invalid',
  'invite-expired',
  'invite-not-yet-open',
  'not-found',
  'method-not-allowed',
  'too-large',
  'unsupported-media-type',
  'rate-limited',
  'unavailable',
  'internal',
]);
export type ProblemCode = z.infer<typeof ProblemCode>;

export const PROBLEM_TYPE_PREFIX = 'urn:parley:problem:';

/** An error body, `application/problem+json` (RFC 9457 section 3). */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  /** With `invite-not-yet-open`: when it opens. */
  opensAt: Time.optional(),
});
export type Problem = z.infer<typeof Problem>;
