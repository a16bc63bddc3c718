import type { FastifyReply } from 'fastify';

/** Says that the answer depends on these headers of the request too (RFC 9110 section 12.5.5). */
export function vary(reply: FastifyReply, ...names: string[]): FastifyReply {
  const named = reply.getHeader('vary');
  const before = typeof named === 'string' ? named.split(', ') : [];
  return reply.header('vary', [...new Set([...before, ...names])].join(', '));
}
