import type { KeyObject } from 'node:crypto';

/** Generates the residues that such keys' primes have. */
const GENERATOR = 65_537;
/** Odd primes up to 167: every affected size of key has these in its primorial. */
const PRIMES = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107,
  109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/**
 * Whether an RSA key looks as if made by Infineon's broken generator (ROCA, CVE-2017-15361: Nemec et al., "The Return of
 * Coppersmith's Attack", section 2.2): its modulus is a power of 65537 modulo every small prime. A sound key passes for one
 * once in more than a hundred million.
 */
export function isOfWeakGenerator(publicKey: KeyObject): boolean {
  const { n = '' } = publicKey.export({ format: 'jwk' });
  const modulus = BigInt(`0x${Buffer.from(n, 'base64url').toString('hex')}`);
  return PRIMES.every((prime) => powersOfGenerator(prime).has(Number(modulus % BigInt(prime))));
}

function powersOfGenerator(prime: number): ReadonlySet<number> {
  const powers = new Set<number>();
  for (let power = 1; !powers.has(power); power = (power * GENERATOR) % prime) powers.add(power);
  return powers;
}
