import { createHash, createPublicKey, type KeyObject } from 'node:crypto';

/** Where a token's public key comes from. */
export interface PublicKeys {
  /** The key that `kid` names, or `undefined` where there is none. */
  publicKey(kid: string): Promise<KeyObject | undefined>;
}

/** Prosody gives up on a key server after this long (jitsi-meet `prosody-plugins/token/util.lib.lua`, `http_timeout`). */
const ASAP_TIMEOUT_MS = 30_000;

/** A deployment without a key server: it knows no key, so it takes no token. */
export const noPublicKeys: PublicKeys = { publicKey: () => Promise.resolve(undefined) };

/**
 * Public keys from an ASAP key server: `<base>/<sha256hex(kid)>.pem`, cached by key id without expiry, as Prosody does
 * (`token/util.lib.lua`, `get_public_key`). Stricter than it: only an RSA *public* key counts, and no redirect is followed.
 */
export class AsapKeys implements PublicKeys {
  readonly #base: string;
  readonly #cache = new Map<string, KeyObject>();

  constructor(base: string) {
    this.#base = base.replace(/\/+$/, '');
  }

  async publicKey(kid: string): Promise<KeyObject | undefined> {
    const cached = this.#cache.get(kid);
    if (cached) return cached;
    const key = await this.#fetchKey(kid);
    if (key) this.#cache.set(kid, key);
    return key;
  }

  async #fetchKey(kid: string): Promise<KeyObject | undefined> {
    const name = createHash('sha256').update(kid).digest('hex');
    try {
      const response = await fetch(`${this.#base}/${name}.pem`, {
        redirect: 'error',
        signal: AbortSignal.timeout(ASAP_TIMEOUT_MS),
      });
      if (response.status !== 200) return undefined;
      const pem = await response.text();
      if (!pem.trimStart().startsWith('-----BEGIN PUBLIC KEY-----')) return undefined;
      const key = createPublicKey(pem);
      return key.asymmetricKeyType === 'rsa' ? key : undefined;
    } catch {
      return undefined;
    }
  }
}
