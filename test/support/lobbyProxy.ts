/** A proxy before a real lobby that can answer wrongly: what a broken, slow or hostile lobby sends. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A lobby's answer. A `body` that is no text is sent as JSON. */
export interface Answer {
  status: number;
  body: unknown;
  type?: string;
  location?: string;
}

export interface ProxiedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Makes an answer of the lobby's own; `hang` never answers. */
export type Tampering = (real: () => Promise<Answer>, request: ProxiedRequest) => Promise<Answer | 'hang'>;

export interface LobbyProxy {
  /** Origin of the proxy: what the app is told is its lobby. */
  url: string;
  /** Everything asked of it, in order. */
  readonly requests: readonly ProxiedRequest[];
  /** Answers a question, such as `GET /healthz`, by `tampering` from now on; without it, all as the lobby does. */
  tamper(tampering?: Tampering, question?: string): void;
  /** Stops listening: connections are refused. */
  refuse(): Promise<void>;
  /** Listens again where it did. */
  listen(): Promise<void>;
  /** Resolves when a client gives up a request that hangs. */
  abandoned(): Promise<void>;
  stop(): Promise<void>;
}

export async function startLobbyProxy(lobby: string): Promise<LobbyProxy> {
  const requests: ProxiedRequest[] = [];
  const abandonments: (() => void)[] = [];
  let tampering: Tampering | undefined;
  let tampered = '';
  let port = 0;
  const server = createServer((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const seen = await read(request);
    requests.push(seen);
    const real = () => forward(lobby, seen);
    const wrong = `${seen.method} ${seen.path}` === tampered ? tampering : undefined;
    const given = wrong === undefined ? await real() : await wrong(real, seen);
    if (given === 'hang') {
      response.once('close', () => {
        for (const resolve of abandonments.splice(0)) resolve();
      });
      return;
    }
    const text = typeof given.body === 'string' ? given.body : JSON.stringify(given.body);
    response.writeHead(given.status, {
      'content-type': given.type ?? 'application/json',
      ...(given.location === undefined ? {} : { location: given.location }),
    });
    response.end(text);
  }

  const listen = async () => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  };
  const refuse = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  await listen();
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    tamper: (next, question = 'POST /api/v1/calls') => {
      tampering = next;
      tampered = question;
    },
    refuse,
    listen,
    abandoned: () => new Promise((resolve) => abandonments.push(resolve)),
    stop: async () => {
      if (server.listening) await refuse();
    },
  };
}

async function read(request: IncomingMessage): Promise<ProxiedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = '', url = '', headers } = request;
  return { method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') };
}

async function forward(lobby: string, { method, path, headers, body }: ProxiedRequest): Promise<Answer> {
  const { authorization } = headers;
  const response = await fetch(`${lobby}${path}`, {
    method,
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      ...(body === '' ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === '' ? {} : { body }),
  });
  const type = response.headers.get('content-type') ?? 'text/plain';
  const text = await response.text();
  return {
    status: response.status,
    type,
    body: type.includes('json') ? (JSON.parse(text) as unknown) : text,
  };
}
