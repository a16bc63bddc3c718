import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../problem';

const FORM = 'application/x-www-form-urlencoded';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route takes the form of a web page, and JSON no more. */
    form?: true;
  }
}

/**
 * Lets routes with `config: { form: true }` take forms, and no others: a page of any origin can send a form without
 * asking first, which would open routes to it that now take JSON alone.
 */
export function takeForms(app: FastifyInstance): void {
  app.addContentTypeParser(FORM, { parseAs: 'string' }, (request, body, done) => {
    if (request.routeOptions.config.form === true) done(null, new URLSearchParams(body.toString()));
    else done(new Refusal('unsupported-media-type', { detail: 'It must be application/json.' }));
  });
}

/** The fields of a form; none when nothing was sent. @throws Refusal when something else was sent. */
export function formBody({ body }: FastifyRequest): URLSearchParams {
  if (body instanceof URLSearchParams) return body;
  if (body === undefined) return new URLSearchParams();
  throw new Refusal('unsupported-media-type', { detail: `It must be ${FORM}.` });
}
