/** Commands about what is outside the meeting: the window and its stand-ins, shortcuts, starting with the session. */
import { z } from 'zod';
import { SHORTCUT_IDS } from '../../shortcuts';
import type { ShortcutFault } from '../snapshot';
import { Nothing } from './nothing';

const Switch = z.strictObject({ on: z.boolean() });
const Coordinate = z.number().int().min(-100_000).max(100_000);
const Id = z.enum(SHORTCUT_IDS);

export const desktopCommands = {
  'bar/open-window': Nothing,
  /** Where the bar's corner shall be, in DIPs of the screen. */
  'bar/move': z.strictObject({ x: Coordinate, y: Coordinate }),
  /** Opens the bar's menu, which the system draws. */
  'bar/menu': Nothing,
  /** An empty chord takes the keys away; absent: the default. */
  'shortcuts/set': z.strictObject({ id: Id, chord: z.string().max(60).optional() }),
  /** While a chord is being recorded, no shortcut counts. */
  'shortcuts/recording': Switch,
  /** Keys of a shortcut have reached a page of ours, which the main process has not heard. */
  'shortcuts/press': z.strictObject({ id: Id.exclude(['talk', 'global-microphone']) }),
  'shortcuts/talk': Switch,
  'desktop/autostart': Switch,
} as const satisfies Record<string, z.ZodType>;

export interface DesktopReplies {
  /** The fault, when the chord cannot be had. */
  'shortcuts/set': ShortcutFault | undefined;
  /** The system's word, when it could not be done. */
  'desktop/autostart': { fault: string } | undefined;
}
