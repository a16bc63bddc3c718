import type { Stanza } from './stanza';

/** Namespaces of RFC 6120, RFC 7395, XEP-0045, XEP-0124 and XEP-0206. */
export const NS = {
  bind: 'urn:ietf:params:xml:ns:xmpp-bind',
  bosh: 'http://jabber.org/protocol/httpbind',
  client: 'jabber:client',
  framing: 'urn:ietf:params:xml:ns:xmpp-framing',
  muc: 'http://jabber.org/protocol/muc',
  sasl: 'urn:ietf:params:xml:ns:xmpp-sasl',
  stanzas: 'urn:ietf:params:xml:ns:xmpp-stanzas',
  streams: 'http://etherx.jabber.org/streams',
  streamErrors: 'urn:ietf:params:xml:ns:xmpp-streams',
  xbosh: 'urn:xmpp:xbosh',
} as const;

export type XmppFaultCode = 'unreachable' | 'http' | 'unanswered' | 'not-xmpp' | 'stream-error' | 'closed';

/** Why a stream could not be had, or ended. */
export class XmppFault extends Error {
  readonly code: XmppFaultCode;
  /** The HTTP status of `http`, the condition of `stream-error` (RFC 6120 section 4.9.3). */
  readonly reason: string | undefined;

  constructor(code: XmppFaultCode, message: string, reason?: string) {
    super(message);
    this.code = code;
    this.reason = reason;
  }
}

/** A stream to an XMPP server, as the Jitsi Meet web client opens one. Every method throws {@link XmppFault}. */
export interface XmppConnection {
  /** Opens the stream. Resolves with its features. */
  open(): Promise<Stanza>;
  /** Opens it anew after the login (RFC 6120 section 6.3.2). Resolves with its features. */
  restart(): Promise<Stanza>;
  send(xml: string): Promise<void>;
  /** The next stanza. */
  receive(): Promise<Stanza>;
  /** Never throws. */
  close(): Promise<void>;
}

export interface ConnectionOptions {
  /** Of the WebSocket or BOSH endpoint, with `room` and `token` in its query. */
  url: URL;
  /** The XMPP domain to talk to. */
  domain: string;
  /** The web page that a browser would name as the origin: Prosody may check it. */
  origin: string;
  /** The dialogue ends with a fault when this does. */
  signal: AbortSignal;
}

/** The features of a stream, or the fault that came instead. */
export function featuresOf(stanza: Stanza): Stanza {
  if (stanza.name === 'features' && stanza.namespace === NS.streams) return stanza;
  throw streamErrorOf(stanza) ?? new XmppFault('not-xmpp', `it answered with <${stanza.name}>`);
}

/** The fault that a stream error stands for (RFC 6120 section 4.9). */
export function streamErrorOf(stanza: Stanza): XmppFault | undefined {
  if (stanza.name !== 'error' || stanza.namespace !== NS.streams) return undefined;
  const condition = stanza.children.find(
    ({ name, namespace }) => namespace === NS.streamErrors && name !== 'text',
  );
  const text = stanza.children.find(({ name }) => name === 'text')?.text;
  const words = text === undefined || text === '' ? '' : ` (${text})`;
  return new XmppFault(
    'stream-error',
    `the stream ended with ${condition?.name ?? 'an error'}${words}`,
    condition?.name,
  );
}
