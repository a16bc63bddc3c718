/** Connections that end when the other side says too much, for protocols whose library would keep all of it. */
import type { Socket } from 'node:net';

/**
 * Connects in the same way.
 *
 * @param most bytes that may come by one connection, in all.
 */
export function boundedConnect<Connect extends (...to: never[]) => Socket>(
  connect: Connect,
  most: number,
): Connect {
  const bounded = (...to: never[]) => {
    const socket = connect(...to);
    let bytes = 0;
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > most) socket.destroy(new Error(`the answer is longer than ${most} bytes`));
    });
    return socket;
  };
  return bounded as Connect;
}
