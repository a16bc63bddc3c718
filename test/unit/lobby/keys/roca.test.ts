import { checkPrimeSync, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { isOfWeakGenerator } from '../../../../lobby/keys/roca';

const modPow = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let [result, power, rest] = [1n, base % modulus, exponent];
  for (; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * power) % modulus;
    power = (power * power) % modulus;
  }
  return result;
};

/** Product of the first primes, as the generator for keys of 1984 bits and more has it. */
function primorial(count: number): bigint {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes.reduce((product, prime) => product * BigInt(prime), 1n);
}

/** A prime as that generator made it: `k * M + (65537^a mod M)`. */
function weakPrime(from: bigint, a: bigint): bigint {
  const m = primorial(126);
  const residue = modPow(65_537n, a, m);
  for (let k = from; ; k += 1n) {
    const candidate = k * m + residue;
    if (checkPrimeSync(candidate)) return candidate;
  }
}

it('is seen in a key that was made as the broken chips made them', () => {
  const modulus = weakPrime(2n ** 52n, 123_456_789n) * weakPrime(2n ** 52n + 12_345_678n, 987_654_321n);
  const hex = modulus.toString(16);
  const n = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url');
  const key = createPublicKey({ key: { kty: 'RSA', n, e: 'AQAB' }, format: 'jwk' });
  expect(isOfWeakGenerator(key)).toBe(true);
});

it('is not seen in sound keys', () => {
  for (let count = 0; count < 5; count += 1) {
    expect(isOfWeakGenerator(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey)).toBe(false);
  }
});
