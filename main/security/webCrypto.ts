import { webcrypto } from 'node:crypto';

/** jose needs the Web Cryptography API as a global, which Node 18, and so Electron 25, does not have in main. */
export function provideWebCrypto(): void {
  if (!('crypto' in globalThis)) Object.defineProperty(globalThis, 'crypto', { value: webcrypto });
}
