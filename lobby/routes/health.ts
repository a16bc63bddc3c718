import type { FastifyInstance } from 'fastify';

/** `GET /healthz`: the process answers. */
export function healthRoute(app: FastifyInstance): void {
  app.get('/healthz', () => ({ status: 'ok' }));
}
