/** A web site that is neither Parley's nor the deployment's. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OtherSite {
  /** Its origin. */
  readonly url: string;
  /** The paths that it was asked for, in order. */
  readonly asked: readonly string[];
  stop(): void;
}

/** Answers every path with an empty page, but those that it is to send on, by path. */
export async function startOtherSite(sentOn: Readonly<Record<string, string>> = {}): Promise<OtherSite> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const location = sentOn[path];
    if (location === undefined)
      response.writeHead(200, { 'content-type': 'text/html' }).end('<title>elsewhere</title>');
    else response.writeHead(302, { location }).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, stop: () => server.close() };
}
