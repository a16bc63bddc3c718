import type { Session } from 'electron';
import { beforeEach, expect, it } from 'vitest';
import { watchXmpp, type XmppSign } from '../../../../main/call/xmppTraffic';

interface Seen {
  url: string;
  resourceType: string;
  statusCode?: number;
  error?: string;
}

/** One of the three things that a session tells of its requests, as Electron does: of those alone that were asked for. */
class Told {
  #urls: readonly string[] = [];
  #listener: ((seen: Seen, proceed: (answer: object) => void) => void) | undefined;
  /** How often somebody was told. */
  count = 0;

  readonly on = (
    { urls }: { urls: readonly string[] },
    listener: (seen: Seen, proceed: (answer: object) => void) => void,
  ) => {
    this.#urls = urls;
    this.#listener = listener;
  };

  /** A match pattern without a port means any port. */
  tell(seen: Seen): void {
    const { protocol, hostname, pathname, search } = new URL(seen.url);
    const address = `${protocol}//${hostname}${pathname}${search}`;
    const fits = (pattern: string) =>
      new RegExp(`^${pattern.replace(/[.?]/g, '\\$&').replaceAll('*', '.*')}$`).test(address);
    if (!this.#urls.some(fits)) return;
    this.count += 1;
    this.#listener?.(seen, () => undefined);
  }
}

let before: Told;
let completed: Told;
let failed: Told;
let signs: XmppSign[];

beforeEach(() => {
  [before, completed, failed] = [new Told(), new Told(), new Told()];
  signs = [];
  const webRequest = {
    onBeforeRequest: before.on,
    onCompleted: completed.on,
    onErrorOccurred: failed.on,
  };
  watchXmpp(
    { webRequest } as unknown as Session,
    new URL('https://meet.example.com:8443/brisk-otter'),
    (sign) => signs.push(sign),
  );
});

it('tells of a socket that is opened, wherever Prosody is', () => {
  const socket = { url: 'wss://xmpp.example.com/xmpp-websocket?room=brisk-otter', resourceType: 'webSocket' };
  before.tell(socket);
  completed.tell({ ...socket, statusCode: 101 });
  failed.tell({ ...socket, error: 'net::ERR_CONNECTION_REFUSED' });
  expect(signs).toEqual(['opening', 'open', 'failed']);
});

it.each(['/http-bind?room=brisk-otter', '/some-tenant/http-bind?room=brisk-otter'])(
  'tells of BOSH at %s',
  (path) => {
    const bosh = { url: `https://meet.example.com:8443${path}`, resourceType: 'xhr' };
    before.tell(bosh);
    completed.tell({ ...bosh, statusCode: 200 });
    completed.tell({ ...bosh, statusCode: 502 });
    failed.tell({ ...bosh, error: 'net::ERR_TIMED_OUT' });
    failed.tell({ ...bosh, error: 'net::ERR_ABORTED' });
    expect(signs).toEqual(['open', 'failed', 'failed']);
  },
);

it("is not asked about the page's own files", () => {
  const file = { url: 'https://meet.example.com:8443/libs/app.bundle.min.js?v=1', resourceType: 'script' };
  before.tell(file);
  completed.tell({ ...file, statusCode: 200 });
  failed.tell({ ...file, error: 'net::ERR_FAILED' });
  expect([before.count, completed.count, failed.count]).toEqual([0, 0, 0]);
  expect(signs).toEqual([]);
});

it('takes no other socket for the one to Prosody', () => {
  const socket = { url: 'wss://meet.example.com:8443/colibri-ws/1', resourceType: 'webSocket' };
  before.tell(socket);
  completed.tell({ ...socket, statusCode: 101 });
  expect(signs).toEqual([]);
});
