/**
 * The IFrame API of Jitsi Meet as it is spoken at top level: `postis` envelopes, as JSON text, over `window.postMessage`
 * (jitsi-meet `modules/transport/PostMessageTransportBackend.js`; recorded from the client of December 2025).
 */
import { z } from 'zod';
import { MESSAGE_MAX, SCOPE } from './limits';

const Id = z.string().max(200);
const Text = z.string().max(2000);

const Kicked = z.object({ id: Id.optional(), local: z.boolean().optional(), name: Text.optional() });

/** The page's events that Parley acts on, each as recorded; fields it does not use are dropped. */
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
  z.object({ name: z.literal('screen-sharing-status-changed'), on: z.boolean() }),
  z.object({ name: z.literal('audio-mute-status-changed'), muted: z.boolean() }),
  z.object({ name: z.literal('audio-availability-changed'), available: z.boolean() }),
  z.object({ name: z.literal('video-mute-status-changed'), muted: z.boolean() }),
  z.object({ name: z.literal('video-availability-changed'), available: z.boolean() }),
  z.object({ name: z.literal('mic-error'), type: Text.optional(), message: Text.optional() }),
  z.object({ name: z.literal('camera-error'), type: Text.optional(), message: Text.optional() }),
  z.object({ name: z.literal('participant-joined'), id: Id, displayName: Text.optional() }),
  z.object({ name: z.literal('participant-left'), id: Id }),
  z.object({ name: z.literal('display-name-change'), id: Id, displayname: Text.optional() }),
  z.object({ name: z.literal('participant-kicked-out'), kicked: Kicked, kicker: Kicked.optional() }),
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
]);
export type JitsiEvent = z.infer<typeof JitsiEvent>;

/** What Parley asks the page to do. */
export type JitsiCommand = 'toggle-audio' | 'toggle-video' | 'toggle-share-screen' | 'video-hangup';

/** What Parley asks the page to answer; each is answered with a boolean (the microphone trap: see the call state). */
export type JitsiQuestion = 'is-audio-muted' | 'is-video-muted';

/** A message from the page, told apart. Everything else, our own echoes among it, decodes to `undefined`. */
export type PageMessage =
  { kind: 'ready' } | { kind: 'event'; event: JitsiEvent } | { kind: 'answer'; id: string; result: unknown };

const Envelope = z.object({
  postis: z.literal(true),
  scope: z.literal(SCOPE),
  method: z.string(),
  params: z.unknown(),
});

const Params = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event'), data: z.unknown() }),
  z.object({ type: z.literal('response'), id: Id, result: z.unknown() }),
]);

/** Reads one message of the page. Never throws: what does not fit the contract is `undefined`. */
export function decodePageMessage(text: string): PageMessage | undefined {
  if (text.length > MESSAGE_MAX) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const envelope = Envelope.safeParse(json);
  if (!envelope.success) return undefined;
  if (envelope.data.method === '__ready__') return { kind: 'ready' };
  if (envelope.data.method !== 'message') return undefined;
  const params = Params.safeParse(envelope.data.params);
  if (!params.success) return undefined;
  if (params.data.type === 'response') {
    return { kind: 'answer', id: params.data.id, result: params.data.result };
  }
  const event = JitsiEvent.safeParse(params.data.data);
  return event.success ? { kind: 'event', event: event.data } : undefined;
}

const envelope = (params: unknown) =>
  JSON.stringify({ postis: true, scope: SCOPE, method: 'message', params });

/** The text that makes the page carry out a command. */
export function encodeCommand(command: JitsiCommand): string {
  return envelope({ type: 'event', data: { name: command, data: [] } });
}

/**
 * The text that asks the page a question.
 *
 * @param id ours, a string: the page answers any id, so it must be one that a subframe cannot guess.
 */
export function encodeQuestion(question: JitsiQuestion, id: string): string {
  return envelope({ type: 'request', id, data: { name: question } });
}
