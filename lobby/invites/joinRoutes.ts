import type { FastifyInstance } from 'fastify';

const PAGE = `This is an invitation to a Parley call.

Copy the address of this page, choose "Join call" in Parley and paste it there.
`;

/** `GET /join/{invite}`: what somebody sees who opens an invite link in a browser. It is the same for every invite. */
export function joinRoute(app: FastifyInstance): void {
  app.get('/join/:invite', (_request, reply) => reply.type('text/plain; charset=utf-8').send(PAGE));
}
