/** By what right a lobby is asked: whatever the keychain holds for it, kept fresh. */
import type { CallFailure } from '../../shared/failure';
import type { CredentialState } from '../../shared/ipc/snapshot';
import type { Account } from '../../shared/signIn';
import type { Proof } from '../call/httpJson';
import type { LobbyAnswer, LobbyClient } from '../call/lobbyClient';
import type { Credentials } from '../security/credentials';
import type { OpenId, OpenIdResult, Session, SignedIn } from './openId';
import { type Login, type OidcLogin, readLogin, withRefreshToken, writeLogin } from './storedLogin';

export type ProofAnswer = { ok: true; proof: Proof | undefined } | { ok: false; failure: CallFailure };

/** How long before its end a token is renewed, in ms: it must be good for the request that it is read for. */
const RENEW_BEFORE_MS = 60_000;

export interface LobbyAccessParts {
  credentials: Credentials;
  /** Loaded when it is first needed. */
  openId: () => Promise<Pick<OpenId, 'refresh' | 'revoke'>>;
  client: LobbyClient;
  /** ms since 1970. */
  now: () => number;
}

export class LobbyAccess {
  readonly #parts: LobbyAccessParts;
  /** What providers gave, by the lobby's origin; in memory alone. */
  readonly #sessions = new Map<string, Session>();
  /** Renewals under way. A refresh token may be used once: two at a time would end the sign-in. */
  readonly #renewals = new Map<string, Promise<ProofAnswer>>();
  /** Lobbies for which the provider renews no more. */
  readonly #expired = new Set<string>();

  constructor(parts: LobbyAccessParts) {
    this.#parts = parts;
  }

  /** Asks a lobby something. A sign-in that it refuses is renewed, once, and the question put again. */
  async ask<Value>(
    lobby: string,
    question: (proof: Proof | undefined) => Promise<LobbyAnswer<Value>>,
  ): Promise<LobbyAnswer<Value>> {
    const { origin, host } = new URL(lobby);
    const stored = await this.#read(origin);
    if (!stored.ok) return stored;
    const { login } = stored;
    const first = await this.#proofOf(origin, login);
    if (!first.ok) return first;
    let answer = await question(first.proof);
    if (login?.kind === 'oidc' && isUnauthorized(answer)) {
      const second = await this.#renew(origin, first.proof);
      if (!second.ok) return second;
      answer = await question(second.proof);
    }
    if (!isUnauthorized(answer) || login?.kind === 'token') return answer;
    if (login !== undefined) return signInNeeded(host, login.kind === 'oidc' ? 'refused' : 'password');
    const ways = await this.#parts.client.authMethods(origin, new AbortController().signal);
    const takesTokens = !ways.ok || ways.value.some(({ kind }) => kind === 'token');
    return takesTokens ? answer : signInNeeded(host, 'never');
  }

  /** Who one is to a lobby, as far as the keychain tells. */
  async account(origin: string): Promise<Account> {
    const stored = await this.#read(origin);
    if (!stored.ok || stored.login === undefined) return { by: 'none' };
    const { login } = stored;
    if (login.kind === 'token') return { by: 'token' };
    if (login.kind === 'ldap') return { by: 'password', name: login.user };
    return { by: 'browser', name: login.name, expired: this.#isOver(origin, login) };
  }

  /** Keeps a sign-in at a provider. */
  keep(origin: string, { login, session }: SignedIn): Promise<CredentialState> {
    this.#expired.delete(origin);
    this.#sessions.set(origin, session);
    return this.#parts.credentials.store(origin, writeLogin(login));
  }

  /** Keeps a name and password: in the keychain, or, if the user would rather not, until the app quits. */
  keepPassword(
    origin: string,
    login: { user: string; password: string },
    remember: boolean,
  ): Promise<CredentialState> {
    const { credentials } = this.#parts;
    const text = writeLogin({ kind: 'ldap', ...login });
    return remember ? credentials.store(origin, text) : credentials.hold(origin, text);
  }

  /** Forgets how one is let into a lobby. `revoked`: whether the provider was told; `undefined` when there was nothing to. */
  async forget(origin: string): Promise<{ credential: CredentialState; revoked: boolean | undefined }> {
    const stored = await this.#read(origin);
    this.#sessions.delete(origin);
    this.#expired.delete(origin);
    const credential = await this.#parts.credentials.forget(origin);
    const revocable = stored.ok ? withRefreshToken(stored.login) : undefined;
    const revoked =
      revocable === undefined ? undefined : await (await this.#parts.openId()).revoke(revocable);
    return { credential, revoked };
  }

  async #read(
    origin: string,
  ): Promise<{ ok: true; login: Login | undefined } | { ok: false; failure: CallFailure }> {
    const text = await this.#parts.credentials.read(origin);
    if (!text.ok) return { ok: false, failure: { code: 'keychain', fault: text.fault } };
    return { ok: true, login: readLogin(text.token) };
  }

  async #proofOf(origin: string, login: Login | undefined): Promise<ProofAnswer> {
    switch (login?.kind) {
      case undefined:
        return { ok: true, proof: undefined };
      case 'token':
        return { ok: true, proof: login.token };
      case 'ldap':
        return { ok: true, proof: { user: login.user, password: login.password } };
      case 'oidc': {
        const session = this.#sessions.get(origin);
        if (session !== undefined && this.#lasts(session, RENEW_BEFORE_MS)) {
          return { ok: true, proof: session.token };
        }
        const renewed = await this.#renew(origin, undefined);
        // A provider that is away must not end what is still good for some seconds.
        const mayGoOn = !renewed.ok && session !== undefined && this.#lasts(session, 0);
        return mayGoOn ? { ok: true, proof: session.token } : renewed;
      }
    }
  }

  /** `refused`: the token that is to be replaced, though it has not ended yet. */
  #renew(origin: string, refused: Proof | undefined): Promise<ProofAnswer> {
    const running = this.#renewals.get(origin);
    if (running !== undefined) return running;
    const renewal = this.#renewNow(origin, refused).finally(() => this.#renewals.delete(origin));
    this.#renewals.set(origin, renewal);
    return renewal;
  }

  async #renewNow(origin: string, refused: Proof | undefined): Promise<ProofAnswer> {
    const { host } = new URL(origin);
    // Read here: what the caller has read may have been used by the renewal before.
    const stored = await this.#read(origin);
    if (!stored.ok) return stored;
    const session = this.#sessions.get(origin);
    if (session !== undefined && session.token !== refused && this.#lasts(session, RENEW_BEFORE_MS)) {
      return { ok: true, proof: session.token };
    }
    const renewable = withRefreshToken(stored.login);
    if (renewable === undefined) {
      this.#expired.add(origin);
      return signInNeeded(host, 'expired');
    }
    const openId = await this.#parts.openId();
    const result = await openId.refresh(renewable);
    const now = await this.#read(origin);
    // Signed out, or in anew, meanwhile.
    const same = now.ok && now.login?.kind === 'oidc' && now.login.refreshToken === renewable.refreshToken;
    if (!same) return now.ok ? signInNeeded(host, 'expired') : now;
    if (!result.ok) return this.#notRenewed(origin, result.fault);
    await this.keep(origin, result.value);
    return { ok: true, proof: result.value.session.token };
  }

  #notRenewed(origin: string, fault: (OpenIdResult<never> & { ok: false })['fault']): ProofAnswer {
    if (fault.fault === 'expired' || fault.fault === 'denied') {
      this.#expired.add(origin);
      this.#sessions.delete(origin);
      return signInNeeded(new URL(origin).host, 'expired');
    }
    return { ok: false, failure: { code: 'provider-failed', provider: fault } };
  }

  #isOver(origin: string, login: OidcLogin): boolean {
    const session = this.#sessions.get(origin);
    const lasts = session !== undefined && this.#lasts(session, 0);
    return this.#expired.has(origin) || (login.refreshToken === undefined && !lasts);
  }

  #lasts({ expiresAt }: Session, ms: number): boolean {
    return expiresAt === undefined || expiresAt - this.#parts.now() > ms;
  }
}

const isUnauthorized = (answer: LobbyAnswer<unknown>) =>
  !answer.ok && answer.failure.code === 'lobby-unauthorized';

function signInNeeded(
  host: string,
  why: 'never' | 'expired' | 'refused' | 'password',
): { ok: false; failure: CallFailure } {
  return { ok: false, failure: { code: 'sign-in-needed', host, why } };
}
