import type { FastifyRequest } from 'fastify';
import { isLoopbackHost, parseUrl } from '../shared/webUrl';
import type { Settings } from './settings';

/**
 * The origin that people reach the lobby by: `LOBBY_PUBLIC_URL`, or the one by which a caller on this machine reached
 * it. A `Host` header that names another machine is not believed: it would put an address of the sender's choice into an
 * invite.
 */
export function publicOrigin({ publicUrl }: Pick<Settings, 'publicUrl'>, request: FastifyRequest): string {
  if (publicUrl !== undefined) return publicUrl;
  const named = parseUrl(`http://${request.host}`);
  return named !== undefined && isLoopbackHost(named.hostname)
    ? named.origin
    : `http://127.0.0.1:${String(request.socket.localPort)}`;
}
