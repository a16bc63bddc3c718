import type { FastifyInstance } from 'fastify';
import type { RingKey } from '../keys/keyRing';
import { SIGNS_AFTER } from '../keys/loadKeys';
import type { Lobby } from '../lobby';
import { Refusal } from '../problem';

/** How long a public key may be kept, seconds. Prosody itself keeps it for as long as it runs. */
const KEY_MAX_AGE = 300;
/** How long the list of keys may be kept, seconds: no longer than until a new key signs. */
const KEY_SET_MAX_AGE = SIGNS_AFTER / 2;

/**
 * The public keys, for Prosody (`GET /asap/<sha256hex(kid)>`, with or without `.pem`) and for clients
 * (`GET /.well-known/jwks.json`, RFC 7517 section 5). Beside the keys stand the addresses of the deployments whose tokens
 * are signed with a secret (HS256), which no client can check: only for those may one go without.
 */
export function keysRoutes(app: FastifyInstance, { issuer: { keys }, settings }: Lobby): void {
  const shared = settings.deployments.filter(({ secret }) => secret !== undefined).map(({ url }) => url);

  app.get<{ Params: { name: string } }>('/asap/:name', (request, reply) => {
    const pem = keys.publishedAs(request.params.name.replace(/\.pem$/, ''), new Date());
    if (pem === undefined) throw new Refusal('not-found');
    return reply.header('cache-control', publicFor(KEY_MAX_AGE)).type('application/x-pem-file').send(pem);
  });
  app.get('/.well-known/jwks.json', (_request, reply) =>
    reply
      .header('cache-control', publicFor(KEY_SET_MAX_AGE))
      .type('application/jwk-set+json')
      .send({
        keys: keys.published(new Date()).map(asJwk),
        ...(shared.length === 0 ? {} : { parley_hs256: shared }),
      }),
  );
}

const asJwk = ({ kid, key }: RingKey) => ({
  ...key.publicKey.export({ format: 'jwk' }),
  kid,
  alg: 'RS256',
  use: 'sig',
});
const publicFor = (seconds: number) => `public, max-age=${seconds}`;
