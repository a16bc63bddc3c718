/** Load for a lobby: connections that each send a request as soon as the last one is answered. */
import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

/** How often somebody asks whether the lobby is well, ms. */
const HEALTH_EVERY_MS = 10;

export interface LoadOptions {
  port: number;
  accessToken: string;
  connections: number;
}

export class LobbyLoad {
  /** Answers with 201 so far. */
  signed = 0;
  /** Other answers so far. */
  refused = 0;
  readonly #port: number;
  readonly #call: Buffer;
  readonly #sockets: Socket[] = [];
  #stopped = false;

  constructor({ port, accessToken }: LoadOptions) {
    this.#port = port;
    const body = JSON.stringify({ displayName: 'Ada Lovelace', media: 'audio' });
    this.#call = requestOf(
      'POST',
      '/api/v1/calls',
      port,
      [
        `authorization: Bearer ${accessToken}`,
        'content-type: application/json',
        `content-length: ${body.length}`,
      ],
      body,
    );
  }

  static async start(options: LoadOptions): Promise<LobbyLoad> {
    const load = new LobbyLoad(options);
    for (let count = 0; count < options.connections; count += 1) await load.#open();
    return load;
  }

  /** Waits until so many calls are answered, whatever the answer is. */
  async until(answers: number): Promise<void> {
    while (this.signed + this.refused < answers) await delay(20);
  }

  /** Asks for `/healthz` for so long, and says how long each answer took, ms. */
  async healthDuring(durationMs: number): Promise<number[]> {
    const socket = connect(this.#port, '127.0.0.1');
    socket.setNoDelay();
    await once(socket, 'connect');
    const request = requestOf('GET', '/healthz', this.#port, []);
    const times: number[] = [];
    const end = performance.now() + durationMs;
    while (performance.now() < end) {
      const sent = performance.now();
      const answered = new Promise<void>((resolve) => socket.once('data', () => resolve()));
      socket.write(request);
      await answered;
      times.push(performance.now() - sent);
      await delay(HEALTH_EVERY_MS);
    }
    socket.destroy();
    return times;
  }

  stop(): void {
    this.#stopped = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  async #open(): Promise<void> {
    const socket = connect(this.#port, '127.0.0.1');
    socket.setNoDelay();
    this.#sockets.push(socket);
    await once(socket, 'connect');
    let missing = 0;
    let status = '';
    socket.on('data', (chunk: Buffer) => {
      if (missing === 0) {
        const head = chunk.toString('latin1', 0, chunk.indexOf('\r\n\r\n'));
        status = head.slice(9, 12);
        missing = head.length + 4 + Number(/^content-length: (\d+)$/im.exec(head)?.[1]);
      }
      missing -= chunk.length;
      if (missing > 0) return;
      missing = 0;
      if (status === '201') this.signed += 1;
      else this.refused += 1;
      if (!this.#stopped) socket.write(this.#call);
    });
    socket.on('error', (error) => {
      if (!this.#stopped) throw error;
    });
    socket.write(this.#call);
  }
}

function requestOf(method: string, path: string, port: number, headers: string[], body = ''): Buffer {
  const head = [`${method} ${path} HTTP/1.1`, `host: 127.0.0.1:${port}`, ...headers];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
