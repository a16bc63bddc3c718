import type { KeychainFault } from '../../shared/failure';
import type { CredentialState } from '../../shared/ipc/snapshot';
import type { BoundedKeychain } from './keychain';

/** The keychain's service name; the account is the lobby's origin. Other programs rely on both. */
export const KEYCHAIN_SERVICE = 'Parley';

export type TokenAnswer = { ok: true; token: string | undefined } | { ok: false; fault: KeychainFault };

/**
 * The access tokens, by the lobby's origin. They live in the system's keychain alone; where there is none, a token is
 * held in memory until the app quits, and the user is told. Never in a file.
 */
export class Credentials {
  readonly #keychain: BoundedKeychain;
  readonly #held = new Map<string, string>();

  constructor(keychain: BoundedKeychain) {
    this.#keychain = keychain;
  }

  /** The token for a lobby; `undefined` when none was ever stored. */
  async read(origin: string): Promise<TokenAnswer> {
    const held = this.#held.get(origin);
    if (held !== undefined) return { ok: true, token: held };
    const answer = await this.#keychain.ask((keychain) => keychain.getPassword(KEYCHAIN_SERVICE, origin));
    return answer.ok ? { ok: true, token: answer.value ?? undefined } : answer;
  }

  /** Puts a token into the keychain, or holds it for this run when that fails. */
  async store(origin: string, token: string): Promise<CredentialState> {
    const answer = await this.#keychain.ask((keychain) =>
      keychain.setPassword(KEYCHAIN_SERVICE, origin, token),
    );
    if (answer.ok) {
      this.#held.delete(origin);
      return { state: 'stored' };
    }
    this.#held.set(origin, token);
    return { state: 'keychain-unavailable', fault: answer.fault, heldUntilQuit: true };
  }

  /** Removes a lobby's token from the keychain and from memory. */
  async forget(origin: string): Promise<CredentialState> {
    this.#held.delete(origin);
    const answer = await this.#keychain.ask((keychain) => keychain.deletePassword(KEYCHAIN_SERVICE, origin));
    return answer.ok ? { state: 'not-stored' } : unavailable(answer.fault, false);
  }

  /** Whether there is a token, for the toolbar to show. */
  async inspect(origin: string): Promise<CredentialState> {
    const answer = await this.#keychain.ask((keychain) => keychain.getPassword(KEYCHAIN_SERVICE, origin));
    if (!answer.ok) return unavailable(answer.fault, this.#held.has(origin));
    return { state: answer.value === null ? 'not-stored' : 'stored' };
  }
}

function unavailable(fault: KeychainFault, heldUntilQuit: boolean): CredentialState {
  return { state: 'keychain-unavailable', fault, heldUntilQuit };
}
