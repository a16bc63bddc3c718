import type { KeychainFault } from '../../shared/failure';
import type { CredentialState } from '../../shared/ipc/snapshot';
import type { BoundedKeychain } from './keychain';

/** The keychain's service name; the account is the lobby's origin. Other programs rely on both. */
export const KEYCHAIN_SERVICE = 'Parley';

export type TokenAnswer = { ok: true; token: string | undefined } | { ok: false; fault: KeychainFault };

/** Remembers, outside the keychain, for which lobbies a token was put into it: origins alone, nothing secret. */
export interface StoredOrigins {
  has(origin: string): boolean;
  add(origin: string): Promise<void>;
  delete(origin: string): Promise<void>;
}

/**
 * The access tokens, and what sign-ins leave (`main/signIn/storedLogin.ts`), by the lobby's origin. They live in the
 * system's keychain alone; where there is none, a token is held in memory until the app quits, and the user is told.
 * Never in a file.
 */
export class Credentials {
  readonly #keychain: BoundedKeychain;
  readonly #stored: StoredOrigins;
  /** Tokens that the keychain did not take, and why; without a fault, those that the user would not have there. */
  readonly #held = new Map<string, { token: string; fault: KeychainFault | undefined }>();

  constructor(keychain: BoundedKeychain, stored: StoredOrigins) {
    this.#keychain = keychain;
    this.#stored = stored;
  }

  /** The token for a lobby; `undefined` when none was ever stored. */
  async read(origin: string): Promise<TokenAnswer> {
    const held = this.#held.get(origin);
    if (held !== undefined) return { ok: true, token: held.token };
    const answer = await this.#keychain.ask((keychain) => keychain.getPassword(KEYCHAIN_SERVICE, origin));
    if (!answer.ok) return answer;
    if (answer.value === null && this.#stored.has(origin)) return { ok: false, fault: 'withheld' };
    return { ok: true, token: answer.value ?? undefined };
  }

  /** Puts a token into the keychain, or holds it for this run when that fails. */
  async store(origin: string, token: string): Promise<CredentialState> {
    const answer = await this.#keychain.ask((keychain) =>
      keychain.setPassword(KEYCHAIN_SERVICE, origin, token),
    );
    if (answer.ok) {
      this.#held.delete(origin);
      // In a profile that cannot be written there is no mark: what is withheld later looks like none. Stored it is.
      await this.#stored.add(origin).catch(() => undefined);
      return { state: 'stored' };
    }
    this.#held.set(origin, { token, fault: answer.fault });
    return unavailable(answer.fault, true);
  }

  /** Holds a token for this run alone, as the user wants it; what the keychain has for the lobby goes. */
  async hold(origin: string, token: string): Promise<CredentialState> {
    await this.forget(origin);
    this.#held.set(origin, { token, fault: undefined });
    return { state: 'held' };
  }

  /**
   * Removes a lobby's token from the keychain and from memory. `keychain-unavailable`: it may still be in the keychain. A
   * locked one says that there was nothing to delete (measured), and so does one out of which it was removed by other means.
   */
  async forget(origin: string): Promise<CredentialState> {
    const held = this.#held.delete(origin);
    const stored = this.#stored.has(origin);
    const answer = await this.#keychain.ask((keychain) => keychain.deletePassword(KEYCHAIN_SERVICE, origin));
    // What was held alone is gone, whatever the keychain says.
    if (held && !stored) return { state: 'not-stored' };
    if (!answer.ok) return unavailable(answer.fault, false);
    if (stored && !answer.value) return unavailable('withheld', false);
    // In a profile that cannot be written the mark stays; the token is gone all the same.
    await this.#stored.delete(origin).catch(() => undefined);
    return { state: 'not-stored' };
  }

  /** Whether there is a token, for the toolbar to show. */
  async inspect(origin: string): Promise<CredentialState> {
    const held = this.#held.get(origin);
    if (held !== undefined && held.fault === undefined) return { state: 'held' };
    const answer = await this.#keychain.ask((keychain) => keychain.getPassword(KEYCHAIN_SERVICE, origin));
    if (!answer.ok) return unavailable(answer.fault, held !== undefined);
    if (held?.fault !== undefined) return unavailable(held.fault, true);
    if (answer.value !== null) return { state: 'stored' };
    return this.#stored.has(origin) ? unavailable('withheld', false) : { state: 'not-stored' };
  }
}

function unavailable(fault: KeychainFault, heldUntilQuit: boolean): CredentialState {
  return { state: 'keychain-unavailable', fault, heldUntilQuit };
}
