import type { KeyObject } from 'node:crypto';
import { type SigningKey, keyServerName } from './signingKey';

/** A key with its id, as Prosody and clients know it. */
export interface RingKey {
  kid: string;
  key: SigningKey;
  madeAt: Date;
  /**
   * When it begins to sign. `undefined`: always, for a key that the settings name themselves or the first of a
   * directory.
   */
  signsFrom: Date | undefined;
}

/** A key stays published for so long after its last token has ended, for clocks that differ, seconds. */
const CLOCK_SLACK = 60;

/**
 * The RSA keys of this lobby, oldest first. The newest that has begun to sign signs; one that it follows stays published
 * until its last token has ended. A whole new set takes the old one's place at once, so no request sees a part of it.
 */
export class KeyRing {
  readonly #tokenTtl: number;
  readonly #ownSecret: KeyObject | undefined;
  #keys: readonly RingKey[];

  /**
   * @param tokenTtl how long a room token is good, seconds.
   * @param ownSecret what the lobby's own statements are signed with when there is no RSA key.
   */
  constructor(keys: readonly RingKey[], tokenTtl: number, ownSecret: KeyObject | undefined) {
    this.#keys = keys;
    this.#tokenTtl = tokenTtl;
    this.#ownSecret = ownSecret;
  }

  get keys(): readonly RingKey[] {
    return this.#keys;
  }

  replace(keys: readonly RingKey[]): void {
    this.#keys = keys;
  }

  /** The key that signs; `undefined` when no deployment needs one. */
  signing(now: Date): RingKey | undefined {
    return this.#keys.filter(({ signsFrom }) => signsFrom === undefined || signsFrom <= now).at(-1);
  }

  /** The keys that Prosody and clients may ask for. */
  published(now: Date): readonly RingKey[] {
    return this.#keys.filter((_key, index) => {
      const supersededAt = this.#keys[index + 1]?.signsFrom;
      if (supersededAt === undefined) return true;
      return now.getTime() < supersededAt.getTime() + (this.#tokenTtl + CLOCK_SLACK) * 1000;
    });
  }

  /** The public key, in PEM, of a name on the key server. */
  publishedAs(name: string, now: Date): string | undefined {
    return this.published(now).find(({ kid }) => keyServerName(kid) === name)?.key.publicPem;
  }

  /** What signs the lobby's own statements, then all that may have signed one that is still good. */
  statementSecrets(now: Date): readonly KeyObject[] {
    const signing = this.signing(now);
    if (signing === undefined) return this.#ownSecret === undefined ? [] : [this.#ownSecret];
    const others = this.#keys.filter((key) => key !== signing);
    return [signing, ...others].map(({ key }) => key.statementSecret);
  }
}
