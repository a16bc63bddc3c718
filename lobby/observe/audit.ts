import type { FastifyRequest } from 'fastify';
import type { Media } from '../../shared/lobbyApi';
import type { RoomName } from '../../shared/roomName';
import type { RoomToken } from '../tokens/roomToken';

/** A room token as the audit log names it. */
export interface IssuedToken {
  /** The account; `guest` for who came by an invite. */
  user: string;
  /** `undefined` when the token holds none. */
  displayName: string | undefined;
  room: RoomName;
  /** Id of the deployment. */
  deployment: string;
  token: RoomToken;
  media: Media | undefined;
  /** `jti` of the invite that was handed out with the token, or that the guest came by. */
  invite: string | undefined;
}

/**
 * Writes the one audit line of a room token. The token appears by its `jti` alone. It also stands for the line that an
 * answer has in the log else.
 */
export function auditToken(request: FastifyRequest, issued: IssuedToken): void {
  const { token, ...rest } = issued;
  request.setDecorator('audited', true);
  request.log.info(
    {
      audit: 'room-token-issued',
      ...rest,
      jti: token.jti,
      exp: token.expiresAt.toISOString(),
      remoteAddress: request.ip,
    },
    'room token issued',
  );
}
