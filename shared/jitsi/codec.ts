/**
 * The IFrame API of Jitsi Meet as it is spoken at top level: `postis` envelopes, as JSON text, over `window.postMessage`
 * (jitsi-meet `modules/transport/PostMessageTransportBackend.js`; recorded from the client of December 2025).
 */
import { z } from 'zod';
import type { JitsiCommand, JitsiCommands } from './commands';
import { Id, JitsiEvent } from './events';
import { MESSAGE_MAX, SCOPE } from './limits';
import type { JitsiRequest } from './requests';

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
export function encodeCommand<Name extends JitsiCommand>(
  command: Name,
  ...data: JitsiCommands[Name]
): string {
  return envelope({ type: 'event', data: { name: command, data } });
}

/**
 * The text that asks the page something.
 *
 * @param id ours, a string: the page answers any id, so it must be one that a subframe cannot guess.
 */
export function encodeRequest(request: JitsiRequest, id: string): string {
  return envelope({ type: 'request', id, data: request });
}
