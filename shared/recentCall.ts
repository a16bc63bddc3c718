import type { RoomName } from './roomName';

/** A room that the user has been in: its name and where it is, no token and no invite. */
export interface RecentCall {
  room: RoomName;
  /** Origin of the lobby that let the user in; of a free room, the base URL of its deployment. */
  place: string;
  /** By free public Jitsi. */
  free: boolean;
  /** When the user last joined it, ms since the Unix epoch. */
  at: number;
}
