import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type TLSSocket, connect } from 'node:tls';
import { boundedText } from '../../../shared/boundedAnswer';
import { causeOf } from '../http';
import { type Finding, failed, ok, skipped, warning } from './finding';
import type { Patient } from './patient';
import { type WebConfig, readWebConfig } from './webConfig';

/** Longest wait for one answer, ms. */
const TIMEOUT_MS = 10_000;
/** Longest `config.js`, bytes; Jitsi's own has 80 kB. */
const CONFIG_MAX = 1_048_576;
/** Certificates are renewed a month ahead as a rule: later than this something hangs. */
const EXPIRY_WARNING_DAYS = 14;
/** A room token's `nbf` lies 60 s back (lobby/tokens); half of it is used up here. */
const SKEW_MAX_S = 30;
const SKEW_WARNING_S = 5;
const DAY_MS = 86_400_000;

/** Whether the deployment's host name leads anywhere. */
export async function checkHostName({ url }: Patient): Promise<Finding> {
  const { hostname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return ok('host-name', `${host} is an address itself`);
  try {
    const addresses = await lookup(host, { all: true });
    return ok('host-name', `${host} is ${addresses.map(({ address }) => address).join(', ')}`);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    return failed(
      'host-name',
      `${host} has no address (${code})`,
      `make an A or AAAA record for ${host}, or correct JITSI_URL`,
    );
  }
}

/** Whether a client would trust the certificate, and for how long it will. */
export async function checkTls({ url }: Patient): Promise<Finding> {
  const { protocol, hostname, port } = new URL(url);
  if (protocol === 'http:') return skipped('tls', 'plain HTTP, on this machine alone');
  const host = hostname.replace(/^\[|\]$/g, '');
  let socket: TLSSocket;
  try {
    socket = await secured(host, port === '' ? 443 : Number(port));
  } catch (error) {
    return failed(
      'tls',
      `no TLS connection (${(error as Error).message})`,
      `let a web server with a certificate for ${host} listen there, and the firewall let it through`,
    );
  }
  const certificate = socket.getPeerCertificate();
  const reason = socket.authorized ? undefined : String(socket.authorizationError);
  socket.destroy();
  const until = new Date(certificate.valid_to);
  const days = Math.floor((until.getTime() - Date.now()) / DAY_MS);
  if (reason !== undefined) return distrusted(host, reason, until);
  const good = `certificate good for ${days} more days`;
  return days < EXPIRY_WARNING_DAYS ? warning('tls', good, renewal(host)) : ok('tls', good);
}

const renewal = (host: string) =>
  `renew the certificate of ${host} and reload the web server; see why it was not renewed by itself`;

function distrusted(host: string, reason: string, until: Date): Finding {
  switch (reason) {
    case 'CERT_HAS_EXPIRED':
      return failed('tls', `the certificate expired on ${until.toISOString()}`, renewal(host));
    case 'CERT_NOT_YET_VALID':
      return failed('tls', 'the certificate is not valid yet', 'set the clocks of both machines right');
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return failed('tls', `the certificate is not for ${host}`, `get one for ${host}, or correct JITSI_URL`);
    default:
      return failed(
        'tls',
        `the certificate is not trusted (${reason})`,
        'let the web server send the whole chain (fullchain.pem); for a certificate authority of your own, start ' +
          'doctor with NODE_EXTRA_CA_CERTS=<its certificate>, and let all clients know it',
      );
  }
}

function secured(host: string, port: number): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    // Trust is judged above, so that a distrusted certificate can be looked at.
    const servername = isIP(host) === 0 ? { servername: host } : {};
    const socket = connect({ host, port, ...servername, rejectUnauthorized: false, timeout: TIMEOUT_MS });
    socket.once('secureConnect', () => resolve(socket));
    socket.once('error', reject);
    socket.once('timeout', () => socket.destroy(new Error('no answer in time')));
  });
}

/** `config.js`, and on its way the server's clock. */
export async function readDeployment(
  patient: Patient,
): Promise<{ config: WebConfig | undefined; findings: Finding[] }> {
  const address = `${patient.url}/config.js`;
  const sent = Date.now();
  let response: Response;
  try {
    response = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    const finding = failed(
      'config',
      `${address} cannot be fetched (${causeOf(error)})`,
      'start the web server of the deployment, or correct JITSI_URL',
    );
    return { config: undefined, findings: [finding, skipped('clock', 'nothing to read it from')] };
  }
  const clock = clockFinding(response.headers, (sent + Date.now()) / 2);
  if (response.status !== 200) {
    await response.body?.cancel();
    const location = response.headers.get('location');
    const finding = failed(
      'config',
      `${address} answers ${response.status}${location === null ? '' : `, see ${location}`}`,
      location === null
        ? withoutConfigFix(patient)
        : 'set JITSI_URL to the address where Jitsi Meet is itself, not to one that leads there',
    );
    return { config: undefined, findings: [finding, clock] };
  }
  const text = await boundedText(response, CONFIG_MAX).catch(() => undefined);
  const read = text === undefined ? undefined : readWebConfig(text);
  if (read?.ok === true)
    return { config: read.config, findings: [configFinding(patient, read.config), clock] };
  const fault = read?.fault ?? 'it does not end, or breaks off';
  const finding = failed(
    'config',
    `${address} cannot be read: ${fault}`,
    'mend config.js; Jitsi Meet cannot start either with one that is broken',
  );
  return { config: undefined, findings: [finding, clock] };
}

const TENANT_LOCATION =
  'let the web server set $subdomain and $subdir for paths of tenants, as the configuration of Jitsi Meet for nginx does';

const withoutConfigFix = ({ tenant }: Patient) =>
  tenant === undefined
    ? 'serve config.js at the root of JITSI_URL: it is part of Jitsi Meet, or JITSI_URL is another server'
    : `${TENANT_LOCATION}, or unset JITSI_TENANT`;

function configFinding(
  { url, xmppDomain, tenant }: Patient,
  { domain, muc, bosh, websocket }: WebConfig,
): Finding {
  if (domain === undefined) {
    return failed('config', 'it names no hosts.domain', "set config.hosts.domain to Prosody's virtual host");
  }
  if (bosh === undefined && websocket === undefined) {
    return failed('config', 'it names neither bosh nor websocket', 'set config.bosh and config.websocket');
  }
  if (domain !== xmppDomain) {
    return failed(
      'config',
      `its XMPP domain is ${domain}, but room tokens are made out for ${xmppDomain}`,
      `set JITSI_XMPP_DOMAIN=${domain} for the lobby`,
    );
  }
  if (tenant !== undefined && muc?.endsWith(`.${tenant}.${domain}`) !== true) {
    return failed(
      'config',
      `its rooms are at ${muc ?? 'no address of its own'}, not those of the tenant ${tenant}`,
      TENANT_LOCATION,
    );
  }
  const path = new URL(url).pathname.split('/').pop() ?? '';
  if (tenant === undefined && path !== '' && muc?.endsWith(`.${path}.${domain}`) === true) {
    return failed(
      'config',
      `its rooms are those of the tenant ${path}, but room tokens are made out for ${domain}`,
      `set JITSI_TENANT=${path} for the lobby`,
    );
  }
  return ok('config', `XMPP domain ${domain}${tenant === undefined ? '' : `, tenant ${tenant}`}`);
}

function clockFinding(headers: Headers, now: number): Finding {
  const date = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(date)) return skipped('clock', 'the web server sends no date');
  // A cache in between keeps the date of the first answer and says how old it is (RFC 9110 section 6.6.1, RFC 9111 5.1).
  const age = Number(headers.get('age') ?? 0) * 1000;
  // The header has whole seconds, cut off: half a second is added back.
  const skew = Math.round((date + age + 500 - now) / 1000);
  if (Math.abs(skew) < SKEW_WARNING_S) return ok('clock', 'the same as here');
  const found = `${Math.abs(skew)} s ${skew > 0 ? 'ahead of' : 'behind'} this machine's`;
  const fix = 'keep both clocks by NTP (timedatectl set-ntp true): room tokens begin and end by the second';
  return Math.abs(skew) < SKEW_MAX_S ? warning('clock', found, fix) : failed('clock', found, fix);
}
