/** Commands that answer the question about a link that has opened Parley. */
import { z } from 'zod';
import { Media } from '../../lobbyApi';
import { Nothing } from './nothing';

export const linkCommands = {
  /** Joins, or starts the call, that the link of this id means; leaves the one under way before. */
  'link/accept': z.strictObject({ id: z.int(), media: Media }),
  'link/dismiss': Nothing,
} as const satisfies Record<string, z.ZodType>;
