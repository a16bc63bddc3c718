/** Commands about microphones, speakers and cameras: which of them to use, and trying them out. */
import { z } from 'zod';
import type { ChangeResult } from '../snapshot';

const Kind = z.enum(['audioinput', 'audiooutput', 'videoinput']);
const Name = z.string().max(500);
const Opened = z.enum(['microphone', 'camera']);
const Coordinate = z.number().int().min(0).max(32_767);

export const deviceCommands = {
  /** The page shows devices, and may know their names. */
  'devices/section': z.strictObject({ open: z.boolean() }),
  /** The page is about to open a device, for the user to try it out; or it has. */
  'devices/opening': z.strictObject({ device: Opened, on: z.boolean() }),
  /** An empty name: the system's default. `present`: names of all of that kind that there are. */
  'devices/choose': z.strictObject({ kind: Kind, name: Name, present: z.array(Name).max(100) }),
  /** Opens the menu of the call's devices, which the system draws, in CSS pixels of the page. */
  'devices/menu': z.strictObject({ of: z.enum(['sound', 'camera']), x: Coordinate, y: Coordinate }),
  /** The user wants to allow the device, where the system decides that. */
  'devices/privacy': z.strictObject({ device: Opened }),
  /** The user knows that a device is gone. */
  'devices/dismiss': z.strictObject({ kind: Kind }),
} as const satisfies Record<string, z.ZodType>;

export interface DeviceReplies {
  'devices/choose': ChangeResult;
}
