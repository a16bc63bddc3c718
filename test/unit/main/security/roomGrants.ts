import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from 'jose';
import type { RoomGrant, RoomLinkExpectation, RoomLinkVerdict } from '../../../../main/security/roomLink';
import { checkRoomLink } from '../../../../main/security/roomLink';
import { RoomName } from '../../../../shared/roomName';

export const KID = 'CWMKey';
export const now = new Date('2026-03-01T12:00:00Z');
export const seconds = now.getTime() / 1000;
export const room = RoomName.parse('brisk-otter');
export const otherRoom = RoomName.parse('other-room');
export const deploymentUrl = 'https://meet.example.com';

/** A lobby with a real key. */
export async function newLobby(kid = KID) {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' };
  return { privateKey, publicKey, jwk, keySet: { keys: [jwk] } };
}
export type Lobby = Awaited<ReturnType<typeof newLobby>>;

/** The claims of a good token. */
export const claims = {
  iss: 'CodeWithMe',
  aud: 'CodeWithMe',
  sub: 'meet.example.com',
  room: room as string,
  iat: seconds,
  nbf: seconds - 60,
  exp: seconds + 600,
  jti: '7a1c',
};

/** A token that is good but for what is changed; `undefined` leaves out. */
export function signToken(
  { privateKey }: Lobby,
  changes: Readonly<Record<string, unknown>> = {},
  header: Partial<JWTHeaderParameters> = {},
): Promise<string> {
  return new SignJWT({ ...claims, ...changes })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: KID, ...header })
    .sign(privateKey);
}

/** What a lobby answers with a token: everything agrees. */
export function grantFor(token: string, changes: Partial<RoomGrant> = {}): RoomGrant {
  const deployment = { id: 'eu', url: deploymentUrl, region: 'eu' };
  return { room, url: `${deploymentUrl}/${room}?jwt=${token}`, token, deployment, ...changes };
}

/** What is expected when nothing was asked for. */
export function expectation(lobby: Lobby, changes: Partial<RoomLinkExpectation> = {}): RoomLinkExpectation {
  return {
    room: undefined,
    deployment: undefined,
    announced: [deploymentUrl],
    keySet: lobby.keySet,
    ...changes,
  };
}

/** The verdict in one line. */
export async function verdict(grant: RoomGrant, expected: RoomLinkExpectation): Promise<string> {
  return inWords(await checkRoomLink(grant, expected, now));
}

function inWords(found: RoomLinkVerdict): string {
  return found.ok ? `good: ${found.jti ?? 'no jti'}` : `${found.fault}: ${found.detail}`;
}
