/** A line to a server on this machine that is slow: everything comes late, and little at a time. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface SlowLine {
  /** Origin of the slow way to the server. */
  url: string;
  /** How late everything comes, one way, in ms. */
  latencyMs: number;
  stop(): Promise<void>;
}

/** What comes through in a second, each way, in bytes. */
const BYTES_PER_SECOND = 100_000;

/** `target` is the port of the server, which need not listen yet. Starts without delay. */
export async function startSlowLine(target: number): Promise<SlowLine> {
  const sockets = new Set<Socket>();
  const line: SlowLine = { url: '', latencyMs: 0, stop };
  const server = createServer((here) => {
    const there = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [here, there],
      [there, here],
    ] as const) {
      sockets.add(from);
      void carry(from, to);
      from.on('error', () => undefined);
      from.once('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  line.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function carry(from: Socket, to: Socket): Promise<void> {
    try {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        await delay(line.latencyMs + (line.latencyMs === 0 ? 0 : (chunk.length * 1000) / BYTES_PER_SECOND));
        to.write(chunk);
      }
      to.end();
    } catch {
      to.destroy();
    }
  }
  async function stop(): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }
  return line;
}
