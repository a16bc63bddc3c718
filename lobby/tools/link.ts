import { randomPublicId } from '../auth/caller';
import type { RoomName } from '../../shared/roomName';
import { issueRoomToken } from '../tokens/roomToken';
import type { KnownDeployment, KnownLobby } from './knownLobby';

/** A link that opens a room in a browser, as `POST /api/v1/calls` answers with. */
export async function roomLink(
  { issuer }: KnownLobby,
  deployment: KnownDeployment,
  { room, name, moderator }: { room: RoomName; name: string; moderator: boolean },
  now: Date,
): Promise<{ url: string; expiresAt: Date }> {
  const user = { id: randomPublicId(), name, moderator };
  const { token, expiresAt } = await issueRoomToken(issuer, deployment, room, user, now);
  return { url: `${deployment.url}/${room}?jwt=${token}`, expiresAt };
}
