import type { FastifyInstance } from 'fastify';
import type { Lobby } from '../lobby';
import { Refusal } from '../problem';
import { keyServerName } from '../signingKey';

/** How long a public key may be kept, seconds. Prosody itself keeps it for as long as it runs. */
const KEY_MAX_AGE = 300;
const CACHEABLE = `public, max-age=${KEY_MAX_AGE}`;

/**
 * The public key, for Prosody (`GET /asap/<sha256hex(kid)>`, with or without `.pem`) and for clients
 * (`GET /.well-known/jwks.json`, RFC 7517 section 5).
 */
export function keysRoutes(app: FastifyInstance, { issuer: { key, keyId } }: Lobby): void {
  const name = keyServerName(keyId);
  const jwks = {
    keys: [{ ...key.publicKey.export({ format: 'jwk' }), kid: keyId, alg: 'RS256', use: 'sig' }],
  };

  app.get<{ Params: { name: string } }>('/asap/:name', (request, reply) => {
    if (request.params.name.replace(/\.pem$/, '') !== name) throw new Refusal('not-found');
    return reply.header('cache-control', CACHEABLE).type('application/x-pem-file').send(key.publicPem);
  });
  app.get('/.well-known/jwks.json', (_request, reply) =>
    reply.header('cache-control', CACHEABLE).type('application/jwk-set+json').send(jwks),
  );
}
