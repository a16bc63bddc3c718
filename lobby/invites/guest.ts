import type { FastifyRequest } from 'fastify';
import type { InviteReply } from '../../shared/lobbyApi';
import { auditToken } from '../observe/audit';
import { randomPublicId } from '../auth/caller';
import type { JitsiDeployment } from '../deployments';
import { type Invite, readInvite } from './invite';
import type { Lobby } from '../lobby';
import { Refusal } from '../problem';
import { issueRoomToken } from '../tokens/roomToken';
import { issueRenewalGrant } from '../tokens/renewalGrant';
import { roomGrant } from '../tokens/roomGrant';

/** An invite that is good now, and where it leads. */
export interface OpenInvite {
  invite: Invite;
  deployment: JitsiDeployment;
}

/** Checks the text of an invite. @throws Refusal when it does not lead anywhere now. */
export async function openInvite(
  { settings, issuer }: Pick<Lobby, 'settings' | 'issuer'>,
  text: string,
  now: Date,
): Promise<OpenInvite> {
  const read = await readInvite(issuer, text, now);
  if (!read.ok) {
    if (read.code !== 'not-yet-open') throw new Refusal(`invite-${read.code}`);
    const { opensAt } = read;
    throw new Refusal('invite-not-yet-open', { detail: `It opens at ${opensAt.toISOString()}.`, opensAt });
  }
  const { invite } = read;
  const deployment = settings.deployments.find(({ id }) => id === invite.deployment);
  if (deployment === undefined) {
    throw new Refusal('invite-invalid', { detail: 'Its deployment is no longer one of this lobby.' });
  }
  return { invite, deployment };
}

/** Lets a guest into the invite's room, not as a moderator. The invite is the guest's credential. */
export async function letGuestIn(
  { settings, issuer, metrics }: Pick<Lobby, 'settings' | 'issuer' | 'metrics'>,
  request: FastifyRequest,
  { invite, deployment }: OpenInvite,
  displayName: string,
  now: Date,
): Promise<InviteReply> {
  const { room, jti } = invite;
  const guest = { id: randomPublicId(), name: displayName, moderator: false };
  const token = await issueRoomToken(issuer, deployment, room, guest, now);
  auditToken(request, {
    user: 'guest',
    displayName,
    room,
    deployment: deployment.id,
    token,
    media: undefined,
    invite: jti,
  });
  metrics.issued(deployment.id, 'invite');
  const mayRenew = { room, deployment: deployment.id, publicId: guest.id, invite: jti, displayName };
  const renewal = issueRenewalGrant(issuer, mayRenew, now);
  return {
    ...roomGrant(settings, deployment, room, token),
    renewal: { token: renewal.token, expiresAt: renewal.expiresAt.toISOString() },
  };
}
