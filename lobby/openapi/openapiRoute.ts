import type { FastifyInstance } from 'fastify';
import type { Lobby } from '../lobby';
import { publicOrigin } from '../publicOrigin';
import { type Routes, openapiDocument } from './document';

/** `GET /api/v1/openapi.json`: the lobby's own description. `routes` fills as routes are added. */
export function openapiRoute(app: FastifyInstance, { settings }: Lobby, routes: Routes): void {
  let made = { origin: '', text: '' };
  app.get('/api/v1/openapi.json', (request, reply) => {
    const origin = publicOrigin(settings, request);
    // Made once: it takes milliseconds, and everybody may ask.
    if (made.origin !== origin) made = { origin, text: JSON.stringify(openapiDocument(routes, origin)) };
    return reply.type('application/json; charset=utf-8').send(made.text);
  });
}
