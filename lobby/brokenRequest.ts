import { type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { PROBLEM_MEDIA_TYPE, Refusal } from './problem';

/** Is told of every refusal, as it is answered. */
export type OnRefusal = (refusal: Refusal) => void;

/** Answers what is not even a request, or was not sent in time, before any route is known. */
export function answeringBrokenRequests(
  onRefusal: OnRefusal,
): (error: NodeJS.ErrnoException, socket: Socket) => void {
  return (error, socket) => {
    // Already gone, or an answer is under way: there is nobody to tell.
    if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
      socket.destroy();
      return;
    }
    const refusal = refusalOf(error.code);
    onRefusal(refusal);
    end(socket, refusal);
  };
}

/** Answers the requests that Node.js would else answer itself, or cut, before any route is known. */
export function answerOddRequests(server: Server, onRefusal: OnRefusal): void {
  server.on('connect', (_request, socket: Duplex) => {
    const refusal = new Refusal('method-not-allowed', { detail: 'This is not a proxy.' });
    onRefusal(refusal);
    end(socket, refusal);
  });
  server.on('checkExpectation', (_request, response: ServerResponse) => {
    const refusal = new Refusal('invalid-request', { status: 417, detail: 'Expect takes 100-continue.' });
    onRefusal(refusal);
    const body = JSON.stringify(refusal);
    response
      .writeHead(refusal.status, {
        'content-type': PROBLEM_MEDIA_TYPE,
        'content-length': Buffer.byteLength(body),
        'cache-control': 'no-store',
        connection: 'close',
      })
      .end(body);
  });
}

function end(socket: Duplex, refusal: Refusal): void {
  const body = JSON.stringify(refusal);
  socket.end(
    [
      `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`,
      `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Cache-Control: no-store',
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

function refusalOf(code: string | undefined): Refusal {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new Refusal('too-large', { status: 431 });
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Refusal('invalid-request', { status: 408, detail: 'The request was not sent in time.' });
    default:
      return new Refusal('invalid-request');
  }
}
