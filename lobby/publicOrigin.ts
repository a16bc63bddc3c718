import type { FastifyRequest } from 'fastify';
import { isLoopbackHost, parseUrl } from '../shared/webUrl';
import { type Settings, isLoopback } from './settings';

/**
 * The origin that people reach the lobby by: `LOBBY_PUBLIC_URL`, or else the one by which the caller reached it. A lobby
 * that listens on a loopback address believes no `Host` that names another machine: it would put an address of the
 * sender's choice into an invite. What is no host at all is believed nowhere; the address that the request arrived at is
 * taken for it.
 */
export function publicOrigin(
  { publicUrl, host }: Pick<Settings, 'publicUrl' | 'host'>,
  request: FastifyRequest,
): string {
  if (publicUrl !== undefined) return publicUrl;
  const named = namedOrigin(request);
  if (named !== undefined && (!isLoopback(host) || isLoopbackHost(named.hostname))) return named.origin;
  const { localAddress = '127.0.0.1', localPort } = request.socket;
  const address = localAddress.replace(/^::ffff:(?=\d+\.)/, '');
  return `http://${address.includes(':') ? `[${address}]` : address}:${String(localPort)}`;
}

/** RFC 9110 section 7.2: a host and perhaps a port, nothing else that an address can hold. */
function namedOrigin({ host, protocol }: FastifyRequest): URL | undefined {
  if (!/^[^\s/?#@\\]+$/.test(host)) return undefined;
  // A proxy's word on the protocol may be anything.
  return parseUrl(`${protocol === 'https' ? 'https' : 'http'}://${host}`);
}
