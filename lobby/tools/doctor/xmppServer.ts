import { type LoginOutcome, type Transport, connectionBy, logIn } from '../xmpp/login';
import { XmppFault } from '../xmpp/connection';
import { type Finding, failed, ok, skipped, warning } from './finding';
import type { Patient } from './patient';
import type { WebConfig } from './webConfig';

/** Longest dialogue, ms. */
const DIALOGUE_MS = 10_000;
/** Prosody waits 30 s for a key server that does not answer (`token/util.lib.lua`, `http_timeout`), then says so. */
export const KEY_FETCH_MS = 35_000;

/** A way to the XMPP server that works. */
export interface Way {
  transport: Transport;
  /** Without a query. */
  url: URL;
}

/** The XMPP server of a deployment, as its web client finds it. */
export interface XmppServer {
  /** What the web server's pages say their origin is. */
  origin: string;
  domain: string;
  muc: string;
  /** Where guests would log in. */
  guestDomain: string;
  /** Those that work, the one that Jitsi's client prefers first. */
  ways: Way[];
}

/** Logs in, with or without a token. A session that was let in is the caller's to close. */
export async function logInBy(
  way: Way,
  { origin, domain }: Pick<XmppServer, 'origin' | 'domain'>,
  { room, token, limit = DIALOGUE_MS }: { room: string; token?: string; limit?: number },
): Promise<LoginOutcome> {
  const url = new URL(way.url);
  url.searchParams.set('room', room);
  if (token !== undefined) url.searchParams.set('token', token);
  return logIn(connectionBy(way.transport, { url, domain, origin, signal: AbortSignal.timeout(limit) }));
}

/** Tries both ways that `config.js` names. */
export async function findXmppServer(
  { url, xmppDomain }: Patient,
  config: WebConfig,
): Promise<{ server: XmppServer; findings: Finding[] }> {
  const domain = config.domain ?? xmppDomain;
  const server: XmppServer = {
    origin: new URL(url).origin,
    domain,
    muc: config.muc ?? `conference.${domain}`,
    guestDomain: config.guestDomain ?? `guest.${domain}`,
    ways: [],
  };
  const findings: Finding[] = [];
  for (const transport of ['websocket', 'bosh'] as const) {
    const address = config[transport];
    const finding = await tryWay(transport, address, url, server);
    findings.push(finding);
    if (finding.result === 'ok' && address !== undefined)
      server.ways.push({ transport, url: endpoint(transport, address, url) });
  }
  return { server, findings };
}

/** The address of an endpoint as the page would resolve it. */
function endpoint(transport: Transport, address: string, page: string): URL {
  const url = new URL(address, `${page}/`);
  const secure = url.protocol === 'https:' || url.protocol === 'wss:';
  if (transport === 'websocket') url.protocol = secure ? 'wss:' : 'ws:';
  return url;
}

async function tryWay(
  transport: Transport,
  address: string | undefined,
  page: string,
  { origin, domain }: XmppServer,
): Promise<Finding> {
  if (address === undefined) return skipped(transport, 'config.js does not name it');
  if (!URL.canParse(address, `${page}/`)) {
    return failed(transport, `"${address}" is no address`, `correct config.${transport} in config.js`);
  }
  const url = endpoint(transport, address, page);
  const expected = transport === 'websocket' ? ['ws:', 'wss:'] : ['http:', 'https:'];
  const safe = !page.startsWith('https:') || ['https:', 'wss:'].includes(url.protocol);
  if (!expected.includes(url.protocol) || !safe) {
    const scheme = transport === 'websocket' ? 'wss' : 'https';
    return failed(
      transport,
      `${url.href} is not ${scheme}`,
      `let config.${transport} begin with ${scheme}://`,
    );
  }
  const connection = connectionBy(transport, {
    url,
    domain,
    origin,
    signal: AbortSignal.timeout(DIALOGUE_MS),
  });
  try {
    await connection.open();
    return ok(transport, `${url.href} answers for ${domain}`);
  } catch (error) {
    if (error instanceof XmppFault) return unreachable(transport, url, domain, error);
    throw error;
  } finally {
    await connection.close();
  }
}

function unreachable(transport: Transport, url: URL, domain: string, fault: XmppFault): Finding {
  const found = `${url.href}: ${fault.message}`;
  if (fault.code === 'stream-error') {
    return failed(
      transport,
      found,
      `let Prosody have a VirtualHost "${domain}", or set config.hosts.domain to the one it has`,
    );
  }
  const path = url.pathname;
  const module = transport === 'websocket' ? 'websocket' : 'bosh';
  return failed(
    transport,
    found,
    `let the web server pass ${path} on to Prosody's port 5280` +
      (transport === 'websocket' ? ' with the headers Upgrade and Connection' : '') +
      `, and Prosody have "${module}" among its modules_enabled (docker-jitsi-meet: ` +
      (transport === 'websocket' ? 'ENABLE_XMPP_WEBSOCKET=1)' : 'check XMPP_BOSH_URL_BASE)'),
  );
}

/** By these a server says that it has no such domain, or none for us (RFC 6120 section 4.9.3, XEP-0124 section 17.2). */
const SHUT: ReadonlySet<string> = new Set([
  'host-gone',
  'host-unknown',
  'improper-addressing',
  'not-authorized',
]);

/** Whether somebody without a token gets in by the guests' domain. */
export async function checkGuests(server: XmppServer, way: Way, room: string): Promise<Finding> {
  const outcome = await logInBy(way, { ...server, domain: server.guestDomain }, { room });
  if (outcome.kind === 'fault' && !SHUT.has(outcome.fault.reason ?? '')) {
    return warning(
      'guests',
      `it could not be found out whether anyone logs in at ${server.guestDomain}: ${outcome.fault.message}`,
      'run doctor again; if it says the same, look into the logs of the web server and of Prosody',
    );
  }
  if (outcome.kind !== 'let-in') return ok('guests', `closed: nobody logs in at ${server.guestDomain}`);
  await outcome.session.connection.close();
  return failed(
    'guests',
    `open: anyone logs in at ${server.guestDomain} without a token, and may enter rooms that are open`,
    'set ENABLE_GUESTS=0 (docker-jitsi-meet), or take the VirtualHost of the guests out of Prosody and ' +
      'hosts.anonymousdomain out of config.js; guests come in by invites of the lobby',
  );
}
