import type { RenewalReply } from '../../shared/lobbyApi';
import type { RoomName } from '../../shared/roomName';
import { type JitsiDeployment, asAnnounced } from '../deployments';
import type { RoomToken } from './roomToken';
import type { Settings } from '../settings';

/** What every answer with a room token says of the way into the room. */
export function roomGrant(
  { meetingConfig }: Pick<Settings, 'meetingConfig'>,
  deployment: JitsiDeployment,
  room: RoomName,
  { token, expiresAt }: RoomToken,
): RenewalReply {
  return {
    room,
    url: `${deployment.url}/${room}?jwt=${token}`,
    token,
    expiresAt: expiresAt.toISOString(),
    deployment: asAnnounced(deployment),
    ...(meetingConfig === undefined ? {} : { config: meetingConfig }),
  };
}
