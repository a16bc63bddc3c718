import { METHODS } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { Refusal } from './problem';

/**
 * Adds routes, and for every path of theirs an answer 405 with `Allow` (RFC 9110 section 15.5.6) to all methods that
 * the path does not take.
 *
 * @param addRoutes is given the routes, by path with their methods; all of them once it has returned.
 */
export function addRoutesRefusingOtherMethods(
  app: FastifyInstance,
  addRoutes: (taken: ReadonlyMap<string, ReadonlySet<string>>) => void,
): void {
  for (const method of METHODS) {
    // Those that Fastify does not know by itself, such as PROPFIND, would find nothing at any path.
    if (!app.supportedMethods.includes(method)) app.addHttpMethod(method);
  }
  const taken = new Map<string, Set<string>>();
  let adding = true;
  app.addHook('onRoute', ({ url, method }) => {
    if (!adding) return;
    const methods = taken.get(url) ?? new Set<string>();
    for (const one of [method].flat()) methods.add(one);
    taken.set(url, methods);
  });
  addRoutes(taken);
  adding = false;

  for (const [url, methods] of taken) {
    const allow = [...methods].sort().join(', ');
    app.route({
      url,
      method: app.supportedMethods.filter((method) => !methods.has(method)),
      // Before the body is read, whose type and size do not matter any more.
      onRequest: () => {
        throw new Refusal('method-not-allowed', { headers: { allow } });
      },
      handler: () => undefined,
    });
  }
}
