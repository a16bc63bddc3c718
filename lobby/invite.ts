import { randomUUID } from 'node:crypto';
import { SignJWT, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { RoomName } from '../shared/roomName';
import type { TokenIssuer } from './roomToken';

/** How long an invite is good, seconds. */
export const INVITE_TTL = 24 * 60 * 60;

const INVITE_TYPE = 'parley-invite+jwt';
const INVITE_ISSUER = 'parley-invite';

/** Claim names of our own: Prosody reads `room` and `sub`, and must find neither in an invite. */
const InviteClaims = z.object({
  'parley-room': RoomName,
  'parley-deployment': z.string().min(1),
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

export type InviteResult = { ok: true; invite: Invite } | { ok: false; code: 'expired' | 'invalid' };

const audience = (issuer: TokenIssuer) => `${issuer.appId}-invite`;

/**
 * Signs an invite to a room. It is signed by the key of the room tokens, so nothing need be kept; that Prosody never
 * takes it for one is made sure four times: another `typ`, no `kid`, another issuer, no `room` and `sub`.
 */
export async function issueInvite(
  issuer: TokenIssuer,
  room: RoomName,
  deployment: string,
  now: Date,
): Promise<{ token: string; jti: string; expiresAt: Date }> {
  const issuedAt = Math.floor(now.getTime() / 1000);
  const jti = randomUUID();
  const token = await new SignJWT({ 'parley-room': room, 'parley-deployment': deployment })
    .setProtectedHeader({ alg: 'RS256', typ: INVITE_TYPE })
    .setIssuer(INVITE_ISSUER)
    .setAudience(audience(issuer))
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + INVITE_TTL)
    .setJti(jti)
    .sign(issuer.key.privateKey);
  return { token, jti, expiresAt: new Date((issuedAt + INVITE_TTL) * 1000) };
}

/** Checks an invite: signature, kind, issuer, audience and time. `expired` is said of genuine invites alone. */
export async function readInvite(issuer: TokenIssuer, token: string, now: Date): Promise<InviteResult> {
  try {
    const { payload } = await jwtVerify(token, issuer.key.publicKey, {
      algorithms: ['RS256'],
      typ: INVITE_TYPE,
      issuer: INVITE_ISSUER,
      audience: audience(issuer),
      requiredClaims: ['exp', 'jti'],
      currentDate: now,
    });
    const claims = InviteClaims.safeParse(payload);
    if (!claims.success) return { ok: false, code: 'invalid' };
    const { 'parley-room': room, 'parley-deployment': deployment, jti } = claims.data;
    return { ok: true, invite: { room, deployment, jti } };
  } catch (error) {
    return { ok: false, code: error instanceof errors.JWTExpired ? 'expired' : 'invalid' };
  }
}
