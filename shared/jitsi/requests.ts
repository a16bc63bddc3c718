/** What Parley can ask the page, and what an answer looks like (recorded: `devices-and-e2ee.jsonl` and `one-to-one-call.jsonl`). */
import { z } from 'zod';
import { Id } from './events';

/** Questions answered with a boolean (the microphone trap: see the call state). */
export type JitsiQuestion = 'is-audio-muted' | 'is-video-muted';

export type DeviceKind = 'audioinput' | 'audiooutput' | 'videoinput';

/** All that can be asked. `is-sharing-screen` is not among it: its answer is always false (measured). */
export type JitsiRequest =
  | { name: JitsiQuestion }
  | { name: 'rooms-info' }
  | { type: 'devices'; name: 'getAvailableDevices' | 'getCurrentDevices' }
  | { type: 'devices'; name: 'isDeviceChangeAvailable'; deviceType: 'input' | 'output' }
  | { type: 'devices'; name: 'setDevice'; device: { kind: DeviceKind; id: string } };

/** Who is in the rooms; breakout rooms are rooms as well. Hidden ones, such as a recorder, have no display name. */
export const RoomsInfo = z.object({
  rooms: z
    .array(
      z.object({
        isMainRoom: z.boolean().optional(),
        participants: z.array(z.object({ id: Id, role: z.string().max(40).optional() })).max(1000),
      }),
    )
    .max(100),
});
export type RoomsInfo = z.infer<typeof RoomsInfo>;

const Device = z.object({
  deviceId: z.string().max(500),
  kind: z.enum(['audioinput', 'audiooutput', 'videoinput']),
  label: z.string().max(500),
});
export type MeetingDevice = z.infer<typeof Device>;

const Devices = z.array(Device).max(100).default([]);

/** Answer to `getAvailableDevices`: every device the page can see, by kind. */
export const AvailableDevices = z.object({ audioInput: Devices, audioOutput: Devices, videoInput: Devices });

/** Answer to `getCurrentDevices`: what the page uses; a kind that it does not use is absent. */
export const CurrentDevices = z.object({
  audioInput: Device.optional(),
  audioOutput: Device.optional(),
  videoInput: Device.optional(),
});
