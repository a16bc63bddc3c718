/** Commands of the menu "More", and of the panel beside the meeting that some of its items open. */
import { z } from 'zod';
import { Nothing } from './nothing';

export const SIDE_PANELS = [
  'people',
  'waiting-room',
  'room-password',
  'stream',
  'subject',
  'connection',
] as const;
/** What can stand beside the meeting, one at a time. */
export type SidePanelName = (typeof SIDE_PANELS)[number];

const Pixel = z.number().int().min(0).max(32_767);

export const sideCommands = {
  /** Opens the menu, which the system draws, at a place in the toolbar's page, in CSS pixels. */
  'more/open': z.strictObject({ x: Pixel, y: Pixel }),
  'side/open': z.strictObject({ panel: z.enum(SIDE_PANELS) }),
  'side/close': Nothing,
} as const satisfies Record<string, z.ZodType>;
