import { PROBLEM_TYPE_PREFIX, type Problem, type ProblemCode } from '../shared/lobbyApi';

const PROBLEMS: Record<ProblemCode, { status: number; title: string }> = {
  'invalid-request': { status: 400, title: 'The request is not what the lobby expects.' },
  unauthorized: { status: 401, title: 'A valid access token is needed.' },
  forbidden: { status: 403, title: 'This is not for you.' },
  'invite-invalid': { status: 404, title: 'This is not an invite of this lobby.' },
  'invite-expired': { status: 410, title: 'The invite has expired.' },
  'invite-not-yet-open': { status: 403, title: 'The invite is not open yet.' },
  'not-found': { status: 404, title: 'There is nothing at this address.' },
  'method-not-allowed': { status: 405, title: 'The address does not take this method.' },
  'too-large': { status: 413, title: 'The request is too large.' },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is of another media type than the address takes.',
  },
  'rate-limited': { status: 429, title: 'There were too many requests.' },
  unavailable: { status: 503, title: 'Something that the lobby needs does not answer.' },
  internal: { status: 500, title: 'The lobby has failed. Its log says why.' },
};

/** The HTTP status that a problem usually has. */
export const problemStatus = (code: ProblemCode): number => PROBLEMS[code].status;

/** Media type of every error body (RFC 9457 section 3). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** Thrown by hooks and handlers to end a request with a problem document. */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly detail: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly opensAt: Date | undefined;

  constructor(
    code: ProblemCode,
    {
      detail,
      headers = {},
      status = PROBLEMS[code].status,
      opensAt,
    }: {
      detail?: string | undefined;
      headers?: Readonly<Record<string, string>>;
      status?: number;
      /** With `invite-not-yet-open`. */
      opensAt?: Date;
    } = {},
  ) {
    super(PROBLEMS[code].title);
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.headers = headers;
    this.opensAt = opensAt;
  }

  /** The problem document. */
  toJSON(): Problem {
    return {
      type: `${PROBLEM_TYPE_PREFIX}${this.code}`,
      title: this.message,
      status: this.status,
      ...(this.detail === undefined ? {} : { detail: this.detail }),
      ...(this.opensAt === undefined ? {} : { opensAt: this.opensAt.toISOString() }),
    };
  }
}

/** The refusal that stands for an error of the web framework, told apart by its status; any other is `internal`. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status === 413) return new Refusal('too-large');
  if (status === 415)
    return new Refusal('unsupported-media-type', { detail: 'It must be application/json.' });
  if (status >= 400 && status < 500) return new Refusal('invalid-request', { status });
  return new Refusal('internal');
}
