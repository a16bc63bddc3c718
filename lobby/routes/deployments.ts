import type { FastifyInstance } from 'fastify';
import type { DeploymentsReply } from '../../shared/lobbyApi';
import { asAnnounced } from '../deployments';
import type { Lobby } from '../lobby';

/** `GET /api/v1/deployments`: where this lobby sends people, so that clients can tell a foreign room link. */
export function deploymentsRoute(app: FastifyInstance, { settings, authenticate }: Lobby): void {
  app.get('/api/v1/deployments', {
    onRequest: async (request) => {
      await authenticate(request);
    },
    handler: (): DeploymentsReply => ({ deployments: settings.deployments.map(asAnnounced) }),
  });
}
