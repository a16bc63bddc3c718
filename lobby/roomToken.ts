import { randomUUID } from 'node:crypto';
import type { RoomName } from '../shared/roomName';
import { signRs256 } from './compactJws';
import type { JitsiDeployment } from './deployments';
import type { Statements } from './keys/statements';
import type { SigningKey } from './signingKey';

/** Prosody gives `nbf` no leeway: this much is allowed for its clock being behind ours, seconds. */
const NOT_BEFORE_BACKDATED = 60;

/** Who a room token is for. Everything here is shown to the room. */
export interface TokenUser {
  /** The same person's in every call, yet not the account's name. */
  id: string;
  /** Display name. */
  name: string;
  moderator: boolean;
}

/** What the lobby signs with. */
export interface TokenIssuer {
  appId: string;
  keyId: string;
  /** How long a room token is good, seconds. */
  tokenTtl: number;
  key: SigningKey;
  statements: Statements;
}

export interface RoomToken {
  token: string;
  /** Names the token in the audit log. */
  jti: string;
  expiresAt: Date;
}

/**
 * Signs a token for one room of one deployment, with the claims that Prosody's token plugins want (docs/operator.md).
 * `room` and `sub` always name exactly one room and one domain: Prosody would take `*` for either, and without one of
 * them its plugin fails with no answer at all (measured).
 */
export async function issueRoomToken(
  issuer: TokenIssuer,
  deployment: JitsiDeployment,
  room: RoomName,
  user: TokenUser,
  now: Date,
): Promise<RoomToken> {
  const issuedAt = Math.floor(now.getTime() / 1000);
  const expiresAt = issuedAt + issuer.tokenTtl;
  const jti = randomUUID();
  const header = { alg: 'RS256', kid: issuer.keyId, typ: 'JWT' } as const;
  const claims = {
    room,
    context: { user },
    iss: issuer.appId,
    aud: issuer.appId,
    sub: deployment.xmppDomain,
    iat: issuedAt,
    nbf: issuedAt - NOT_BEFORE_BACKDATED,
    exp: expiresAt,
    jti,
  };
  const token = await signRs256(header, claims, issuer.key.privateKey);
  return { token, jti, expiresAt: new Date(expiresAt * 1000) };
}
