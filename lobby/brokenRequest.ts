import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import { PROBLEM_MEDIA_TYPE, Refusal } from './problem';

/** Answers what is not even a request, or was not sent in time, before any route is known. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  // Already gone, or an answer is under way: there is nobody to tell.
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy();
    return;
  }
  const refusal = refusalOf(error.code);
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
