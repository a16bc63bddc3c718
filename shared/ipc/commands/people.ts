/** Commands about the people in the call, and about their page being out of sight. */
import { z } from 'zod';

const Pixel = z.number().int().min(0).max(32_767);

export const peopleCommands = {
  /** Takes the meeting's page out of sight, or brings it back: for this kind of call, until it is changed again. */
  'meeting/hide': z.strictObject({ hidden: z.boolean() }),
  /** Opens the menu of what a moderator can do about somebody, at a place in the toolbar's page, in CSS pixels. */
  'people/menu': z.strictObject({ id: z.string().min(1).max(200), x: Pixel, y: Pixel }),
} as const satisfies Record<string, z.ZodType>;
