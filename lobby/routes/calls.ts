import { randomInt } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type CallReply, CallRequest } from '../../shared/lobbyApi';
import { RoomName, newRoomName } from '../../shared/roomName';
import { auditToken } from '../observe/audit';
import type { Caller } from '../auth/caller';
import type { JitsiDeployment } from '../deployments';
import { issueInvite } from '../invites/invite';
import { inviteTimes } from '../invites/inviteTimes';
import type { Lobby } from '../lobby';
import { Refusal } from '../problem';
import { publicOrigin } from '../publicOrigin';
import { chooseDeployment, deploymentOfRoom, roomNameIn } from '../regions/choice';
import { regionOfHeader } from '../regions/regionSettings';
import { requestBody } from '../requestBody';
import { issueRoomToken } from '../tokens/roomToken';
import { roomGrant } from '../tokens/roomGrant';
import { tokenUserOf } from '../tokens/tokenUser';

/** `POST /api/v1/calls`: a room, the caller's token for it and an invite for the others. */
export function callsRoute(
  app: FastifyInstance,
  { settings, issuer, authenticate, bridges, metrics, limits }: Lobby,
): void {
  const { deployments, regionHeader } = settings;
  const candidate = (deployment: JitsiDeployment) => ({
    deployment,
    region: deployment.region,
    ...bridges.condition(deployment.id),
  });
  const deploymentFor = ({ region, room, latencies }: CallRequest, { headers }: FastifyRequest) => {
    const [first, ...others] = deployments;
    const wish = {
      region,
      latencies,
      header: regionOfHeader(regionHeader, headers),
      room: room === undefined ? undefined : deploymentOfRoom(room, deployments).region,
    };
    return chooseDeployment([candidate(first), ...others.map(candidate)], wish).deployment;
  };
  app.post('/api/v1/calls', {
    // Before the body is read: who may not ask has nothing to send.
    onRequest: async (request) => request.setDecorator('caller', await authenticate(request)),
    handler: async (request, reply): Promise<CallReply> => {
      const caller = request.getDecorator<Caller>('caller');
      const { user } = caller;
      await limits.countCaller(caller);
      const body = requestBody(CallRequest, request.body);
      const deployment = deploymentFor(body, request);
      const room = body.room ?? newRoomIn(deployment.region, deployments[0].region);
      const now = new Date();
      const times = inviteTimes(body.invite, settings.invites, now);
      if ('fault' in times) throw new Refusal('invalid-request', { detail: times.fault });
      const tokenUser = tokenUserOf(caller, body.displayName);
      const token = await issueRoomToken(issuer, deployment, room, tokenUser, now);
      const invite = issueInvite(issuer, room, deployment.id, times, now);
      auditToken(request, {
        user,
        displayName: body.displayName,
        room,
        deployment: deployment.id,
        token,
        media: body.media,
        invite: invite.jti,
      });
      metrics.issued(deployment.id, 'call');
      reply.code(201);
      return {
        ...roomGrant(settings, deployment, room, token),
        invite: {
          url: `${publicOrigin(settings, request)}/join/${invite.token}`,
          ...(times.opensAt === undefined ? {} : { opensAt: times.opensAt.toISOString() }),
          expiresAt: times.expiresAt.toISOString(),
        },
      };
    },
  });
}

function newRoomIn(region: string, defaultRegion: string): RoomName {
  const words = newRoomName((bound) => randomInt(bound));
  return RoomName.parse(roomNameIn(region, defaultRegion, words));
}
