/** Signing in and out, one at a time, as the settings show it. */
import type { CredentialState } from '../../shared/ipc/snapshot';
import type { AuthMethod } from '../../shared/lobbyApi';
import type { SignInFault, SignInProgress, SignInState, SignInWays } from '../../shared/signIn';
import { parseServerAddress, parseUrl } from '../../shared/webUrl';
import type { Proof } from '../call/httpJson';
import { LOBBY_TIMEOUT_MS, type LobbyClient } from '../call/lobbyClient';
import { CallbackListener } from './callbackListener';
import type { LobbyAccess } from './lobbyAccess';
import type { OidcWay, OpenId } from './openId';
import type { OpenIdFault } from './openIdFault';
import { withRefreshToken } from './storedLogin';

/** How long somebody may take in the browser, in minutes. */
const BROWSER_MINUTES = 3;

export interface SignInParts {
  client: LobbyClient;
  access: LobbyAccess;
  /** Loaded when it is first needed. */
  openId: () => Promise<OpenId>;
  /** Has the system's browser open an address. @throws Error when there is none. */
  openBrowser: (address: string) => Promise<void>;
  onChange: (credential?: CredentialState) => void;
  /** How long to wait for the browser, in ms. */
  browserMs?: number;
}

/** Why nobody was let in: the lobby says no, or the user has stopped it. */
type Refusal = 'unauthorized' | 'cancelled' | SignInFault;

export class SignIn {
  readonly #parts: SignInParts;
  #state: SignInState = {
    lobby: '',
    ways: undefined,
    account: { by: 'none' },
    progress: { step: 'none' },
  };
  #oidc: OidcWay | undefined;
  /** Aborted when another lobby is looked at. */
  #looking = new AbortController();
  /** Aborted when the user cancels, or begins anew. */
  #running = new AbortController();

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  get state(): SignInState {
    return this.#state;
  }

  /** Finds out what the lobby at a typed address takes, and who one is to it. */
  async look(address: string): Promise<void> {
    this.#looking.abort();
    const looking = new AbortController();
    this.#looking = looking;
    const lobby = parseServerAddress(address)?.origin ?? '';
    if (lobby !== this.#state.lobby) {
      this.cancel();
      this.#oidc = undefined;
      this.#set({ lobby, ways: undefined, account: { by: 'none' }, progress: { step: 'none' } });
    }
    if (lobby === '') return;
    const [methods, account] = await Promise.all([
      this.#parts.client.authMethods(lobby, looking.signal),
      this.#parts.access.account(lobby),
    ]);
    if (looking.signal.aborted) return;
    this.#oidc = methods.ok ? methods.value.find(isOidc) : undefined;
    this.#set({ account, ways: methods.ok ? waysOf(methods.value) : undefined });
  }

  /** Signs in at the lobby's provider by the system's browser. Ends when that has. */
  async byBrowser(origin: string): Promise<void> {
    await this.#run(origin, 'opening', async (signal) => {
      const way = this.#oidc;
      if (way === undefined) return NONE;
      const openId = await this.#parts.openId();
      const begun = await openId.authorization(way);
      if (signal.aborted) return NONE;
      if (!begun.ok) return failed(faultOf(begun.fault));
      const listener = await CallbackListener.open(begun.value.state).catch(() => undefined);
      if (listener === undefined) return failed({ why: 'no-listener' });
      try {
        const { redirectUri } = listener;
        const returned = await this.#throughBrowser(begun.value.address(redirectUri), listener, signal);
        if (!(returned instanceof URL)) return failed(returned);
        const result = await begun.value.finish(returned, redirectUri);
        if (!result.ok) return failed(faultOf(result.fault));
        const refusal = await this.#refusal(origin, result.value.session.token, signal);
        if (refusal !== undefined) {
          const revocable = withRefreshToken(result.value.login);
          if (revocable !== undefined) void openId.revoke(revocable);
          return failed(faultIn(refusal, { why: 'refused', host: new URL(origin).host }));
        }
        const kept = await this.#kept(origin, await this.#parts.access.keep(origin, result.value));
        listener.finish('done');
        return kept;
      } finally {
        listener.finish('failed');
      }
    });
  }

  /** Signs in by what a directory knows. Nothing is kept that the lobby does not take. */
  async byPassword(
    origin: string,
    { remember, ...login }: { user: string; password: string; remember: boolean },
  ): Promise<void> {
    await this.#run(origin, 'checking', async (signal) => {
      const refusal = await this.#refusal(origin, login, signal, true);
      if (refusal !== undefined) {
        return failed(faultIn(refusal, { why: 'password', host: new URL(origin).host }));
      }
      return this.#kept(origin, await this.#parts.access.keepPassword(origin, login, remember));
    });
  }

  /** Ends a sign-in that is under way. */
  cancel(): void {
    this.#running.abort();
    if (this.#state.progress.step !== 'none') this.#set({ progress: { step: 'none' } });
  }

  async signOut(origin: string): Promise<void> {
    this.cancel();
    const { credential, revoked } = await this.#parts.access.forget(origin);
    this.#parts.onChange(credential);
    if (origin !== this.#state.lobby) return;
    const progress: SignInProgress =
      credential.state === 'keychain-unavailable'
        ? { step: 'not-signed-out', fault: credential.fault }
        : { step: 'signed-out', revoked };
    this.#set({ account: { by: 'none' }, progress });
  }

  async #run(
    origin: string,
    step: 'opening' | 'checking',
    work: (signal: AbortSignal) => Promise<SignInProgress>,
  ): Promise<void> {
    if (origin !== this.#state.lobby || this.#state.ways === undefined) await this.look(origin);
    this.#running.abort();
    const running = new AbortController();
    this.#running = running;
    this.#set({ progress: { step } });
    const progress = await work(running.signal);
    if (!running.signal.aborted) this.#set({ progress });
  }

  async #kept(origin: string, credential: CredentialState): Promise<SignInProgress> {
    this.#parts.onChange(credential);
    const account = await this.#parts.access.account(origin);
    if (origin === this.#state.lobby) this.#set({ account });
    if (credential.state !== 'keychain-unavailable') return NONE;
    return { step: 'held', fault: credential.fault };
  }

  /** Waits until the browser comes back; `undefined` when the user has cancelled. */
  async #throughBrowser(
    address: string,
    listener: CallbackListener,
    signal: AbortSignal,
  ): Promise<URL | SignInFault | undefined> {
    this.#set({ progress: { step: 'browser' } });
    const opened = await this.#parts.openBrowser(address).then(
      () => true,
      () => false,
    );
    if (signal.aborted) return undefined;
    if (!opened) return { why: 'no-browser' };
    const { browserMs = BROWSER_MINUTES * 60_000 } = this.#parts;
    let timer: NodeJS.Timeout | undefined;
    const ended = new Promise<SignInFault | undefined>((resolve) => {
      timer = setTimeout(() => resolve({ why: 'timeout', minutes: BROWSER_MINUTES }), browserMs);
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    try {
      const result = await Promise.race([listener.returned, ended]);
      if (result instanceof URL) this.#set({ progress: { step: 'checking' } });
      return result;
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Whether the lobby lets somebody in by this. A lobby that does not answer refuses nobody, unless `mustAnswer`: only it
   * can tell whether a password is right.
   */
  async #refusal(
    origin: string,
    proof: Proof,
    signal: AbortSignal,
    mustAnswer = false,
  ): Promise<Refusal | undefined> {
    const answer = await this.#parts.client.deployments(origin, proof, signal, LOBBY_TIMEOUT_MS);
    if (signal.aborted) return 'cancelled';
    if (answer.ok) return undefined;
    const { failure } = answer;
    if (failure.code === 'lobby-unauthorized') return 'unauthorized';
    return mustAnswer || failure.code === 'lobby-refused' ? { why: 'lobby', failure } : undefined;
  }

  #set(changes: Partial<SignInState>): void {
    this.#state = { ...this.#state, ...changes };
    this.#parts.onChange();
  }
}

const NONE: SignInProgress = { step: 'none' };

const failed = (fault: SignInFault | undefined): SignInProgress =>
  fault === undefined ? NONE : { step: 'failed', fault };

const faultIn = (refusal: Refusal, unauthorized: SignInFault): SignInFault | undefined =>
  refusal === 'unauthorized' ? unauthorized : refusal === 'cancelled' ? undefined : refusal;

const isOidc = (method: AuthMethod): method is OidcWay => method.kind === 'oidc';

function waysOf(methods: readonly AuthMethod[]): SignInWays {
  const has = (kind: AuthMethod['kind']) => methods.some((method) => method.kind === kind);
  const issuer = parseUrl(methods.find(isOidc)?.issuer ?? '');
  return { open: has('none'), token: has('token'), browser: issuer?.host, password: has('ldap') };
}

function faultOf(fault: OpenIdFault): SignInFault {
  const { host } = fault;
  if (fault.fault === 'denied') return { why: 'denied', host };
  if (fault.fault !== 'expired') return { why: 'provider', provider: fault };
  return { why: 'provider', provider: { fault: 'refused', host, detail: 'invalid_grant' } };
}
