import type { z } from 'zod';
import type { CallFailure } from '../../shared/failure';
import {
  AcceptedCallReply,
  AuthReply,
  DeploymentsReply,
  AcceptedInviteReply,
  Problem,
  PROBLEM_TYPE_PREFIX,
  RegionsReply,
  RenewalReply,
  type AuthMethod,
  type CallRequest,
  type Deployment,
  type DeploymentStatus,
  type InviteRequest,
  type Region,
  type RenewalRequest,
} from '../../shared/lobbyApi';
import type { RoomName } from '../../shared/roomName';
import { type Fetch, type JsonOutcome, type JsonRequest, type Proof, requestJson } from './httpJson';

/** Longest wait for an answer that a call needs, in ms. */
export const LOBBY_TIMEOUT_MS = 10_000;

/** Longest wait for what a lobby says of itself, in ms: whoever asks can go on without it. */
export const DEPLOYMENTS_TIMEOUT_MS = 3_000;

/** Pause before the one repetition of a request that a gateway or a cut connection swallowed, in ms. */
const RETRY_PAUSE_MS = 250;

/** How a lobby says that it has no list of its deployments, or not for who asks. */
const UNLISTED: readonly number[] = [401, 403, 404];

/** `at`: the lobby's clock when it answered, if it told. */
export type LobbyAnswer<Value> =
  { ok: true; value: Value; at?: Date | undefined } | { ok: false; failure: CallFailure };

/** Aborting is the caller's own doing, so it needs no failure of its own: the caller has stopped listening. */
const ABORTED: CallFailure = { code: 'internal', detail: 'The request was cancelled.' };

/** Asks a lobby over HTTP. `lobby` is always its base URL; every answer goes through a schema. */
export class LobbyClient {
  readonly #fetch: Fetch;
  readonly #timeoutMs: number;

  constructor(fetch: Fetch, timeoutMs = LOBBY_TIMEOUT_MS) {
    this.#fetch = fetch;
    this.#timeoutMs = timeoutMs;
  }

  /** `POST /api/v1/calls`: a room and the token for it. */
  startCall(
    lobby: string,
    proof: Proof | undefined,
    body: CallRequest,
    signal: AbortSignal,
  ): Promise<LobbyAnswer<AcceptedCallReply>> {
    return this.#post(`${lobby}/api/v1/calls`, proof, body, AcceptedCallReply, signal);
  }

  /** `POST /api/v1/invites/{invite}`: a guest's token for the invite's room. Sends no access token. */
  useInvite(
    lobby: string,
    invite: string,
    body: InviteRequest,
    signal: AbortSignal,
  ): Promise<LobbyAnswer<AcceptedInviteReply>> {
    return this.#post(`${lobby}/api/v1/invites/${invite}`, undefined, body, AcceptedInviteReply, signal);
  }

  /** `POST /api/v1/calls/{room}/token`: a fresh token for a room one has been in. `proof` may be a guest's renewal. */
  renewToken(
    lobby: string,
    proof: Proof | undefined,
    room: RoomName,
    body: RenewalRequest,
    signal: AbortSignal,
  ): Promise<LobbyAnswer<RenewalReply>> {
    return this.#post(`${lobby}/api/v1/calls/${room}/token`, proof, body, RenewalReply, signal);
  }

  /** `GET /api/v1/deployments`: where the lobby sends people to, and how it is there. */
  async deployments(
    lobby: string,
    proof: Proof | undefined,
    signal: AbortSignal,
    timeoutMs = DEPLOYMENTS_TIMEOUT_MS,
  ): Promise<LobbyAnswer<readonly DeploymentStatus[]>> {
    const url = `${lobby}/api/v1/deployments`;
    const request: JsonRequest = { url, method: 'GET', proof, timeoutMs, signal };
    const answer = read(await requestJson(this.#fetch, request), request, DeploymentsReply);
    return answer.ok ? { ok: true, value: answer.value.deployments } : answer;
  }

  /**
   * The same for a call, which is opened nowhere else: with a call's patience. `undefined` when the lobby has no such list,
   * does not show it to who asks, or has one of another form, as a lobby of another make may; any other failure is one of
   * the call's.
   */
  async announced(
    lobby: string,
    proof: Proof | undefined,
    signal: AbortSignal,
  ): Promise<LobbyAnswer<readonly Deployment[] | undefined>> {
    const url = `${lobby}/api/v1/deployments`;
    const request: JsonRequest = { url, method: 'GET', proof, timeoutMs: this.#timeoutMs, signal };
    const outcome = await this.#askTwice(request);
    if (outcome.kind === 'answer' && UNLISTED.includes(outcome.status)) return { ok: true, value: undefined };
    const answer = read(outcome, request, DeploymentsReply);
    if (answer.ok) return { ok: true, value: answer.value.deployments };
    const isOther = outcome.kind === 'answer' && answer.failure.code === 'not-a-lobby';
    return isOther ? { ok: true, value: undefined } : answer;
  }

  /** `GET /api/v1/regions`: what to measure. Needs no access token, so that it can be asked before a keychain is. */
  async regions(lobby: string, signal: AbortSignal): Promise<LobbyAnswer<readonly Region[]>> {
    const url = `${lobby}/api/v1/regions`;
    const request: JsonRequest = { url, method: 'GET', timeoutMs: DEPLOYMENTS_TIMEOUT_MS, signal };
    const answer = read(await requestJson(this.#fetch, request), request, RegionsReply);
    return answer.ok ? { ok: true, value: answer.value.regions } : answer;
  }

  /** `GET /api/v1/auth`: what the lobby takes. */
  async authMethods(lobby: string, signal: AbortSignal): Promise<LobbyAnswer<readonly AuthMethod[]>> {
    const url = `${lobby}/api/v1/auth`;
    const request: JsonRequest = { url, method: 'GET', timeoutMs: DEPLOYMENTS_TIMEOUT_MS, signal };
    const answer = read(await requestJson(this.#fetch, request), request, AuthReply);
    return answer.ok ? { ok: true, value: answer.value.methods } : answer;
  }

  /** `GET /.well-known/jwks.json`, unparsed: the link check reads it. `undefined` when there is none to be had. */
  async keySet(lobby: string, signal: AbortSignal): Promise<unknown> {
    const url = `${lobby}/.well-known/jwks.json`;
    const outcome = await requestJson(this.#fetch, {
      url,
      method: 'GET',
      timeoutMs: this.#timeoutMs,
      signal,
    });
    return outcome.kind === 'answer' && outcome.status === 200 ? outcome.json : undefined;
  }

  async #post<Schema extends z.ZodType>(
    url: string,
    proof: Proof | undefined,
    body: unknown,
    schema: Schema,
    signal: AbortSignal,
  ): Promise<LobbyAnswer<z.infer<Schema>>> {
    const request: JsonRequest = { url, method: 'POST', proof, body, timeoutMs: this.#timeoutMs, signal };
    return read(await this.#askTwice(request), request, schema);
  }

  /** Puts a question once more that came to nothing on its way. */
  async #askTwice(request: JsonRequest): Promise<JsonOutcome> {
    const outcome = await requestJson(this.#fetch, request);
    if (!isWorthRepeating(outcome)) return outcome;
    await pause(RETRY_PAUSE_MS + Math.random() * RETRY_PAUSE_MS, request.signal);
    return requestJson(this.#fetch, request);
  }
}

/** What a gateway or a cut connection swallowed; never a refusal (4xx), never the lobby's own error (500). */
function isWorthRepeating(outcome: JsonOutcome): boolean {
  if (outcome.kind === 'network') return outcome.fault === 'reset';
  return outcome.kind === 'answer' && [502, 503, 504].includes(outcome.status);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function read<Schema extends z.ZodType>(
  outcome: JsonOutcome,
  request: JsonRequest,
  schema: Schema,
): LobbyAnswer<z.infer<Schema>> {
  const { host } = new URL(request.url);
  switch (outcome.kind) {
    case 'aborted':
      return { ok: false, failure: ABORTED };
    case 'timeout':
      return { ok: false, failure: { code: 'lobby-timeout', host, seconds: request.timeoutMs / 1000 } };
    case 'redirected':
      return { ok: false, failure: { code: 'not-a-lobby', host, detail: 'redirect' } };
    case 'network':
      return { ok: false, failure: { code: 'lobby-unreachable', host, fault: outcome.fault } };
    case 'answer':
      return readAnswer(outcome, request, schema, host);
  }
}

function readAnswer<Schema extends z.ZodType>(
  { status, json, at }: JsonOutcome & { kind: 'answer' },
  request: JsonRequest,
  schema: Schema,
  host: string,
): LobbyAnswer<z.infer<Schema>> {
  if (status === 200 || status === 201) {
    const value = schema.safeParse(json);
    if (value.success) return { ok: true, value: value.data, at };
    const detail =
      json === undefined ? 'json' : value.error.issues.map(({ path }) => path.join('.')).join(', ');
    return { ok: false, failure: { code: 'not-a-lobby', host, detail } };
  }
  return { ok: false, failure: refusal(status, json, request, host) };
}

function refusal(status: number, json: unknown, request: JsonRequest, host: string): CallFailure {
  const problem = Problem.safeParse(json);
  const type = problem.success ? problem.data.type : '';
  if (type === `${PROBLEM_TYPE_PREFIX}invite-expired`) return { code: 'invite-refused', host, expired: true };
  if (type === `${PROBLEM_TYPE_PREFIX}invite-invalid`)
    return { code: 'invite-refused', host, expired: false };
  if (problem.success && type === `${PROBLEM_TYPE_PREFIX}invite-not-yet-open`)
    return { code: 'invite-not-yet-open', host, opensAt: problem.data.opensAt };
  if (status === 401) return { code: 'lobby-unauthorized', host, tokenSent: request.proof !== undefined };
  if (status >= 500) return { code: 'lobby-broken', host, status };
  if (!problem.success) return { code: 'not-a-lobby', host, detail: String(status) };
  return { code: 'lobby-refused', host, status, detail: problem.data.detail ?? problem.data.title };
}
