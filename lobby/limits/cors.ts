/** Lets pages of the named origins ask by script (Fetch standard, CORS protocol); without any, this does nothing. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { vary } from '../vary';

/** How long a browser may remember the answer to its question, in seconds. */
const PREFLIGHT_MAX_AGE = 600;

/** Whether the page that asks may read the answer, said in its headers: to be done before anything is refused. */
export function sayWhoMayRead(
  { headers: { origin } }: FastifyRequest,
  reply: FastifyReply,
  origins: readonly string[],
): void {
  if (origins.length === 0) return;
  void vary(reply, 'origin');
  if (origin !== undefined && origins.includes(origin)) {
    // By itself a script sees none of the headers that say more than what the content is.
    void reply.headers({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'Retry-After',
    });
  }
}

/** Answers the question that a browser asks before it lets a page ask. */
export function answerPreflights(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  app.addHook('onRequest', ({ method, headers }, reply, done) => {
    const { origin, 'access-control-request-method': wanted } = headers;
    if (method !== 'OPTIONS' || wanted === undefined || origin === undefined || !origins.includes(origin)) {
      done();
      return;
    }
    void reply
      .code(204)
      .headers({
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'Authorization, Content-Type',
        'access-control-max-age': String(PREFLIGHT_MAX_AGE),
      })
      .send();
  });
}
