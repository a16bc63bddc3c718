import { randomUUID } from 'node:crypto';
import type { RoomName } from '../../shared/roomName';
import { type EncodedHeader, encodeHeader, signHs256, signRs256 } from '../keys/compactJws';
import type { JitsiDeployment } from '../deployments';
import type { KeyRing, RingKey } from '../keys/keyRing';
import type { Statements } from '../keys/statements';
import { type ClaimSettings, featuresFor } from './claimSettings';

/** Prosody gives `nbf` no leeway: this much is allowed for its clock being behind ours, seconds. */
const NOT_BEFORE_BACKDATED = 60;

/** Who a room token is for. What of it stands in the token is shown to the room. */
export interface TokenUser {
  /** The same person's in every call, yet not the account's name. */
  id: string;
  /** Display name; without one the room shows its own word for somebody. */
  name?: string | undefined;
  moderator: boolean;
  email?: string | undefined;
  /** Address of a picture. */
  avatar?: string | undefined;
}

/** What the lobby signs with. */
export interface TokenIssuer {
  /** How long a room token is good, seconds. */
  tokenTtl: number;
  keys: KeyRing;
  statements: Statements;
  claims: ClaimSettings;
}

export interface RoomToken {
  token: string;
  /** Names the token in the audit log. */
  jti: string;
  expiresAt: Date;
}

/**
 * Signs a token for one room of one deployment, with the claims that Prosody's token plugins want (docs/operator.md).
 * `room` and `sub` always name exactly one room and one tenant or domain: Prosody would take `*` for either, and without
 * one of them its plugin fails with no answer at all (measured).
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
  const claims = {
    room,
    context: contextOf(issuer.claims, user),
    iss: deployment.appId,
    aud: deployment.appId,
    sub: deployment.tenant ?? deployment.xmppDomain,
    iat: issuedAt,
    nbf: issuedAt - NOT_BEFORE_BACKDATED,
    exp: expiresAt,
    jti,
  };
  const token = await signed(issuer.keys, deployment, claims, now);
  return { token, jti, expiresAt: new Date(expiresAt * 1000) };
}

async function signed(
  keys: KeyRing,
  { secret }: JitsiDeployment,
  claims: object,
  now: Date,
): Promise<string> {
  if (secret !== undefined) return signHs256(HS256_HEADER, claims, secret);
  const signing = keys.signing(now);
  if (signing === undefined) throw new Error('The lobby has no RSA key.');
  return signRs256(headerOf(signing), claims, signing.key.privateKey);
}

const HS256_HEADER = encodeHeader({ alg: 'HS256', typ: 'JWT' });
const RS256_HEADERS = new WeakMap<RingKey, EncodedHeader>();

function headerOf(key: RingKey): EncodedHeader {
  let header = RS256_HEADERS.get(key);
  if (header === undefined) {
    header = encodeHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT' });
    RS256_HEADERS.set(key, header);
  }
  return header;
}

/**
 * `context` of a room token. `moderator` is for the web client, `affiliation` for Prosody's token_affiliation; `features`,
 * where it stands, is for whoever has the token, whatever Prosody makes of them later.
 */
function contextOf(
  { user: shown, features }: ClaimSettings,
  { id, name, moderator, email, avatar }: TokenUser,
): object {
  const user = {
    id,
    ...(shown.has('name') && name !== undefined ? { name } : {}),
    ...(shown.has('email') && email !== undefined ? { email } : {}),
    ...(shown.has('avatar') && avatar !== undefined ? { avatar } : {}),
    moderator,
    affiliation: moderator ? 'owner' : 'member',
  };
  return features === undefined ? { user } : { user, features: featuresFor(moderator, features) };
}
