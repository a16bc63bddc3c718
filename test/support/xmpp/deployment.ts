/** A Jitsi deployment as `doctor` looks at it: a web server with `config.js`, and Prosody by BOSH and by WebSocket. */
import { type IncomingMessage, type ServerResponse, createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { WebSocketServer } from 'ws';
import { escapeXml, parseStanza } from '../../../lobby/tools/xmpp/stanza';
import type { Certificate } from '../certificates';
import { AsapKeys } from '../jitsi/asapKeys';
import { Dialogue, type ProsodyRules, type Query, type Reply } from './dialogue';

const BOSH = 'http://jabber.org/protocol/httpbind';
const FRAMING = 'urn:ietf:params:xml:ns:xmpp-framing';

export interface PlayedDeploymentOptions {
  asapKeyServer: string;
  /** Plain HTTP without one. */
  certificate?: Certificate | undefined;
  port?: number;
  /** Over what a well set up Prosody does. */
  prosody?: Partial<ProsodyRules>;
  /** In place of the one that fits; `undefined` for none. */
  configJs?: (origin: string) => string | undefined;
  /** Endpoints that the web server does not pass on. */
  closed?: readonly ('websocket' | 'bosh')[];
  /** An XMPP domain for which BOSH is answered with 502. */
  badGatewayFor?: string;
  /** The web server passes on the address without its query. */
  losesQuery?: boolean;
  /** How far the clock is ahead, seconds. */
  clockAhead?: number;
}

export interface PlayedDeployment {
  url: string;
  /** Addresses of the connections made so far, with their queries. */
  connections: URL[];
  stop(): Promise<void>;
}

interface BoshSession {
  dialogue: Dialogue;
  rid: number;
}

/** `config.js` as jitsi-meet's Debian package writes it. */
const ownConfigJs = (
  origin: string,
  domain: string,
  muc: string,
  subdomain: string,
) => `/* eslint-disable no-unused-vars, no-var */
var subdomain = '${subdomain}';
if (subdomain) {
    subdomain = subdomain.substr(0, subdomain.length - 1).split('.').join('_').toLowerCase() + '.';
}
var subdir = '${subdomain === '' ? '<!--# echo var="subdir" default="" -->' : subdomain.replace('.', '/')}';
var config = {
    // hosts: { domain: 'commented.example.com' },
    hosts: { domain: '${domain}', muc: '${muc.replace(subdomain + domain, '')}' + subdomain + '${domain}' },
    bosh: '${origin}/' + subdir + 'http-bind',
};
config.websocket = '${origin.replace(/^http/, 'ws')}/' + subdir + 'xmpp-websocket';
`;

export async function startPlayedDeployment(options: PlayedDeploymentOptions): Promise<PlayedDeployment> {
  const { certificate, asapKeyServer, closed = [], clockAhead = 0 } = options;
  const rules: ProsodyRules = {
    appId: 'CodeWithMe',
    xmppDomain: '127.0.0.1',
    muc: 'conference.127.0.0.1',
    tokenRequired: true,
    keys: new AsapKeys(asapKeyServer),
    now: () => Date.now() + clockAhead * 1000,
    creationRestricted: true,
    anyRoom: false,
    signaturesUnchecked: false,
    expiryUnchecked: false,
    ...options.prosody,
  };
  const { tenant } = rules;
  const subdomain = tenant === undefined ? '' : `${tenant}.`;
  /** The address without the tenant in it, as nginx rewrites it. */
  const asked = ({ url = '' }: IncomingMessage) =>
    new URL(tenant === undefined ? url : url.replace(`/${tenant}/`, '/'), origin);
  const connections: URL[] = [];
  const sessions = new Map<string, BoshSession>();
  const server = certificate === undefined ? createHttpServer() : createHttpsServer(certificate);
  let origin = '';

  const queryOf = (url: URL): Query => {
    connections.push(url);
    const { searchParams } = options.losesQuery === true ? new URL('?room=lost', url) : url;
    return { room: searchParams.get('room'), token: searchParams.get('token') };
  };

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const url = asked(request);
    response.setHeader('date', new Date(rules.now()).toUTCString());
    if (request.method === 'GET' && url.pathname === '/config.js') {
      const script = (options.configJs ?? ((at) => ownConfigJs(at, rules.xmppDomain, rules.muc, subdomain)))(
        origin,
      );
      if (script === undefined) return void response.writeHead(404).end('Not found');
      return void response.writeHead(200, { 'content-type': 'application/javascript' }).end(script);
    }
    if (request.method === 'POST' && url.pathname === '/http-bind' && !closed.includes('bosh')) {
      return void bosh(request, url, response);
    }
    response.writeHead(404).end('Not found');
  });

  async function bosh(request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
    const body = parseStanza(await text(request));
    if (options.badGatewayFor !== undefined && body?.attributes['to'] === options.badGatewayFor) {
      response.writeHead(502).end();
      return;
    }
    const end = (condition: string) =>
      response.end(`<body xmlns="${BOSH}" type="terminate" condition="${condition}"/>`);
    response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' });
    if (body?.name !== 'body' || body.namespace !== BOSH) return void end('bad-request');
    const rid = Number(body.attributes['rid']);
    let sid = body.attributes['sid'];
    let session = sid === undefined ? undefined : sessions.get(sid);
    let answer: Reply = { elements: [], ends: false };
    if (sid === undefined) {
      sid = crypto.randomUUID();
      session = { dialogue: new Dialogue(rules, queryOf(url)), rid };
      sessions.set(sid, session);
      answer = session.dialogue.open(body.attributes['to'] ?? '');
      // Prosody's BOSH gives another condition than its streams do.
      if (answer.ends) return void end('improper-addressing');
    } else {
      if (session === undefined || rid !== session.rid + 1) return void end('item-not-found');
      session.rid = rid;
      if (body.attributes['type'] === 'terminate') {
        sessions.delete(sid);
        return void end('none');
      }
      if (body.attributes['xmpp:restart'] === 'true')
        answer = session.dialogue.open(body.attributes['to'] ?? '');
      for (const stanza of body.children) {
        const next = await session.dialogue.receive(stanza);
        answer = { elements: [...answer.elements, ...next.elements], ends: answer.ends || next.ends };
      }
    }
    const terminate = answer.ends ? ' type="terminate" condition="remote-stream-error"' : '';
    response.end(`<body xmlns="${BOSH}" sid="${sid}"${terminate}>${answer.elements.join('')}</body>`);
  }

  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => (offered.has('xmpp') ? 'xmpp' : false),
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = asked(request);
    // As Prosody's cross_domain_websocket: the page's own origin, or none at all.
    if (
      url.pathname !== '/xmpp-websocket' ||
      closed.includes('websocket') ||
      request.headers.origin !== origin
    ) {
      return void socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const dialogue = new Dialogue(rules, queryOf(url));
      webSocket.on('message', (data: Buffer) => void hear(data.toString()));
      const hear = async (message: string) => {
        const stanza = parseStanza(message);
        if (!stanza || (stanza.namespace === FRAMING && stanza.name === 'close')) {
          webSocket.close();
          return;
        }
        const opens = stanza.namespace === FRAMING && stanza.name === 'open';
        if (opens)
          webSocket.send(`<open xmlns="${FRAMING}" from="${escapeXml(rules.xmppDomain)}" version="1.0"/>`);
        const answer = opens ? dialogue.open(stanza.attributes['to'] ?? '') : await dialogue.receive(stanza);
        for (const element of answer.elements) webSocket.send(element);
        if (answer.ends) webSocket.close();
      };
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  origin = `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  return {
    url: origin,
    connections,
    stop: async () => {
      for (const socket of sockets.clients) socket.terminate();
      const ended = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await ended;
    },
  };
}
