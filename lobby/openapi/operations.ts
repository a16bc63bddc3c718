/** What every address of the lobby takes and answers. A route that is not here fails test/integration/lobbyOpenapi. */
import type { z } from 'zod';
import {
  AuthReply,
  CallReply,
  CallRequest,
  DeploymentsReply,
  InviteReply,
  InviteRequest,
  type ProblemCode,
  RegionsReply,
  RenewalReply,
  RenewalRequest,
} from '../../shared/lobbyApi';

/** What is sent or answered: JSON by a schema, or something else by its media type. */
export type Content = { schema: z.ZodType } | { mediaType: string };

export type Credentials = 'bearer' | 'password' | 'renewal' | 'metricsToken';

export interface Operation {
  /** Unique name, for generated clients. */
  id: string;
  summary: string;
  /** Which credentials it takes, one of them; left out: none. */
  credentials?: readonly Credentials[];
  /** What each `{name}` in the address is. */
  parameters?: Readonly<Record<string, string>>;
  /** Form fields with what they are, or JSON; `optional`: it may be left out. */
  request?: { schema: z.ZodType; optional?: true } | { form: Readonly<Record<string, string>> };
  /** By status. */
  answers: Readonly<Record<number, { description: string; content: readonly Content[] }>>;
  /** Refusals that it is worth expecting; any operation may refuse a broken request besides. */
  problems: readonly ProblemCode[];
}

const HTML = { mediaType: 'text/html' };
const TEXT = { mediaType: 'text/plain' };
const JSON_ONLY = { mediaType: 'application/json' };
const INVITE = { invite: 'What follows `/join/` in an invite link.' };
const INVITE_PROBLEMS = ['invite-invalid', 'invite-expired', 'invite-not-yet-open'] as const;
const CALLER = ['bearer', 'password'] as const;
/** Of every operation that finds out who asks. */
const CALLER_PROBLEMS = ['unauthorized', 'rate-limited', 'unavailable'] as const;
/** Of every operation with a body. */
const BODY_PROBLEMS = ['invalid-request', 'too-large', 'unsupported-media-type'] as const;
const json = (description: string, schema: z.ZodType) => ({ description, content: [{ schema }] });

/** By method and path, as the routes have them. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'POST /api/v1/calls': {
    id: 'startCall',
    summary: 'A room, the caller’s token for it and an invite for the others.',
    credentials: CALLER,
    request: { schema: CallRequest },
    answers: { 201: json('The room. Its `url` holds the token.', CallReply) },
    problems: [...CALLER_PROBLEMS, ...BODY_PROBLEMS],
  },
  'POST /api/v1/calls/:room/token': {
    id: 'renewToken',
    summary:
      'A fresh token for a room: for whoever may open rooms, or for a guest of that room by its renewal.',
    credentials: [...CALLER, 'renewal'],
    parameters: { room: 'Name of the room.' },
    request: { schema: RenewalRequest, optional: true },
    answers: { 200: json('The way back in.', RenewalReply) },
    problems: [...CALLER_PROBLEMS, 'forbidden', ...BODY_PROBLEMS],
  },
  'GET /api/v1/auth': {
    id: 'auth',
    summary: 'How one shows this lobby who one is.',
    answers: { 200: json('The ways that it takes.', AuthReply) },
    problems: ['rate-limited'],
  },
  'GET /api/v1/deployments': {
    id: 'deployments',
    summary: 'The deployments that the lobby sends people to, and how they are.',
    credentials: CALLER,
    answers: { 200: json('All of them.', DeploymentsReply) },
    problems: CALLER_PROBLEMS,
  },
  'GET /api/v1/regions': {
    id: 'regions',
    summary: 'Addresses by which a client measures how far each region is.',
    answers: { 200: json('The regions that can be measured.', RegionsReply) },
    problems: ['rate-limited'],
  },
  'POST /api/v1/invites/:invite': {
    id: 'useInvite',
    summary: 'A guest’s token for the room of an invite. The invite is the credential.',
    parameters: INVITE,
    request: { schema: InviteRequest },
    answers: { 200: json('The guest’s way in.', InviteReply) },
    problems: [...INVITE_PROBLEMS, ...BODY_PROBLEMS, 'rate-limited'],
  },
  'GET /api/v1/openapi.json': {
    id: 'openapi',
    summary: 'This document.',
    answers: { 200: { description: 'OpenAPI 3.1.', content: [JSON_ONLY] } },
    problems: ['rate-limited'],
  },
  'GET /join/:invite': {
    id: 'invitePage',
    summary:
      'The page that an invite link opens, or text where that is wanted more. A client that does not name HTML gets refusals as problem documents.',
    parameters: INVITE,
    answers: {
      200: { description: 'A page that opens the app, or asks for a name.', content: [HTML, TEXT] },
    },
    problems: [...INVITE_PROBLEMS, 'rate-limited'],
  },
  'POST /join/:invite': {
    id: 'sendInvitePage',
    summary: 'The form of that page: leads a guest on into the room.',
    parameters: INVITE,
    request: { form: { displayName: 'The guest’s name.' } },
    answers: { 303: { description: '`Location` is the room, with the token in its hash.', content: [] } },
    problems: ['forbidden', ...INVITE_PROBLEMS, ...BODY_PROBLEMS, 'rate-limited'],
  },
  'GET /.well-known/jwks.json': {
    id: 'keySet',
    summary: 'The public keys of room tokens (RFC 7517 section 5).',
    answers: { 200: { description: 'The keys.', content: [{ mediaType: 'application/jwk-set+json' }] } },
    problems: [],
  },
  'GET /asap/:name': {
    id: 'publicKey',
    summary: 'A public key of room tokens, as Prosody asks for it.',
    parameters: { name: 'SHA-256 of the key’s id, in hex, with or without `.pem`.' },
    answers: { 200: { description: 'PEM.', content: [{ mediaType: 'application/x-pem-file' }] } },
    problems: ['not-found'],
  },
  'GET /healthz': {
    id: 'health',
    summary: 'Whether the process answers.',
    answers: { 200: { description: 'It does.', content: [JSON_ONLY] } },
    problems: [],
  },
  'GET /readyz': {
    id: 'readiness',
    summary: 'Whether traffic should come here.',
    answers: {
      200: { description: 'It should.', content: [JSON_ONLY] },
      503: { description: 'It should not; `reasons` says why.', content: [JSON_ONLY] },
    },
    problems: [],
  },
  'GET /metrics': {
    id: 'metrics',
    summary: 'Metrics for Prometheus, for private networks or for who brings the metrics token.',
    credentials: ['metricsToken'],
    answers: { 200: { description: 'Prometheus’ text format.', content: [TEXT] } },
    problems: ['unauthorized', 'forbidden'],
  },
};
