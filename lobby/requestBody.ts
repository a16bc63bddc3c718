import type { z } from 'zod';
import { Refusal } from './problem';

/** A request's body, checked. @throws Refusal naming the fields at fault; their values are not repeated. */
export function requestBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new Refusal('invalid-request', { detail: faults.join('; ') });
}
