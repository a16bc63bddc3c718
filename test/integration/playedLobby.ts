import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

interface Asked {
  method: string | undefined;
  path: string | undefined;
  authorization: string | undefined;
  cookie: string | undefined;
  body: string;
}
export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A server that gives prepared answers, one a request; the last one again and again. */
export class PlayedLobby {
  readonly asked: Asked[] = [];
  readonly #server: Server;
  #answers: Answer[] = [];

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { authorization, cookie } = request.headers;
        const body = Buffer.concat(chunks).toString();
        this.asked.push({ method: request.method, path: request.url, authorization, cookie, body });
        const answer = this.#answers.length > 1 ? this.#answers.shift() : this.#answers[0];
        answer?.(response, request);
        this.#server.emit('asked', request.socket);
      });
    });
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
  get host(): string {
    return new URL(this.url).host;
  }
  answer(...answers: Answer[]): void {
    this.#answers = answers;
  }
  /** The next request, once it has come. */
  async nextAsked(): Promise<void> {
    await once(this.#server, 'asked');
  }
  /** The end of the connection that the next request comes by, however it ends. */
  async nextHungUp(): Promise<void> {
    const [socket] = (await once(this.#server, 'asked')) as [Socket];
    await new Promise((resolve) => socket.once('close', resolve));
  }
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

export const json =
  (status: number, body: unknown, type = 'application/json'): Answer =>
  (response) => {
    response.writeHead(status, { 'Content-Type': type }).end(JSON.stringify(body));
  };
export const problem = (status: number, code: string, detail?: string) =>
  json(
    status,
    { type: `urn:parley:problem:${code}`, title: `Title of ${code}`, status, detail },
    'application/problem+json',
  );
export const empty =
  (status: number): Answer =>
  (response) => {
    response.writeHead(status).end();
  };
export const cut: Answer = (response) => response.socket?.destroy();
export const silence: Answer = () => undefined;

export const deployment = { id: 'eu', url: 'https://meet.example.com', region: 'eu' };
export const grant = {
  room: 'brisk-otter',
  url: 'https://meet.example.com/brisk-otter?jwt=a.b.c',
  token: 'a.b.c',
  expiresAt: '2026-03-01T12:10:00Z',
  deployment,
};
export const reply = {
  ...grant,
  invite: { url: 'https://lobby.example.com/join/i.n.v', expiresAt: '2026-03-02T12:00:00Z' },
};
