/** The operating system's keychain, loaded only when first needed: where libsecret is missing, loading it fails. */
import type { KeychainFault } from '../../shared/failure';

/** The part of keytar that Parley uses. */
export interface Keychain {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

/** Longest wait for the keychain, in ms. A locked one may hang on a prompt for a minute (measured). */
export const KEYCHAIN_TIMEOUT_MS = 8_000;

/** keytar could not be loaded: the package's shared library is there, what it links to is not. */
export class KeychainLibraryMissing extends Error {}

/** Loads keytar. @throws KeychainLibraryMissing */
export async function loadKeychain(): Promise<Keychain> {
  try {
    const { default: keytar } = await import('keytar');
    return keytar;
  } catch (error) {
    throw new KeychainLibraryMissing('keytar did not load', { cause: error });
  }
}

const TIMED_OUT = Symbol('timed out');

/** An answer of the keychain, or why there is none. */
export type KeychainAnswer<Value> = { ok: true; value: Value } | { ok: false; fault: KeychainFault };

/**
 * Asks the keychain with a bound on the wait. One question at a time: each occupies a thread of the pool that files use
 * too, so while one hangs on a prompt, the next only waits for it.
 */
export class BoundedKeychain {
  readonly #load: () => Promise<Keychain>;
  readonly #timeoutMs: number;
  #busy: Promise<unknown> = Promise.resolve();

  constructor(load: () => Promise<Keychain>, timeoutMs = KEYCHAIN_TIMEOUT_MS) {
    this.#load = load;
    this.#timeoutMs = timeoutMs;
  }

  async ask<Value>(question: (keychain: Keychain) => Promise<Value>): Promise<KeychainAnswer<Value>> {
    let timer: NodeJS.Timeout | undefined;
    let tooLate = false;
    const timeout = new Promise<typeof TIMED_OUT>((resolve) => {
      timer = setTimeout(() => {
        tooLate = true;
        resolve(TIMED_OUT);
      }, this.#timeoutMs);
    });
    // Who has waited too long for its turn has been told "locked": then the question is not put any more.
    const answer = this.#busy.then<Value | typeof TIMED_OUT>(() =>
      tooLate ? TIMED_OUT : this.#load().then(question),
    );
    this.#busy = answer.catch(() => undefined);
    try {
      const value = await Promise.race([answer, timeout]);
      return value === TIMED_OUT ? { ok: false, fault: 'locked' } : { ok: true, value };
    } catch (error) {
      return { ok: false, fault: faultOf(error) };
    } finally {
      clearTimeout(timer);
    }
  }
}

/** libsecret's messages, as keytar passes them on. */
function faultOf(error: unknown): KeychainFault {
  if (error instanceof KeychainLibraryMissing) return 'library-missing';
  const message = error instanceof Error ? error.message : String(error);
  if (/locked|prompt|dismissed/i.test(message)) return 'locked';
  if (/org\.freedesktop\.secrets|D-?Bus|autolaunch|connect|ServiceUnknown/i.test(message))
    return 'no-service';
  return 'failed';
}
