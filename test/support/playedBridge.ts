import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the bridge does with a question for its statistics. */
export type BridgeBehaviour = (response: ServerResponse) => void;

/** A Jitsi Videobridge, played by its statistics alone. */
export interface PlayedBridge {
  /** Base address, without `/colibri/stats`. */
  url: string;
  behave(behaviour: BridgeBehaviour): void;
  /** How often it was asked. */
  asked(): number;
  stop(): Promise<void>;
}

/** Answers with a report. */
export const reports =
  (report: unknown): BridgeBehaviour =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(report));
  };

export async function startBridge(first: BridgeBehaviour): Promise<PlayedBridge> {
  let behaviour = first;
  let asked = 0;
  const server = createServer((request, response) => {
    if (request.url?.split('?')[0] !== '/colibri/stats') return void response.writeHead(404).end();
    asked += 1;
    behaviour(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    behave: (next) => (behaviour = next),
    asked: () => asked,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
