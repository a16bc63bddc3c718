import type { FastifyInstance } from 'fastify';
import { type InviteReply, InviteRequest } from '../../shared/lobbyApi';
import { auditToken } from '../audit';
import { randomPublicId } from '../caller';
import { asAnnounced } from '../deployments';
import { readInvite } from '../invite';
import type { Lobby } from '../lobby';
import { Refusal } from '../problem';
import { requestBody } from '../requestBody';
import { issueRoomToken } from '../roomToken';

/** `POST /api/v1/invites/{invite}`: a guest's token for the invite's room. The invite is the guest's credential. */
export function invitesRoute(app: FastifyInstance, { settings, issuer, metrics }: Lobby): void {
  app.post<{ Params: { invite: string } }>(
    '/api/v1/invites/:invite',
    async (request): Promise<InviteReply> => {
      const now = new Date();
      const read = await readInvite(issuer, request.params.invite, now);
      if (!read.ok) throw new Refusal(`invite-${read.code}`);
      const { room, deployment: id, jti } = read.invite;
      const deployment = settings.deployments.find((candidate) => candidate.id === id);
      if (deployment === undefined) {
        throw new Refusal('invite-invalid', { detail: 'Its deployment is no longer one of this lobby.' });
      }

      const { displayName } = requestBody(InviteRequest, request.body);
      const guest = { id: randomPublicId(), name: displayName, moderator: false };
      const token = await issueRoomToken(issuer, deployment, room, guest, now);
      auditToken(request, {
        user: 'guest',
        displayName,
        room,
        deployment: id,
        token,
        media: undefined,
        invite: jti,
      });
      metrics.issued(deployment.id, 'invite');
      return {
        room,
        url: `${deployment.url}/${room}?jwt=${token.token}`,
        token: token.token,
        expiresAt: token.expiresAt.toISOString(),
        deployment: asAnnounced(deployment),
      };
    },
  );
}
