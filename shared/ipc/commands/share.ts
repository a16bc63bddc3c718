/** Commands about showing the screen, and of the picker that asks what of it a meeting may see. */
import { z } from 'zod';
import { Nothing } from './nothing';

export const shareCommands = {
  'share/start': Nothing,
  'share/pick': z.strictObject({ id: z.string().max(200) }),
  'share/cancel': Nothing,
  'share/stop': Nothing,
} as const satisfies Record<string, z.ZodType>;
