/**
 * What the program `parley` and the running app say to each other: one line of JSON each way, then the connection ends.
 * Neither a token nor an invite is ever part of an answer.
 */
import { z } from 'zod';
import { JOIN_TEXT_MAX } from './limits';

/** Rises with every change that the other side would not understand. */
export const CONTROL_VERSION = 1;

/** Longest line, bytes. */
export const CONTROL_LINE_MAX = 16_384;

const command = <Name extends string>(name: Name) => ({
  version: z.literal(CONTROL_VERSION),
  command: z.literal(name),
});

export const ControlRequest = z.discriminatedUnion('command', [
  z.strictObject({ ...command('call'), video: z.boolean() }),
  z.strictObject({ ...command('join'), text: z.string().max(JOIN_TEXT_MAX) }),
  z.strictObject(command('mute')),
  z.strictObject(command('unmute')),
  z.strictObject(command('toggle-mute')),
  z.strictObject(command('leave')),
  z.strictObject(command('status')),
]);
export type ControlRequest = z.infer<typeof ControlRequest>;

const Device = z.enum(['on', 'off', 'unknown']);

/** The call as other programs may know it. */
export const ControlState = z.object({
  phase: z.enum(['idle', 'requesting', 'checking', 'connecting', 'joined', 'leaving', 'failed']),
  /** Name and address of the room, while there is one. */
  room: z.object({ name: z.string(), deployment: z.string(), free: z.boolean() }).optional(),
  /** When it was joined, RFC 3339. */
  joinedAt: z.string().optional(),
  microphone: Device.optional(),
  camera: Device.optional(),
  sharing: z.boolean().optional(),
  /** People in the call, the user among them. */
  people: z.number().int().optional(),
  /** Who of the others speaks, or spoke last. */
  speaker: z.string().optional(),
  /** Whether the page reaches its deployment. */
  connection: z.enum(['up', 'lost', 'rejoining']).optional(),
  /** What the page waits for its user to do; see `shared/meeting.ts`. */
  waiting: z.string().optional(),
  /** Code of what went wrong; see `shared/failure.ts`. */
  failure: z.string().optional(),
});
export type ControlState = z.infer<typeof ControlState>;

/**
 * - `bad-request`: not a request of this version;
 * - `bad-link`: the text leads nowhere;
 * - `foreign-lobby`: it leads to a room at a lobby that is not the user's, without an invite;
 * - `busy`: a call is under way already;
 * - `no-call`: there is no call to do it in;
 * - `failed`: the call came to nothing; the state says why;
 * - `unconfirmed`: the meeting has not said in time that it is so.
 */
export const ControlFault = z.enum([
  'bad-request',
  'bad-link',
  'foreign-lobby',
  'busy',
  'no-call',
  'failed',
  'unconfirmed',
]);
export type ControlFault = z.infer<typeof ControlFault>;

export const ControlReply = z.discriminatedUnion('ok', [
  z.object({ version: z.literal(CONTROL_VERSION), ok: z.literal(true), state: ControlState }),
  z.object({
    version: z.literal(CONTROL_VERSION),
    ok: z.literal(false),
    fault: ControlFault,
    state: ControlState,
  }),
]);
export type ControlReply = z.infer<typeof ControlReply>;
