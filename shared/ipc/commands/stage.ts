/** Commands by which the toolbar's page learns what to show, and says where it has left room for the meeting. */
import { z } from 'zod';
import type { Snapshot } from '../snapshot';
import { Nothing } from './nothing';

const Length = z.number().min(0).max(32_767);

export const stageCommands = {
  'snapshot/read': Nothing,
  /** Where the meeting may show, in CSS pixels of the shell page; `null` while a panel stands there. */
  'stage/place': z.strictObject({ x: Length, y: Length, width: Length, height: Length }).nullable(),
} as const satisfies Record<string, z.ZodType>;

export interface StageReplies {
  'snapshot/read': Snapshot;
}
