import { type KeyObject, randomUUID } from 'node:crypto';
import { type JWTPayload, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { encodeHeader, signHs256 } from './compactJws';

/** What a statement of the lobby's own can be: an invite, or a guest's grant to renew its room token. */
export type StatementKind = 'invite' | 'renewal';

export type StatementResult =
  | { ok: true; jti: string; claims: JWTPayload }
  /** `expired` is said of genuine statements alone. */
  | { ok: false; code: 'expired' | 'invalid' };

/** App ids that begin like this are refused: they could make a room token and a statement look alike. */
export const RESERVED_APP_IDS = ['parley-invite', 'parley-renewal'] as const;

const typeOf = (kind: StatementKind) => `parley-${kind}+jwt`;
const headerOf = (kind: StatementKind) => encodeHeader({ alg: 'HS256', typ: typeOf(kind) });
const HEADERS = { invite: headerOf('invite'), renewal: headerOf('renewal') };
const issuerOf = (kind: StatementKind) => `parley-${kind}`;

/**
 * The lobby's own signed statements. Only lobbies with the same key ever read them, so they are signed with a secret
 * derived from that key: nothing need be kept, and one costs next to nothing beside a room token. That Prosody never
 * takes one for a room token is made sure five times: another secret, another `typ`, no `kid`, another issuer, and no
 * `room` and `sub`, for which their claims have names of our own. Kinds differ in `typ`, issuer and audience.
 */
export class Statements {
  readonly #appId: string;
  readonly #secrets: () => readonly KeyObject[];

  /** @param secrets the one to sign with, then all others whose statements are still good. */
  constructor(appId: string, secrets: () => readonly KeyObject[]) {
    this.#appId = appId;
    this.#secrets = secrets;
  }

  /** @param claims names must be of our own: `parley-…`. */
  sign(
    kind: StatementKind,
    claims: Readonly<Record<`parley-${string}`, unknown>>,
    expiresAt: Date,
    now: Date,
  ): { token: string; jti: string } {
    const [secret] = this.#secrets();
    if (secret === undefined) throw new Error('The lobby has no key.');
    const jti = randomUUID();
    const all = {
      ...claims,
      iss: issuerOf(kind),
      aud: this.#audience(kind),
      iat: seconds(now),
      exp: seconds(expiresAt),
      jti,
    };
    return { token: signHs256(HEADERS[kind], all, secret), jti };
  }

  /** Checks signature, kind, issuer, audience and end. Who reads checks the claims. */
  async read(kind: StatementKind, token: string, now: Date): Promise<StatementResult> {
    for (const secret of this.#secrets()) {
      try {
        const { payload } = await jwtVerify<{ jti: string }>(token, secret, {
          algorithms: ['HS256'],
          typ: typeOf(kind),
          issuer: issuerOf(kind),
          audience: this.#audience(kind),
          requiredClaims: ['exp', 'jti'],
          currentDate: now,
        });
        return { ok: true, jti: payload.jti, claims: payload };
      } catch (error) {
        if (error instanceof errors.JWSSignatureVerificationFailed) continue;
        return { ok: false, code: error instanceof errors.JWTExpired ? 'expired' : 'invalid' };
      }
    }
    return { ok: false, code: 'invalid' };
  }

  #audience(kind: StatementKind): string {
    return `${this.#appId}-${kind}`;
  }
}

/** Whether a text says of itself that it is such a statement. Nothing is checked. */
export function claimsToBe(kind: StatementKind, text: string): boolean {
  try {
    return decodeProtectedHeader(text).typ === typeOf(kind);
  } catch {
    return false;
  }
}

const seconds = (time: Date) => Math.floor(time.getTime() / 1000);
