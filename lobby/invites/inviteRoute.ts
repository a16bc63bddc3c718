import type { FastifyInstance } from 'fastify';
import { type InviteReply, InviteRequest } from '../../shared/lobbyApi';
import type { Lobby } from '../lobby';
import { requestBody } from '../requestBody';
import { letGuestIn, openInvite } from './guest';

/** `POST /api/v1/invites/{invite}`: a guest's token for the invite's room. */
export function inviteRoute(app: FastifyInstance, lobby: Lobby): void {
  app.post<{ Params: { invite: string } }>(
    '/api/v1/invites/:invite',
    async (request): Promise<InviteReply> => {
      const now = new Date();
      const open = await openInvite(lobby, request.params.invite, now);
      const { displayName } = requestBody(InviteRequest, request.body);
      return letGuestIn(lobby, request, open, displayName, now);
    },
  );
}
