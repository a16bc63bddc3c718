/** Commands about the meeting that the call is in. */
import type { z } from 'zod';
import { MeetingControl } from '../../meetingControl';

export const meetingCommands = {
  /** What comes of it shows in the next snapshots, when the page has said so. */
  'meeting/control': MeetingControl,
} as const satisfies Record<string, z.ZodType>;
