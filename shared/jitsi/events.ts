/**
 * What the page says of itself, as recorded from the client of December 2025 (`test/support/jitsi/recordings`); where no
 * recording has an event, jitsi-meet's `modules/API/API.js` is the source of its shape.
 */
import { z } from 'zod';

export const Id = z.string().max(200);
const Text = z.string().max(2000);
const On = z.boolean();

const Kicked = z.object({ id: Id.optional(), local: z.boolean().optional(), name: Text.optional() });

/** The page's events that Parley acts on; fields it does not use are dropped. */
export const JitsiEvent = z.discriminatedUnion('name', [
  z.object({
    name: z.literal('video-conference-joined'),
    roomName: Text,
    id: Id,
    displayName: Text.optional(),
  }),
  z.object({ name: z.literal('video-conference-left'), roomName: Text.optional() }),
  z.object({ name: z.literal('video-ready-to-close') }),
  z.object({ name: z.literal('suspend-detected') }),
  z.object({ name: z.literal('peer-connection-failure') }),
  z.object({
    name: z.literal('error-occurred'),
    error: z.object({
      name: Text,
      type: Text.optional(),
      message: Text.optional(),
      params: z.array(z.unknown()).max(16).optional(),
      recoverable: z.boolean().optional(),
    }),
  }),
  // Devices
  z.object({ name: z.literal('audio-mute-status-changed'), muted: z.boolean() }),
  z.object({ name: z.literal('audio-availability-changed'), available: z.boolean() }),
  z.object({ name: z.literal('video-mute-status-changed'), muted: z.boolean() }),
  z.object({ name: z.literal('video-availability-changed'), available: z.boolean() }),
  z.object({ name: z.literal('mic-error'), type: Text.optional(), message: Text.optional() }),
  z.object({ name: z.literal('camera-error'), type: Text.optional(), message: Text.optional() }),
  z.object({ name: z.literal('device-list-changed') }),
  z.object({ name: z.literal('screen-sharing-status-changed'), on: On }),
  // People
  z.object({ name: z.literal('participant-joined'), id: Id, displayName: Text.optional() }),
  z.object({ name: z.literal('participant-left'), id: Id }),
  z.object({ name: z.literal('display-name-change'), id: Id, displayname: Text.optional() }),
  z.object({ name: z.literal('participant-role-changed'), id: Id, role: Text }),
  /** Also of others that a moderator mutes (`isSelfMuted: false`). `mediaType`: `audio`, `video` or `desktop`. */
  z.object({ name: z.literal('participant-muted'), id: Id, isMuted: z.boolean(), mediaType: Text }),
  z.object({ name: z.literal('participant-kicked-out'), kicked: Kicked, kicker: Kicked.optional() }),
  z.object({ name: z.literal('dominant-speaker-changed'), id: Id }),
  /** `handRaised`: when, in ms since the Unix epoch; 0 for lowered. Older clients say true or false. */
  z.object({ name: z.literal('raise-hand-updated'), id: Id, handRaised: z.union([z.number(), z.boolean()]) }),
  // The meeting
  z.object({ name: z.literal('subject-change'), subject: Text }),
  z.object({ name: z.literal('tile-view-changed'), enabled: On }),
  z.object({ name: z.literal('audio-only-changed'), enabled: On }),
  z.object({ name: z.literal('chat-updated'), unreadCount: z.number().min(0), isOpen: z.boolean() }),
  z.object({ name: z.literal('participants-pane-toggled'), open: z.boolean() }),
  z.object({ name: z.literal('p2p-status-changed'), isP2p: z.boolean() }),
  /** `mode`: `file`, `stream` or `local`. `error` only with `on: false`. */
  z.object({
    name: z.literal('recording-status-changed'),
    on: On,
    mode: Text,
    error: Text.nullish(),
  }),
  z.object({ name: z.literal('transcribing-status-changed'), on: On }),
  z.object({ name: z.literal('password-required') }),
  z.object({
    name: z.literal('knocking-participant'),
    participant: z.object({ id: Id, name: Text.nullish() }),
  }),
  /** What the server tells all: of the waiting room, `message.type` is `lobby-notify`. */
  z.object({
    name: z.literal('non-participant-message-received'),
    message: z.object({
      type: Text,
      event: Text.optional(),
      value: z.unknown(),
      name: Text.nullish(),
    }),
  }),
  /** A notice that the page shows; both are keys of its translations, such as `lobby.notificationLobbyEnabled`. */
  z.object({
    name: z.literal('notification-triggered'),
    title: Text.nullish(),
    description: Text.nullish(),
  }),
]);
export type JitsiEvent = z.infer<typeof JitsiEvent>;
