/** HTTP to the byte, for requests that no well-behaved client would send. */
import { connect } from 'node:net';

export interface RawAnswer {
  status: number;
  /** Names in lower case. */
  headers: ReadonlyMap<string, string>;
  body: string;
}

/** Longest wait for an answer, ms: well above the lobby's own limit of 20 s for a request that is not sent whole. */
const ANSWER_MAX_MS = 40_000;

/**
 * Sends bytes over a connection of their own and reads until the other side closes it.
 *
 * @param drip sent again and again after that, every half second.
 * @throws Error when it closes without an answer, or does not close.
 */
export async function sendRaw(origin: string, bytes: string | Buffer, drip?: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(new Error('no end of an answer')), ANSWER_MAX_MS);
    const dripping = setInterval(() => {
      if (drip !== undefined && socket.writable) socket.write(drip);
    }, 500);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // A server that has answered before all was sent may reset the connection.
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') return;
      reject(error);
    });
    socket.on('close', () => {
      clearTimeout(timer);
      clearInterval(dripping);
      resolve();
    });
    socket.write(bytes);
  });
  return parse(Buffer.concat(chunks).toString('utf8'));
}

function parse(text: string): RawAnswer {
  // What comes before the final answer (RFC 9110 section 15.2) is not it.
  const final = text.replace(/^(HTTP\/1\.1 1\d\d [^]*?\r\n\r\n)+/, '');
  const end = final.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = final.slice(0, end).split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1];
  if (end < 0 || status === undefined)
    throw new Error(`not an answer: ${JSON.stringify(text.slice(0, 200))}`);
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status: Number(status), headers: new Map(headers), body: final.slice(end + 4) };
}
