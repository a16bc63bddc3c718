import { z } from 'zod';
import { RoomName } from '../../shared/roomName';
import type { InviteTimes } from './inviteTimes';
import type { TokenIssuer } from '../tokens/roomToken';

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

/** Signs an invite to a room, as a statement of the lobby's own: nothing need be kept. */
export function issueInvite(
  { statements }: TokenIssuer,
  room: RoomName,
  deployment: string,
  { opensAt, expiresAt }: InviteTimes,
  now: Date,
): { token: string; jti: string } {
  const claims = {
    'parley-room': room,
    'parley-deployment': deployment,
    ...(opensAt === undefined ? {} : { 'parley-opens': seconds(opensAt) }),
  };
  return statements.sign('invite', claims, expiresAt, now);
}

const seconds = (time: Date) => Math.floor(time.getTime() / 1000);

/** Checks an invite. `expired` and `not-yet-open` are said of genuine invites alone. */
export async function readInvite(
  { statements }: TokenIssuer,
  token: string,
  now: Date,
): Promise<InviteResult> {
  const read = await statements.read('invite', token, now);
  if (!read.ok) return read;
  const claims = InviteClaims.safeParse(read.claims);
  if (!claims.success) return { ok: false, code: 'invalid' };
  const { 'parley-room': room, 'parley-deployment': deployment, 'parley-opens': opens, jti } = claims.data;
  if (opens !== undefined && opens > seconds(now)) {
    return { ok: false, code: 'not-yet-open', opensAt: new Date(opens * 1000) };
  }
  return { ok: true, invite: { room, deployment, jti } };
}
