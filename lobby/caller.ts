import { createHash, randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { isLoopbackHost } from '../shared/webUrl';
import type { AccessTokens } from './accessTokens';
import { Refusal } from './problem';
import { type Settings, isLoopback } from './settings';

/** Who asks for a room. */
export interface Caller {
  /** Account name, for the audit log. */
  user: string;
  /** Stands for the account in room tokens, which the whole room can read. */
  publicId: string;
}

/** Finds out who sent a request. @throws Refusal when nobody who may ask for rooms did. */
export type Authenticate = (request: FastifyRequest) => Promise<Caller>;

/** RFC 6750 section 2.1. */
const BEARER = /^Bearer +([\w~+/.-]+=*)$/i;

/** Lets in whoever brings an access token. */
export function byAccessToken(tokens: AccessTokens): Authenticate {
  return async ({ headers: { authorization } }) => {
    const token = BEARER.exec(authorization ?? '')?.[1];
    const user = token === undefined ? undefined : await tokens.userOf(token);
    if (user === undefined) {
      throw new Refusal('unauthorized', {
        detail:
          token === undefined ? 'No access token was sent.' : 'The access token is unknown or was revoked.',
        headers: {
          'www-authenticate':
            token === undefined ? 'Bearer realm="parley"' : 'Bearer realm="parley", error="invalid_token"',
        },
      });
    }
    return { user, publicId: publicId(user) };
  };
}

/**
 * Lets everyone in. On a loopback address the `Host` header must name this machine or the lobby's public address, so
 * that a web page cannot reach the lobby through a name of its own that leads here (DNS rebinding).
 */
export function byReach({ host, publicUrl }: Settings): Authenticate {
  return (request) => {
    if (isLoopback(host) && !isLoopbackHost(request.hostname) && `https://${request.host}` !== publicUrl) {
      throw new Refusal('invalid-request', { detail: 'The Host header does not name this lobby.' });
    }
    return Promise.resolve({ user: 'anonymous', publicId: randomPublicId() });
  };
}

/** An id for somebody without an account: another one in every call. */
export function randomPublicId(): string {
  return publicId(randomUUID());
}

function publicId(account: string): string {
  return createHash('sha256').update(account).digest('hex').slice(0, 16);
}
