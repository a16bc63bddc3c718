/** Waits on this machine for the browser to come back from a provider (RFC 8252 section 7.3). */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nativeText, type NativeTextKey } from '../i18n/text';

const PATH = '/callback';

/** What the browser shows in the end. */
type Page = 'done' | 'failed' | 'other';

const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  // The address holds the code; nothing may carry it on.
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  Connection: 'close',
};

/** One listener waits for one answer: the first that carries its state. The browser waits until {@link finish}. */
export class CallbackListener {
  readonly redirectUri: string;
  /** The whole address that the browser came back to. */
  readonly returned: Promise<URL>;
  readonly #server: Server;
  #waiting: ServerResponse | undefined;

  private constructor(server: Server, state: string) {
    this.#server = server;
    this.redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`;
    this.returned = new Promise((resolve) => {
      server.on('request', (request, response) => {
        const address = addressOf(request, this.redirectUri);
        if (address === undefined) {
          response.writeHead(404, { Connection: 'close' }).end();
        } else if (address.searchParams.get('state') !== state || this.#waiting !== undefined) {
          // Of an older tab, or of somebody who guesses: the one that is waited for may still come.
          reply(response, 'other');
        } else {
          this.#waiting = response;
          resolve(address);
        }
      });
    });
  }

  /** Listens on a free port for an answer with this `state`. @throws Error when the system gives no port. */
  static async open(state: string): Promise<CallbackListener> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new CallbackListener(server, state);
  }

  /** Tells the browser, once, how it ended, and listens no more. */
  finish(page: 'done' | 'failed'): void {
    if (this.#waiting?.headersSent === false) reply(this.#waiting, page);
    this.#server.close();
    this.#server.closeIdleConnections();
  }
}

function addressOf(request: IncomingMessage, redirectUri: string): URL | undefined {
  if (request.method !== 'GET') return undefined;
  try {
    const address = new URL(request.url ?? '', redirectUri);
    return address.pathname === PATH ? address : undefined;
  } catch {
    return undefined;
  }
}

function reply(response: ServerResponse, page: Page): void {
  const word = (key: NativeTextKey) => nativeText(key);
  response.writeHead(page === 'done' ? 200 : 400, HEADERS).end(`<!doctype html>
<html><head><title>Parley</title><meta name="color-scheme" content="light dark">
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem}</style></head>
<body><h1>${word(`sign-in.${page}`)}</h1><p>${word(`sign-in.${page}.next`)}</p></body></html>
`);
}
