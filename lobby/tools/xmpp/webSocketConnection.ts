import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import {
  type ConnectionOptions,
  NS,
  type XmppConnection,
  XmppFault,
  featuresOf,
  streamErrorOf,
} from './connection';
import { type Stanza, escapeXml, parseStanza } from './stanza';

/** Longest message, bytes: a stream's features and a room's answers are far below. */
const MESSAGE_MAX = 262_144;

/** XMPP over WebSocket (RFC 7395): every message is one whole element. */
export class WebSocketConnection implements XmppConnection {
  readonly #options: ConnectionOptions;
  readonly #arrived: Stanza[] = [];
  #socket: WebSocket | undefined;
  #fault: XmppFault | undefined;
  #wake: () => void = () => undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  async open(): Promise<Stanza> {
    const { url, origin, signal } = this.#options;
    const socket = new WebSocket(url, ['xmpp'], { origin, maxPayload: MESSAGE_MAX, followRedirects: false });
    this.#socket = socket;
    signal.addEventListener('abort', () => this.#fail(new XmppFault('unanswered', 'no answer in time')));
    socket.on('message', (data: Buffer, binary) => this.#arrive(data, binary));
    socket.on('error', (error) => this.#fail(new XmppFault('unreachable', error.message)));
    socket.on('unexpected-response', (_request, { statusCode = 0 }: IncomingMessage) => {
      this.#fail(new XmppFault('http', `it answered ${statusCode}, not a WebSocket`, String(statusCode)));
      socket.terminate();
    });
    socket.on('close', () => this.#fail(new XmppFault('closed', 'the connection was closed')));
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      socket.on('open', () => resolve());
      if (signal.aborted) this.#fail(new XmppFault('unanswered', 'no answer in time'));
    });
    if (this.#fault !== undefined) throw this.#fault;
    if (socket.protocol !== 'xmpp') {
      throw new XmppFault('not-xmpp', 'its WebSocket does not speak the subprotocol xmpp');
    }
    return this.restart();
  }

  async restart(): Promise<Stanza> {
    const to = escapeXml(this.#options.domain);
    await this.send(`<open xmlns="${NS.framing}" to="${to}" version="1.0"/>`);
    let answer = await this.receive();
    if (answer.name === 'open' && answer.namespace === NS.framing) answer = await this.receive();
    return featuresOf(answer);
  }

  send(xml: string): Promise<void> {
    if (this.#fault !== undefined) return Promise.reject(this.#fault);
    return new Promise((resolve, reject) => {
      this.#socket?.send(xml, (error) => {
        if (error instanceof Error) reject(this.#fault ?? new XmppFault('closed', error.message));
        else resolve();
      });
    });
  }

  async receive(): Promise<Stanza> {
    while (this.#arrived.length === 0) {
      if (this.#fault !== undefined) throw this.#fault;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const stanza = this.#arrived.shift();
    if (stanza === undefined) throw new XmppFault('closed', 'the connection was closed');
    const error = streamErrorOf(stanza);
    if (error !== undefined) throw error;
    if (stanza.name === 'close' && stanza.namespace === NS.framing) {
      throw new XmppFault('closed', 'the server closed the stream');
    }
    return stanza;
  }

  close(): Promise<void> {
    const socket = this.#socket;
    if (socket === undefined || socket.readyState === WebSocket.CLOSED) return Promise.resolve();
    return new Promise((resolve) => {
      socket.once('close', () => resolve());
      if (socket.readyState === WebSocket.OPEN) socket.send(`<close xmlns="${NS.framing}"/>`);
      socket.terminate();
    });
  }

  #arrive(data: Buffer, binary: boolean): void {
    const stanza = binary ? undefined : parseStanza(data.toString('utf8'));
    if (stanza === undefined) {
      this.#fail(new XmppFault('not-xmpp', 'it answered with something else than XML'));
      return;
    }
    this.#arrived.push(stanza);
    this.#wake();
  }

  /** The first fault is the cause; those that follow are its consequences. */
  #fail(fault: XmppFault): void {
    this.#fault ??= fault;
    this.#wake();
  }
}
