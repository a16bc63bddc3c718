import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type RenewalReply, RenewalRequest } from '../../shared/lobbyApi';
import { RoomName } from '../../shared/roomName';
import { auditToken } from '../observe/audit';
import type { Authenticate, Caller } from '../auth/caller';
import type { JitsiDeployments } from '../deployments';
import { claimsToBe } from '../keys/statements';
import type { Lobby } from '../lobby';
import { Refusal } from '../problem';
import { deploymentOfRoom } from '../regions/choice';
import { requestBody } from '../requestBody';
import { type TokenIssuer, type TokenUser, issueRoomToken } from './roomToken';
import { type RenewalGrant, readRenewalGrant } from './renewalGrant';
import { roomGrant } from './roomGrant';
import { knownName, tokenUserOf } from './tokenUser';

/** RFC 6750 section 2.1, cut to the shape of a compact JWS. */
const BEARER_JWS = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** Who asks for a fresh token: somebody who may open rooms, or a guest of one room. */
type Renewer = { caller: Caller } | { grant: RenewalGrant };

/**
 * `POST /api/v1/calls/{room}/token`: a fresh token for a room. Prosody checks a token when a connection is made, so one
 * that was lost after its token had ended comes back with another. A caller may renew for any room, as it may open any;
 * a guest with its grant for the one room.
 */
export function renewalRoute(app: FastifyInstance, lobby: Lobby): void {
  const { settings, issuer, authenticate, metrics, limits } = lobby;
  app.post<{ Params: { room: string } }>('/api/v1/calls/:room/token', {
    // Before the body is read: who may not ask has nothing to send.
    onRequest: async (request) =>
      request.setDecorator('caller', await renewerOf(request, issuer, authenticate)),
    handler: async (request): Promise<RenewalReply> => {
      const renewer = request.getDecorator<Renewer>('caller');
      const room = roomOf(request.params.room);
      const body = request.body === undefined ? {} : request.body;
      const { displayName: wish, deployment: id } = requestBody(RenewalRequest, body);
      const now = new Date();
      const deployment = deploymentOf(renewer, room, id, settings.deployments);
      const { user, tokenUser, invite } = whoOf(renewer, wish);
      // Guests are counted by their address alone, as at the invite's door.
      if ('caller' in renewer) await limits.countCaller(renewer.caller);
      const token = await issueRoomToken(issuer, deployment, room, tokenUser, now);
      auditToken(request, {
        user,
        displayName: tokenUser.name,
        room,
        deployment: deployment.id,
        token,
        media: undefined,
        invite,
      });
      metrics.issued(deployment.id, 'renewal');
      return roomGrant(settings, deployment, room, token);
    },
  });
}

async function renewerOf(
  request: FastifyRequest,
  issuer: TokenIssuer,
  authenticate: Authenticate,
): Promise<Renewer> {
  const bearer = BEARER_JWS.exec(request.headers.authorization ?? '')?.[1];
  if (bearer === undefined || !claimsToBe('renewal', bearer)) return { caller: await authenticate(request) };
  const read = await readRenewalGrant(issuer, bearer, new Date());
  if (read.ok) return { grant: read.grant };
  throw new Refusal('unauthorized', {
    detail:
      read.code === 'expired'
        ? 'The renewal has expired. Use the invite again.'
        : 'This is not a renewal of this lobby.',
    headers: { 'www-authenticate': 'Bearer realm="parley", error="invalid_token"' },
  });
}

function whoOf(
  renewer: Renewer,
  wish: string | undefined,
): { user: string; tokenUser: TokenUser; invite: string | undefined } {
  if ('caller' in renewer) {
    const { caller } = renewer;
    const tokenUser = tokenUserOf(caller, wish ?? knownName(caller));
    return { user: caller.user, tokenUser, invite: undefined };
  }
  const { publicId, invite, displayName } = renewer.grant;
  return { user: 'guest', tokenUser: { id: publicId, name: wish ?? displayName, moderator: false }, invite };
}

function roomOf(text: string): RoomName {
  const room = RoomName.safeParse(text);
  if (room.success) return room.data;
  throw new Refusal('invalid-request', { detail: `room: ${room.error.issues[0]?.message ?? 'is none'}` });
}

function deploymentOf(
  renewer: Renewer,
  room: RoomName,
  id: string | undefined,
  deployments: JitsiDeployments,
): JitsiDeployments[number] {
  if (!('grant' in renewer)) {
    if (id === undefined) return deploymentOfRoom(room, deployments);
    const found = deployments.find((deployment) => deployment.id === id);
    if (found !== undefined) return found;
    throw new Refusal('invalid-request', { detail: 'deployment: this lobby has none of that id' });
  }
  const { grant } = renewer;
  if (grant.room !== room || (id !== undefined && id !== grant.deployment)) {
    throw new Refusal('forbidden', { detail: 'The renewal is for another room.' });
  }
  const found = deployments.find((deployment) => deployment.id === grant.deployment);
  if (found !== undefined) return found;
  throw new Refusal('forbidden', { detail: 'Its deployment is no longer one of this lobby.' });
}
