import { randomUUID } from 'node:crypto';
import { BoshConnection } from './boshConnection';
import { type ConnectionOptions, NS, type XmppConnection, XmppFault } from './connection';
import { type Stanza, childOf, escapeXml } from './stanza';
import { WebSocketConnection } from './webSocketConnection';

/** A session that the server let in. */
export interface XmppSession {
  connection: XmppConnection;
  /** Full address, `node@domain/resource`. */
  jid: string;
}

export type LoginOutcome =
  | { kind: 'let-in'; session: XmppSession }
  /** `message` is the server's; Jitsi's plugin says there why. */
  | { kind: 'refused'; condition: string; message: string }
  /** The server offers no anonymous login, by which Jitsi's clients bring their tokens. */
  | { kind: 'no-anonymous'; mechanisms: string[] }
  | { kind: 'fault'; fault: XmppFault };

export type DoorOutcome =
  | { kind: 'entered' }
  | { kind: 'refused'; condition: string; message: string }
  | { kind: 'fault'; fault: XmppFault };

/** How a deployment's XMPP server is reached. */
export type Transport = 'websocket' | 'bosh';

/** @returns a stream that is not yet open. */
export function connectionBy(transport: Transport, options: ConnectionOptions): XmppConnection {
  return transport === 'websocket' ? new WebSocketConnection(options) : new BoshConnection(options);
}

/**
 * Logs in as Jitsi's client does: SASL ANONYMOUS (RFC 4505), the token in the query of the connection's address
 * (lib-jitsi-meet `modules/xmpp/xmpp.ts`, `createConnection`), then a resource is bound. Never throws.
 */
export async function logIn(connection: XmppConnection): Promise<LoginOutcome> {
  const outcome = await attempt(connection).catch((error: unknown): LoginOutcome => {
    if (error instanceof XmppFault) return { kind: 'fault', fault: error };
    throw error;
  });
  if (outcome.kind !== 'let-in') await connection.close();
  return outcome;
}

async function attempt(connection: XmppConnection): Promise<LoginOutcome> {
  const features = await connection.open();
  const offered = childOf(features, 'mechanisms', NS.sasl)?.children ?? [];
  const mechanisms = offered.map(({ text }) => text.trim());
  if (!mechanisms.includes('ANONYMOUS')) return { kind: 'no-anonymous', mechanisms };

  await connection.send(`<auth xmlns="${NS.sasl}" mechanism="ANONYMOUS"/>`);
  const verdict = await connection.receive();
  if (verdict.name === 'failure' && verdict.namespace === NS.sasl) {
    return {
      kind: 'refused',
      condition: verdict.children.find(({ name }) => name !== 'text')?.name ?? 'failure',
      message: childOf(verdict, 'text')?.text ?? '',
    };
  }
  if (verdict.name !== 'success' || verdict.namespace !== NS.sasl) {
    throw new XmppFault('not-xmpp', `it answered the login with <${verdict.name}>`);
  }

  await connection.restart();
  const id = randomUUID();
  await connection.send(`<iq xmlns="${NS.client}" type="set" id="${id}"><bind xmlns="${NS.bind}"/></iq>`);
  const bound = await answerTo(
    connection,
    ({ name, attributes }) => name === 'iq' && attributes['id'] === id,
  );
  const jid = childOf(childOf(bound, 'bind', NS.bind), 'jid')?.text;
  if (jid === undefined) return { kind: 'refused', ...refusalOf(bound) };
  return { kind: 'let-in', session: { connection, jid } };
}

/**
 * Knocks at a room's door (XEP-0045 section 7.2), and leaves at once if it opens. Never throws.
 *
 * @param room address of the room, `room@conference.example.com`.
 */
export async function enterRoom({ connection, jid }: XmppSession, room: string): Promise<DoorOutcome> {
  // Jitsi's rooms may insist that a nickname begins as the address does (mod_muc_resource_validate).
  const nick = jid.replace(/@.*$/s, '').slice(0, 8);
  const address = escapeXml(`${room}/${nick}`);
  try {
    await connection.send(`<presence xmlns="${NS.client}" to="${address}"><x xmlns="${NS.muc}"/></presence>`);
    const answer = await answerTo(
      connection,
      ({ name, attributes }) => name === 'presence' && (attributes['from'] ?? '').split('/')[0] === room,
    );
    if (answer.attributes['type'] === 'error') return { kind: 'refused', ...refusalOf(answer) };
    await connection.send(`<presence xmlns="${NS.client}" to="${address}" type="unavailable"/>`);
    return { kind: 'entered' };
  } catch (error) {
    if (error instanceof XmppFault) return { kind: 'fault', fault: error };
    throw error;
  }
}

/** The stanza that is meant; what else comes, such as the server's own news, is passed over. */
async function answerTo(connection: XmppConnection, isAnswer: (stanza: Stanza) => boolean): Promise<Stanza> {
  for (;;) {
    const stanza = await connection.receive();
    if (isAnswer(stanza)) return stanza;
  }
}

/** The condition and the words of a stanza error (RFC 6120 section 8.3). */
function refusalOf(stanza: Stanza): { condition: string; message: string } {
  const error = childOf(stanza, 'error');
  const conditions = error?.children.filter(({ namespace }) => namespace === NS.stanzas) ?? [];
  return {
    condition: conditions.find(({ name }) => name !== 'text')?.name ?? 'error',
    message: conditions.find(({ name }) => name === 'text')?.text ?? '',
  };
}
