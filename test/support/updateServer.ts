/** A server of updates on this machine: a feed as electron-builder writes it, and the file that it names. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A release that the server offers. */
export interface PlayedRelease {
  version: string;
  /** What the file holds. */
  content: Buffer;
  /** As YAML has it; absent: none. */
  notes?: string;
  /** What the feed says of the file, where that is not so. */
  said?: { url?: string; sha512?: string; size?: number };
}

/** What is answered instead of the feed or of the file. */
export type PlayedAnswer = (request: IncomingMessage, response: ServerResponse) => void;

export interface UpdateServer {
  /** Address of the folder that the feed lies in, as it stands in settings. */
  address: string;
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[];
  offer(release: PlayedRelease): void;
  /** Answers so from now on, or again as the release has it. */
  answer(what: 'feed' | 'file', answer?: PlayedAnswer): void;
  stop(): Promise<void>;
}

export const sha512 = (content: Buffer) => createHash('sha512').update(content).digest('base64');

export const feedName = 'latest-linux.yml';
const fileName = (version: string) => `parley-${version}-linux-x86_64.AppImage`;

/** The feed of a release. */
export function feedOf({ version, content, notes, said = {} }: PlayedRelease): string {
  const url = said.url ?? fileName(version);
  const checksum = said.sha512 ?? sha512(content);
  return [
    `version: ${version}`,
    'files:',
    `  - url: parley-${version}-linux-x86_64.rpm`,
    `    sha512: ${sha512(Buffer.from('rpm'))}`,
    '    size: 3',
    `  - url: ${url}`,
    `    sha512: ${checksum}`,
    `    size: ${said.size ?? content.length}`,
    '    blockMapSize: 100',
    `path: ${url}`,
    `sha512: ${checksum}`,
    ...(notes === undefined ? [] : [`releaseNotes: ${JSON.stringify(notes)}`]),
    "releaseDate: '2026-11-21T12:00:00.000Z'",
    '',
  ].join('\n');
}

export async function startUpdateServer(): Promise<UpdateServer> {
  const asked: string[] = [];
  let release: PlayedRelease | undefined;
  let answers: { feed?: PlayedAnswer | undefined; file?: PlayedAnswer | undefined } = {};
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    asked.push(pathname);
    const what = pathname === `/parley/${feedName}` ? 'feed' : 'file';
    const played = answers[what];
    if (played !== undefined) {
      played(request, response);
    } else if (what === 'feed' && release !== undefined) {
      response.end(feedOf(release));
    } else if (release !== undefined && pathname === `/parley/${fileName(release.version)}`) {
      response.writeHead(200, { 'content-length': release.content.length }).end(release.content);
    } else {
      response.writeHead(404).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/parley`,
    asked,
    offer(offered) {
      release = offered;
      answers = {};
    },
    answer(what, answer) {
      answers[what] = answer;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
