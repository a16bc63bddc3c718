import { timingSafeEqual } from 'node:crypto';
import { BlockList, isIPv6 } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sha256 } from '../auth/accessTokensFile';
import type { Lobby } from '../lobby';
import { Refusal } from '../problem';

/** Networks that are not of the Internet: RFC 1122, 1918, 3927, 4193, 4291, 6598. */
const PRIVATE = new BlockList();
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const) {
  PRIVATE.addSubnet(network, bits, 'ipv4');
}
PRIVATE.addAddress('::1', 'ipv6');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fe80::', 10, 'ipv6');

/** `GET /healthz`: the process answers. `GET /readyz`: traffic should come here. `GET /metrics`: for Prometheus. */
export function observeRoutes(app: FastifyInstance, { metrics, readiness, settings }: Lobby): void {
  app.get('/healthz', () => ({ status: 'ok' }));

  app.get('/readyz', (_request, reply) => {
    const reasons = readiness.reasons();
    const ready = Object.keys(reasons).length === 0;
    reply.code(ready ? 200 : 503);
    return ready ? { status: 'ready' } : { status: 'not-ready', reasons };
  });

  app.get('/metrics', async (request, reply) => {
    mayReadMetrics(request, settings.metricsToken);
    reply.type(metrics.contentType);
    return metrics.text();
  });
}

/**
 * With `LOBBY_METRICS_TOKEN` whoever brings it; without, whoever asks directly from a private network, which is where a
 * Prometheus is. What came through a proxy may be from anywhere.
 */
function mayReadMetrics(request: FastifyRequest, token: string | undefined): void {
  const { authorization, forwarded, 'x-forwarded-for': forwardedFor } = request.headers;
  if (token === undefined) {
    const direct = forwarded === undefined && forwardedFor === undefined;
    if (direct && isPrivate(request.socket.remoteAddress ?? '')) return;
    throw new Refusal('forbidden', { detail: 'Metrics are given to private networks alone.' });
  }
  const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
  if (timingSafeEqual(sha256(given), sha256(token))) return;
  throw new Refusal('unauthorized', {
    detail: 'Metrics want the token of LOBBY_METRICS_TOKEN.',
    headers: { 'www-authenticate': 'Bearer realm="parley"' },
  });
}

function isPrivate(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  return PRIVATE.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
}
