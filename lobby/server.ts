import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Logger } from 'pino';
import { authRoute } from './auth/authRoute';
import { answerOddRequests, answeringBrokenRequests } from './brokenRequest';
import { inviteRoute } from './invites/inviteRoute';
import { takeForms } from './invites/formBody';
import { joinRoutes } from './invites/joinRoutes';
import { sendFaultPage } from './invites/pageReply';
import { answerPreflights, sayWhoMayRead } from './limits/cors';
import type { LimitSettings } from './limits/limitSettings';
import type { Lobby } from './lobby';
import { addRoutesRefusingOtherMethods } from './otherMethods';
import { PROBLEM_MEDIA_TYPE, Refusal, asRefusal } from './problem';
import { callsRoute } from './routes/calls';
import { openapiRoute } from './openapi/openapiRoute';
import { observeRoutes } from './observe/observeRoutes';
import { deploymentsRoute, regionsRoute } from './routes/deployments';
import { keysRoutes } from './routes/keys';
import { takeEmptyJson } from './requestBody';
import { renewalRoute } from './tokens/renewalRoute';

/** Longest request body, bytes. */
const BODY_MAX = 16_384;
/** Longest path segment, characters: an invite signed with 4096 bits has about 1,100. */
const PARAMETER_MAX = 4_096;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 20_000;
/** By itself Node.js looks every 30 s whose time is over. */
const TIMEOUTS_CHECKED_MS = 1_000;

/** How long a browser is to come by https alone, in seconds: a year. */
const HSTS_MAX_AGE = 31_536_000;

/** Sent with every answer. Addresses hold invites, so none may leave in a `Referer`. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Asked every few seconds by machines: their answers are logged on the debug level alone. */
const QUIET: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** The lobby's HTTP server, not yet listening. */
export function buildServer(lobby: Lobby, log: Logger): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = log;
  const { corsOrigins } = lobby.settings.limits;
  const count = ({ code }: Refusal) => lobby.metrics.refused(code);
  const app = Fastify({
    loggerInstance,
    // Fastify's own lines hold addresses, and so invites.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Node.js itself would refuse a request without Host, and say nothing.
    http: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: TIMEOUTS_CHECKED_MS,
      requireHostHeader: false,
    },
    routerOptions: { maxParamLength: PARAMETER_MAX },
    trustProxy: trustProxyOf(lobby.settings.limits),
    // What was taken is finished, also on connections that are kept alive.
    return503OnClosing: false,
    clientErrorHandler: answeringBrokenRequests(count),
    frameworkErrors: (error, request, reply: FastifyReply) => {
      const refusal = asRefusal(error);
      count(refusal);
      sayWhoMayRead(request, reply, corsOrigins);
      void answer(request, reply, refusal);
    },
  });
  // A page of another origin can send text/plain without asking first; JSON it cannot (Fetch standard, CORS protocol).
  app.removeContentTypeParser('text/plain');
  takeForms(app);
  takeEmptyJson(app);
  app.decorateRequest('caller');
  app.decorateRequest('audited', false);

  answerOddRequests(app.server, count);
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(HEADERS);
    sayWhoMayRead(request, reply, corsOrigins);
    const named = request.headers.host !== undefined;
    done(named ? undefined : new Refusal('invalid-request', { detail: 'There is no Host header.' }));
  });
  if (lobby.settings.publicUrl?.startsWith('https:') === true) {
    app.addHook('onRequest', (_request, reply, done) => {
      reply.header('strict-transport-security', `max-age=${HSTS_MAX_AGE}`);
      done();
    });
  }
  lobby.limits.guard(app);
  answerPreflights(app, corsOrigins);
  let stopping = false;
  lobby.readiness.add('process', () => (stopping ? 'it is stopping' : undefined));
  app.addHook('preClose', (done) => {
    stopping = true;
    done();
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    // A connection that was busy when the stop began would otherwise be kept, and hold the process up.
    if (stopping) void reply.header('connection', 'close');
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url;
    lobby.metrics.answered(request.method, route ?? 'none', reply.statusCode, reply.elapsedTime / 1000);
    const level = QUIET.has(route ?? '') || request.getDecorator('audited') ? 'debug' : 'info';
    if (log.isLevelEnabled(level)) {
      const line = {
        method: request.method,
        // The pattern, never the address: that may hold an invite.
        route: route ?? null,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        remoteAddress: request.ip,
      };
      request.log[level](line, 'answered');
    }
    done();
  });
  app.setErrorHandler((error, request, reply) => {
    const refusal = asRefusal(error);
    // A request whose body turned out broken has been answered as such already, and counted.
    if (!request.raw.socket.writableEnded) count(refusal);
    if (refusal.code === 'internal') request.log.error({ err: error }, 'request failed');
    return answer(request, reply, refusal);
  });
  app.setNotFoundHandler(() => {
    throw new Refusal('not-found');
  });

  addRoutesRefusingOtherMethods(app, (routes) => {
    authRoute(app, lobby);
    callsRoute(app, lobby);
    deploymentsRoute(app, lobby);
    observeRoutes(app, lobby);
    regionsRoute(app, lobby);
    inviteRoute(app, lobby);
    joinRoutes(app, lobby);
    keysRoutes(app, lobby);
    renewalRoute(app, lobby);
    openapiRoute(app, lobby, routes);
  });
  return app;
}

/** Proxies by address or network, or so many of them, counted from the lobby outwards. */
function trustProxyOf({
  trustProxy,
}: LimitSettings): false | string[] | ((address: string, hop: number) => boolean) {
  if (trustProxy === false) return false;
  return typeof trustProxy === 'number' ? (_address, hop) => hop < trustProxy : [...trustProxy];
}

function answer(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  reply.code(refusal.status).headers({ ...HEADERS, ...refusal.headers });
  return (
    sendFaultPage(request, reply, refusal) ?? reply.type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(refusal))
  );
}
