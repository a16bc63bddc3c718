/** Commands about the calls that the user has been in. */
import { z } from 'zod';
import { ADDRESS_MAX } from '../../limits';
import { RoomName } from '../../roomName';
import { Nothing } from './nothing';

export const recentCommands = {
  /** Joins one of them again; what is not among them is ignored. */
  'recent/join': z.strictObject({ room: RoomName, place: z.string().max(ADDRESS_MAX), free: z.boolean() }),
  /** Forgets them all. */
  'recent/clear': Nothing,
} as const satisfies Record<string, z.ZodType>;
