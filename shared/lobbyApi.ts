import { z } from 'zod';
import { DISPLAY_NAME_MAX } from './limits';
import { RoomName } from './roomName';

export const DisplayName = z.string().trim().min(1).max(DISPLAY_NAME_MAX);

/** A compact JWS (RFC 7515 section 7.1). Only its shape; signature and claims are checked where it is used. */
const CompactJws = z
  .string()
  .max(16_384)
  .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/);

const WebUrl = z.url({ protocol: /^https?$/ }).max(16_384);

/** What a call starts with. It is written to the lobby's audit log; the token allows both. */
export const Media = z.enum(['audio', 'video']);
export type Media = z.infer<typeof Media>;

/** Body of `POST /api/v1/calls`. Without `room` the lobby makes a new name; without `region` it takes its default. */
export const CallRequest = z.object({
  displayName: DisplayName,
  room: RoomName.optional(),
  region: z.string().max(64).optional(),
  media: Media.optional(),
});
export type CallRequest = z.infer<typeof CallRequest>;

/** A Jitsi deployment as the lobby announces it. `url` is the base that rooms are appended to. */
export const Deployment = z.object({
  id: z.string().min(1).max(64),
  url: WebUrl,
  region: z.string().min(1).max(64),
});
export type Deployment = z.infer<typeof Deployment>;

/** RFC 3339. */
const Time = z.iso.datetime({ offset: true });

const RoomGrant = z.object({
  room: RoomName,
  /** `<deployment>/<room>?jwt=<token>`. */
  url: WebUrl,
  token: CompactJws,
  /** When `token` ends. */
  expiresAt: Time,
  deployment: Deployment,
});

/** Answer 201 of `POST /api/v1/calls`. */
export const CallReply = RoomGrant.extend({
  invite: z.object({ url: WebUrl, expiresAt: Time }),
});
export type CallReply = z.infer<typeof CallReply>;

/** What the desktop takes for such an answer: a lobby of another make may have no invites. */
export const AcceptedCallReply = CallReply.partial({ invite: true });
export type AcceptedCallReply = z.infer<typeof AcceptedCallReply>;

/** Body of `POST /api/v1/invites/{invite}`. */
export const InviteRequest = z.object({ displayName: DisplayName });
export type InviteRequest = z.infer<typeof InviteRequest>;

/** Answer 200 of `POST /api/v1/invites/{invite}`: a guest's way into the invite's room, not as a moderator. */
export const InviteReply = RoomGrant;
export type InviteReply = z.infer<typeof InviteReply>;

/** Answer 200 of `GET /api/v1/deployments`: every deployment the lobby sends people to. */
export const DeploymentsReply = z.object({ deployments: z.array(Deployment).min(1) });
export type DeploymentsReply = z.infer<typeof DeploymentsReply>;

/** Stable names of the lobby's refusals; on the wire each stands behind {@link PROBLEM_TYPE_PREFIX}. */
export const ProblemCode = z.enum([
  'invalid-request',
  'unauthorized',
  'invite-invalid',
  'invite-expired',
  'not-found',
  'method-not-allowed',
  'too-large',
  'unsupported-media-type',
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
});
export type Problem = z.infer<typeof Problem>;
