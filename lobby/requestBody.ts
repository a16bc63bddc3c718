import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { Refusal } from './problem';

/** Takes an empty body that calls itself JSON for none, as many HTTP clients name the type whatever they send. */
export function takeEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parse(request, body, done);
  });
}

/** A request's body, checked. @throws Refusal naming the fields at fault; their values are not repeated. */
export function requestBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new Refusal('invalid-request', { detail: faults.join('; ') });
}
