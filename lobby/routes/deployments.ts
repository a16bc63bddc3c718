import type { FastifyInstance } from 'fastify';
import type { DeploymentsReply, RegionsReply } from '../../shared/lobbyApi';
import { fieldsOf } from '../bridges/bridgeReport';
import { asAnnounced } from '../deployments';
import type { Lobby } from '../lobby';
import { algOf } from '../tokens/deploymentTokens';

/** What a client can ask of a deployment cheaply and without credentials; whatever it answers shows how far it is. */
const PROBE_PATH = '/favicon.ico';

/** `GET /api/v1/deployments`: where this lobby sends people, so that clients can tell a foreign room link, and how it is. */
export function deploymentsRoute(app: FastifyInstance, { settings, authenticate, bridges }: Lobby): void {
  app.get('/api/v1/deployments', {
    onRequest: async (request) => {
      await authenticate(request);
    },
    handler: (): DeploymentsReply => ({
      deployments: settings.deployments.map((deployment) => {
        const { health, load } = bridges.condition(deployment.id);
        return {
          ...asAnnounced(deployment),
          tokens: algOf(deployment),
          health,
          ...(load === undefined ? {} : { load }),
          bridges: bridges.of(deployment.id).map(({ condition, address, report }) => ({
            ...(report === undefined ? {} : fieldsOf(report)),
            address,
            condition,
          })),
        };
      }),
    }),
  });
}

/**
 * `GET /api/v1/regions`: addresses by which a client measures how far each region is. It needs no credentials, so that a
 * client can ask before it opens a keychain: that a deployment is there, everyone with an invite knows.
 */
export function regionsRoute(app: FastifyInstance, { settings }: Lobby): void {
  const reply: RegionsReply = {
    regions: settings.deployments.map(({ id, region, url }) => ({
      region,
      deployment: id,
      probe: new URL(PROBE_PATH, url).href,
    })),
  };
  app.get('/api/v1/regions', () => reply);
}
