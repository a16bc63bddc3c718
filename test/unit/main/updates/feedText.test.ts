/** The one request for the feed, over a real server that need not mean well. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { FEED_MAX_BYTES, feedText } from '../../../../main/updates/feedText';

let server: Server;
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/latest-linux.yml`;
}

it('gives the text, and sends no cookie', async () => {
  let cookie: string | undefined = 'none yet';
  const url = await serve((request, response) => {
    cookie = request.headers.cookie;
    response.end('version: 0.3.0');
  });
  expect(await feedText(fetch, url)).toEqual({ ok: true, text: 'version: 0.3.0' });
  expect(cookie).toBeUndefined();
});

it.each([404, 500, 204])('says what status came: %d', async (status) => {
  const url = await serve((_request, response) => response.writeHead(status).end());
  expect(await feedText(fetch, url)).toEqual({ ok: false, fault: { code: 'refused', status } });
});

it('follows no redirect', async () => {
  const url = await serve((_request, response) =>
    response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
  );
  expect(await feedText(fetch, url)).toEqual({ ok: false, fault: { code: 'untrusted' } });
});

it('reads no more than a feed can have', async () => {
  const url = await serve((_request, response) => {
    const more = () => {
      if (response.write('#'.repeat(FEED_MAX_BYTES))) setImmediate(more);
    };
    response.on('drain', more);
    more();
  });
  expect(await feedText(fetch, url)).toEqual({ ok: false, fault: { code: 'not-a-feed' } });
});

it('waits so long and no longer, for the beginning and for the rest', async () => {
  const url = await serve((request, response) => {
    if (request.url?.endsWith('?rest') === true) response.write('version:');
  });
  for (const address of [url, `${url}?rest`]) {
    expect(await feedText(fetch, address, 200)).toEqual({ ok: false, fault: { code: 'timeout' } });
  }
});

it('names what is wrong with the network', async () => {
  const url = await serve(() => undefined);
  server.close();
  await once(server, 'close');
  expect(await feedText(fetch, url)).toEqual({ ok: false, fault: { code: 'network', network: 'refused' } });
  server = createServer().listen(0);
});
