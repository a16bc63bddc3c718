/**
 * The check between a lobby's answer and the meeting view: nothing is loaded unless the link leads to the deployment the
 * lobby announced, into the room that was asked for, with a token that the lobby's published key signed. Only where the
 * lobby publishes that a deployment shares a secret with it (HS256) there is no signature that a client can check.
 */
import {
  createLocalJWKSet,
  decodeProtectedHeader,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  jwtVerify,
  UnsecuredJWT,
} from 'jose';
import { z } from 'zod';
import type { RoomLinkFault } from '../../shared/failure';
import type { Deployment } from '../../shared/lobbyApi';
import { roomUrl } from '../../shared/jitsi/meetingUrl';
import type { RoomName } from '../../shared/roomName';
import { isSecureUrl, withoutTrailingSlash } from '../../shared/webUrl';

/** What a lobby answered, as far as the check needs it. */
export interface RoomGrant {
  room: RoomName;
  url: string;
  token: string;
  deployment: Deployment;
}

export interface RoomLinkExpectation {
  /** The room asked for; `undefined` when the lobby was to make one. */
  room: RoomName | undefined;
  /** The deployment a pasted link named; `undefined` when the lobby was to choose. */
  deployment: string | undefined;
  /** Base URLs of the deployments that the lobby lists; empty when it lists none, and so announces by its reply alone. */
  announced: readonly string[];
  /** The lobby's JWKS as fetched; `undefined` when it could not be had. */
  keySet: unknown;
}

export type RoomLinkVerdict =
  { ok: true; jti: string | undefined } | { ok: false; fault: RoomLinkFault; detail: string };

/** What a lobby publishes: its keys, and the deployments whose tokens are signed with a secret. */
const KeySet = z.object({
  keys: z.array(z.looseObject({ kty: z.string() })),
  parley_hs256: z.array(z.string()).default([]),
});

const CLAIMS = { typ: 'JWT', requiredClaims: ['exp', 'iss', 'aud', 'sub', 'room'] };

const refuse = (fault: RoomLinkFault, detail: string): RoomLinkVerdict => ({ ok: false, fault, detail });

/** Decides whether a room link may be opened. `detail` names what was found, never a token. */
export async function checkRoomLink(
  grant: RoomGrant,
  expected: RoomLinkExpectation,
  now: Date,
): Promise<RoomLinkVerdict> {
  return checkAddress(grant, expected) ?? (await checkToken(grant, expected, now));
}

function checkAddress(grant: RoomGrant, expected: RoomLinkExpectation): RoomLinkVerdict | undefined {
  const url = new URL(grant.url);
  if (!isSecureUrl(url)) return refuse('scheme', url.host);
  if (url.username !== '' || url.password !== '' || url.hash !== '') return refuse('malformed', url.host);

  const deployment = withoutTrailingSlash(grant.deployment.url);
  const listed = expected.announced.map(withoutTrailingSlash);
  const announced = listed.length > 0 ? listed : [deployment];
  if (!announced.includes(deployment)) return refuse('origin', url.host);
  if (new URL(deployment).origin !== url.origin) return refuse('origin', url.host);
  if (expected.deployment !== undefined && expected.deployment !== deployment) {
    return refuse('other-deployment', url.host);
  }

  if (expected.room !== undefined && grant.room !== expected.room) return refuse('room', grant.room);
  if (url.origin + url.pathname !== roomUrl(deployment, grant.room)) return refuse('room', lastSegment(url));
  const tokens = url.searchParams.getAll('jwt');
  if (tokens.length !== 1 || tokens[0] !== grant.token) return refuse('token-mismatch', url.host);
  return undefined;
}

async function checkToken(
  grant: RoomGrant,
  expected: RoomLinkExpectation,
  now: Date,
): Promise<RoomLinkVerdict> {
  const keySet = KeySet.safeParse(expected.keySet);
  if (!keySet.success) return refuse('keys-unavailable', '');
  const { keys, parley_hs256: shared } = keySet.data;
  const bySecret = shared.map(withoutTrailingSlash).includes(withoutTrailingSlash(grant.deployment.url));
  if (!bySecret && keys.length === 0) return refuse('keys-unavailable', '');
  try {
    const payload = bySecret
      ? claimsUnderSecret(grant.token, now)
      : await claimsUnderKey(grant.token, { keys }, now);
    if (payload['room'] !== grant.room) return refuse('room', String(payload['room']).slice(0, 100));
    return { ok: true, jti: payload.jti };
  } catch (error) {
    return refusalFor(error);
  }
}

async function claimsUnderKey(token: string, keys: JSONWebKeySet, now: Date): Promise<JWTPayload> {
  const options = { ...CLAIMS, algorithms: ['RS256'], currentDate: now };
  return (await jwtVerify(token, createLocalJWKSet(keys), options)).payload;
}

/** The claims of a token whose signature only Prosody can check; all else is checked as ever. */
function claimsUnderSecret(token: string, now: Date): JWTPayload {
  const { alg, typ } = decodeProtectedHeader(token);
  if (alg !== 'HS256') throw new errors.JOSEAlgNotAllowed();
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ })).toString('base64url');
  const unsigned = `${header}.${token.split('.')[1] ?? ''}.`;
  return UnsecuredJWT.decode(unsigned, { ...CLAIMS, currentDate: now }).payload;
}

function refusalFor(error: unknown): RoomLinkVerdict {
  if (error instanceof errors.JWTExpired) return refuse('expired', isoTime(error.payload.exp));
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.claim === 'nbf'
      ? refuse('not-yet-valid', isoTime(error.payload.nbf))
      : refuse('malformed', error.claim);
  }
  if (
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSEAlgNotAllowed
  ) {
    return refuse('signature', error.code);
  }
  return refuse('malformed', error instanceof errors.JOSEError ? error.code : 'token');
}

const isoTime = (seconds: number | undefined) =>
  seconds === undefined ? '' : new Date(seconds * 1000).toISOString();

const lastSegment = (url: URL) => url.pathname.split('/').pop() ?? '';
