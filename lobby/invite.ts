import { randomUUID } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { RoomName } from '../shared/roomName';
import { signHs256 } from './compactJws';
import type { InviteTimes } from './invites/inviteTimes';
import type { TokenIssuer } from './roomToken';

const INVITE_TYPE = 'parley-invite+jwt';
const INVITE_ISSUER = 'parley-invite';

/** The last second that a `Date` has. */
const EPOCH_SECONDS_MAX = 8.64e12;

/** Claim names of our own: Prosody reads `room` and `sub`, and must find neither in an invite. */
const InviteClaims = z.object({
  'parley-room': RoomName,
  'parley-deployment': z.string().min(1),
  /** Seconds since the Unix epoch. Not `nbf`: whoever comes early is told when to come back. */
  'parley-opens': z.int().positive().max(EPOCH_SECONDS_MAX).optional(),
  jti: z.uuid(),
});

/** Where an invite leads. */
export interface Invite {
  room: RoomName;
  /** Id of the deployment. */
  deployment: string;
  /** Names the invite in the audit log. */
  jti: string;
}

export type InviteResult =
  | { ok: true; invite: Invite }
  | { ok: false; code: 'expired' | 'invalid' }
  | { ok: false; code: 'not-yet-open'; opensAt: Date };

const audience = (issuer: TokenIssuer) => `${issuer.appId}-invite`;

/**
 * Signs an invite to a room. Only lobbies with the same key ever read it, so it is signed with a secret derived from that
 * key: nothing need be kept, and it costs next to nothing beside the room token. That Prosody never takes it for one is
 * made sure five times: another algorithm, another `typ`, no `kid`, another issuer, no `room` and `sub`.
 */
export function issueInvite(
  issuer: TokenIssuer,
  room: RoomName,
  deployment: string,
  { opensAt, expiresAt }: InviteTimes,
  now: Date,
): { token: string; jti: string } {
  const jti = randomUUID();
  const claims = {
    'parley-room': room,
    'parley-deployment': deployment,
    ...(opensAt === undefined ? {} : { 'parley-opens': seconds(opensAt) }),
    iss: INVITE_ISSUER,
    aud: audience(issuer),
    iat: seconds(now),
    exp: seconds(expiresAt),
    jti,
  };
  const token = signHs256({ alg: 'HS256', typ: INVITE_TYPE }, claims, issuer.key.statementSecret);
  return { token, jti };
}

const seconds = (time: Date) => Math.floor(time.getTime() / 1000);

/** Checks an invite: signature, kind, issuer, audience and time. `expired` and `not-yet-open` are said of genuine invites alone. */
export async function readInvite(issuer: TokenIssuer, token: string, now: Date): Promise<InviteResult> {
  try {
    const { payload } = await jwtVerify(token, issuer.key.statementSecret, {
      algorithms: ['HS256'],
      typ: INVITE_TYPE,
      issuer: INVITE_ISSUER,
      audience: audience(issuer),
      requiredClaims: ['exp', 'jti'],
      currentDate: now,
    });
    const claims = InviteClaims.safeParse(payload);
    if (!claims.success) return { ok: false, code: 'invalid' };
    const { 'parley-room': room, 'parley-deployment': deployment, 'parley-opens': opens, jti } = claims.data;
    if (opens !== undefined && opens > seconds(now)) {
      return { ok: false, code: 'not-yet-open', opensAt: new Date(opens * 1000) };
    }
    return { ok: true, invite: { room, deployment, jti } };
  } catch (error) {
    return { ok: false, code: error instanceof errors.JWTExpired ? 'expired' : 'invalid' };
  }
}
