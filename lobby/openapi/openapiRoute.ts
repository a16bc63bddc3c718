import type { FastifyInstance } from 'fastify';
import type { Lobby } from '../lobby';
import { publicOrigin } from '../publicOrigin';
import { type Routes, openapiDocument } from './document';

/** `GET /api/v1/openapi.json`: the lobby's own description. `routes` fills as routes are added. */
export function openapiRoute(app: FastifyInstance, { settings }: Lobby, routes: Routes): void {
  app.get('/api/v1/openapi.json', (request) => openapiDocument(routes, publicOrigin(settings, request)));
}
