import { createHash, randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { isLoopbackHost } from '../../shared/webUrl';
import { Refusal } from '../problem';
import { type Settings, isLoopback } from '../settings';

/** Who asks for a room. */
export interface Caller {
  /** Account name, for the audit log. */
  user: string;
  /** The account as limits count it: the same one's however its name was typed. */
  account: string;
  /** Stands for the account in room tokens, which the whole room can read. */
  publicId: string;
  /** Whether rooms are to take this one for a moderator. */
  moderator: boolean;
  /** As the provider or directory has them; what of it a room may learn is the operator's to say. */
  name?: string;
  email?: string;
  /** Address of a picture. */
  avatarUrl?: string;
}

/** Finds out who sent a request. @throws Refusal when nobody who may ask for rooms did. */
export type Authenticate = (request: FastifyRequest) => Promise<Caller>;

/**
 * Lets everyone in. On a loopback address the `Host` header must name this machine or the lobby's public address, so
 * that a web page cannot reach the lobby through a name of its own that leads here (DNS rebinding).
 */
export function byReach({ host, publicUrl }: Settings): Authenticate {
  return (request) => {
    // As it was sent: what a proxy says of it may be anybody's word.
    const sent = request.headers.host ?? '';
    const hostname = URL.canParse(`http://${sent}`) ? new URL(`http://${sent}`).hostname : '';
    if (isLoopback(host) && !isLoopbackHost(hostname) && `https://${sent}` !== publicUrl) {
      throw new Refusal('invalid-request', { detail: 'The Host header does not name this lobby.' });
    }
    return Promise.resolve({
      user: 'anonymous',
      account: 'anonymous',
      publicId: randomPublicId(),
      moderator: true,
    });
  };
}

/** An id for somebody without an account: another one in every call. */
export function randomPublicId(): string {
  return publicIdOf(randomUUID());
}

/** What stands for an account in room tokens: always the same, and not the account's name. */
export function publicIdOf(account: string): string {
  return createHash('sha256').update(account).digest('hex').slice(0, 16);
}
