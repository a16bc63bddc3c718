import { z } from 'zod';
import { DisplayName } from '../../shared/lobbyApi';
import { RoomName } from '../../shared/roomName';
import type { TokenIssuer } from './roomToken';

/**
 * How long a guest can renew, seconds, whatever becomes of the invite meanwhile: a guest that is in a call when the
 * invite expires can still come back after a lost connection. It is not prolonged by renewing.
 */
export const RENEWAL_TTL = 12 * 60 * 60;

const GrantClaims = z.object({
  'parley-room': RoomName,
  'parley-deployment': z.string().min(1),
  'parley-guest': z.string().regex(/^[0-9a-f]{16}$/),
  'parley-invite': z.uuid(),
  'parley-name': DisplayName,
});

/** What a guest may renew: a token for one room of one deployment, never as a moderator. */
export interface RenewalGrant {
  room: RoomName;
  /** Id of the deployment. */
  deployment: string;
  /** The guest's public id, so that it stays the same person to the room. */
  publicId: string;
  /** `jti` of the invite that the guest came by. */
  invite: string;
  /** What the guest called itself then. */
  displayName: string;
}

/** Signs a grant that a guest renews its room token with. */
export function issueRenewalGrant(
  { statements }: TokenIssuer,
  { room, deployment, publicId, invite, displayName }: RenewalGrant,
  now: Date,
): { token: string; expiresAt: Date } {
  const expiresAt = new Date((Math.floor(now.getTime() / 1000) + RENEWAL_TTL) * 1000);
  const claims = {
    'parley-room': room,
    'parley-deployment': deployment,
    'parley-guest': publicId,
    'parley-invite': invite,
    'parley-name': displayName,
  };
  return { token: statements.sign('renewal', claims, expiresAt, now).token, expiresAt };
}

/** Checks a grant. `expired` is said of genuine grants alone. */
export async function readRenewalGrant(
  { statements }: TokenIssuer,
  token: string,
  now: Date,
): Promise<{ ok: true; grant: RenewalGrant } | { ok: false; code: 'expired' | 'invalid' }> {
  const read = await statements.read('renewal', token, now);
  if (!read.ok) return read;
  const claims = GrantClaims.safeParse(read.claims);
  if (!claims.success) return { ok: false, code: 'invalid' };
  const { data } = claims;
  return {
    ok: true,
    grant: {
      room: data['parley-room'],
      deployment: data['parley-deployment'],
      publicId: data['parley-guest'],
      invite: data['parley-invite'],
      displayName: data['parley-name'],
    },
  };
}
