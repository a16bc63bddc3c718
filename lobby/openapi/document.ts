import { z } from 'zod';
import * as api from '../../shared/lobbyApi';
import type { ProblemCode } from '../../shared/lobbyApi';
import { PROBLEM_MEDIA_TYPE, problemStatus } from '../problem';
import { VERSION } from '../version';
import { type Content, type Credentials, OPERATIONS, type Operation } from './operations';

/** Routes by path, as the web framework has them (`/join/:invite`), with their methods. */
export type Routes = ReadonlyMap<string, ReadonlySet<string>>;

const SCHEMAS = {
  CallRequest: api.CallRequest,
  CallReply: api.CallReply,
  InviteWish: api.InviteWish,
  InviteRequest: api.InviteRequest,
  InviteReply: api.InviteReply,
  RenewalRequest: api.RenewalRequest,
  RenewalReply: api.RenewalReply,
  AuthMethod: api.AuthMethod,
  AuthReply: api.AuthReply,
  Deployment: api.Deployment,
  DeploymentStatus: api.DeploymentStatus,
  DeploymentsReply: api.DeploymentsReply,
  Region: api.Region,
  RegionsReply: api.RegionsReply,
  Problem: api.Problem,
} satisfies Record<string, z.ZodType>;

const bearer = (description: string) => ({ type: 'http', scheme: 'bearer', description });
const SECURITY: Record<Credentials, object> = {
  bearer: bearer(
    'An access token of the lobby, or a token of its OpenID provider. `GET /api/v1/auth` says which.',
  ),
  password: {
    type: 'http',
    scheme: 'basic',
    description: 'User name and password, if the lobby has a directory.',
  },
  renewal: bearer('`renewal.token` of the answer that let the guest in.'),
  metricsToken: bearer('`LOBBY_METRICS_TOKEN`, if it is set.'),
};

const reference = (schema: z.ZodType) => {
  const name = Object.entries(SCHEMAS).find(([, named]) => named === schema)?.[0];
  if (name === undefined) throw new Error('A schema of an operation has no name in the OpenAPI document.');
  return { $ref: `#/components/schemas/${name}` };
};
const PROBLEM_CONTENT = { [PROBLEM_MEDIA_TYPE]: { schema: reference(api.Problem) } };

/** The lobby's interface as OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1.html), from its routes and schemas. */
export function openapiDocument(routes: Routes, origin: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parley lobby',
      version: VERSION,
      description: `Refusals are problem documents (RFC 9457). Their \`type\` is \`${api.PROBLEM_TYPE_PREFIX}\` and a stable name.`,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: origin }],
    paths: Object.fromEntries(
      [...routes].map(([path, methods]) => [path.replace(/:(\w+)/g, '{$1}'), pathItem(path, methods)]),
    ),
    components: {
      schemas: componentSchemas(),
      securitySchemes: SECURITY,
    },
  };
}

function pathItem(path: string, methods: ReadonlySet<string>): object {
  const listed = [...methods].filter((method) => method !== 'HEAD');
  return Object.fromEntries(
    listed.map((method) => [method.toLowerCase(), operationObject(OPERATIONS[`${method} ${path}`])]),
  );
}

/** An operation that nobody has described is told by its refusals alone. */
function operationObject(operation: Operation | undefined): object {
  const other = { description: 'Any other refusal.', content: PROBLEM_CONTENT };
  if (operation === undefined) return { responses: { default: other } };
  const { id, summary, credentials, parameters = {}, request, answers, problems } = operation;
  return {
    operationId: id,
    summary,
    ...(credentials === undefined ? {} : { security: credentials.map((one) => ({ [one]: [] })) }),
    parameters: Object.entries(parameters).map(([name, description]) => ({
      name,
      in: 'path',
      required: true,
      description,
      schema: { type: 'string' },
    })),
    ...(request === undefined
      ? {}
      : { requestBody: { required: !('optional' in request), content: requestContent(request) } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, { description, content }]) => [
          status,
          { description, ...(content.length === 0 ? {} : { content: answerContent(content) }) },
        ]),
      ),
      ...refusals(problems),
      default: other,
    },
  };
}

function requestContent(request: NonNullable<Operation['request']>): object {
  if ('schema' in request) return { 'application/json': { schema: reference(request.schema) } };
  const fields = Object.entries(request.form);
  return {
    'application/x-www-form-urlencoded': {
      schema: {
        type: 'object',
        properties: Object.fromEntries(
          fields.map(([name, description]) => [name, { type: 'string', description }]),
        ),
        required: fields.map(([name]) => name),
      },
    },
  };
}

function answerContent(content: readonly Content[]): object {
  return Object.fromEntries(
    content.map((each) =>
      'schema' in each ? ['application/json', { schema: reference(each.schema) }] : [each.mediaType, {}],
    ),
  );
}

/** Several problems may have the same status. */
function refusals(problems: readonly ProblemCode[]): object {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problems) {
    const status = problemStatus(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${api.PROBLEM_TYPE_PREFIX}${code}\``).join(', '),
        content: PROBLEM_CONTENT,
      },
    ]),
  );
}

function componentSchemas(): object {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(SCHEMAS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    target: 'draft-2020-12',
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      // The format says it; the pattern, leap years and all, has four lines.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  // For schemas that stand alone (OpenAPI 3.1 section 4.8.24).
  const alone = ['$schema', '$id'];
  const part = (schema: object) => Object.entries(schema).filter(([key]) => !alone.includes(key));
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => [id, Object.fromEntries(part(schema))]),
  );
}
