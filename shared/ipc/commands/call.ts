/** Commands that start and end calls, and those of the call's own devices. */
import { z } from 'zod';
import type { JoinTextFault } from '../../joinTarget';
import { JOIN_TEXT_MAX } from '../../limits';
import { Media } from '../../lobbyApi';
import { Nothing } from './nothing';

export const callCommands = {
  'call/start': z.strictObject({ media: Media }),
  /** Text from "Join call", cut one after {@link JOIN_TEXT_MAX} characters: the parser refuses that with a reason. */
  'call/join': z.strictObject({ text: z.string().max(JOIN_TEXT_MAX + 1) }),
  'call/leave': Nothing,
  'call/retry': Nothing,
  /** Enters the room anew with a fresh page. */
  'call/rejoin': Nothing,
  'call/dismiss': Nothing,
  'call/microphone': z.strictObject({ on: z.boolean() }),
  'call/camera': z.strictObject({ on: z.boolean() }),
  'call/copy-invite': Nothing,
  'call/copy-details': Nothing,
} as const satisfies Record<string, z.ZodType>;

export interface CallReplies {
  /** The fault, when the text leads nowhere. */
  'call/join': JoinTextFault | undefined;
}
