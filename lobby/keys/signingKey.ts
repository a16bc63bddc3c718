import {
  type KeyObject,
  createHash,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  hkdfSync,
} from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { isOfWeakGenerator } from './roca';

/** Smallest RSA modulus, bits: RFC 7518 section 3.3. */
export const RSA_BITS_MIN = 2048;
/** Smallest public exponent: with 1 a signature is the message itself. */
const EXPONENT_MIN = 3n;

/** Mode bits by which every account of the machine may read or write a file. */
const OTHERS = constants.S_IROTH | constants.S_IWOTH;
const PUBLIC_HALF = '-----BEGIN PUBLIC KEY-----';
/** Longest key file, bytes. RSA with 16384 bits has 13 kB in PEM. */
const KEY_FILE_MAX = 65_536;

/** The RSA key pair that signs room tokens, parsed once. */
export interface SigningKey {
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** SubjectPublicKeyInfo (RFC 7468 section 13), as Prosody's `asap_key_server` expects it. */
  publicPem: string;
  /** Signs what only lobbies with this key read, such as invites. */
  statementSecret: KeyObject;
}

export type SigningKeyFault =
  | 'missing'
  | 'unreadable'
  | 'world-readable'
  | 'passphrase'
  | 'not-a-private-key'
  | 'not-rsa'
  | 'too-small'
  | 'weak';

export type SigningKeyResult =
  { ok: true; key: SigningKey } | { ok: false; code: SigningKeyFault; detail: string };

/** Reads and checks a private key file (PEM, PKCS#8 or PKCS#1). */
export async function readSigningKey(file: string): Promise<SigningKeyResult> {
  let pem: string;
  try {
    // Without O_NONBLOCK a named pipe in the key's place would stop the start with no word.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await handle.stat();
      const { mode, size } = stats;
      if (!stats.isFile()) return fault('unreadable', 'it is not a regular file');
      if (size > KEY_FILE_MAX) return fault('not-a-private-key', 'it is too long to be a key');
      pem = await handle.readFile('latin1');
      // A public half is open to all as it should be: that is not what is wrong with it.
      if (process.platform !== 'win32' && !pem.includes(PUBLIC_HALF) && (mode & OTHERS) !== 0) {
        return fault(
          'world-readable',
          `every account of this machine can read or write it (mode ${octal(mode)})`,
        );
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    return code === 'ENOENT'
      ? fault('missing', 'there is no such file')
      : fault('unreadable', `it cannot be read (${code})`);
  }
  return parseSigningKey(pem);
}

function parseSigningKey(pem: string): SigningKeyResult {
  if (/^-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(pem)) {
    return fault('passphrase', 'it is protected by a passphrase, which the lobby has nobody to ask for');
  }
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(pem);
  } catch {
    return fault(
      'not-a-private-key',
      pem.includes(PUBLIC_HALF)
        ? 'it holds the public half alone; the private one is the file without .pub'
        : 'it holds no private key in PEM',
    );
  }
  if (privateKey.asymmetricKeyType !== 'rsa') {
    return fault(
      'not-rsa',
      `it holds a key for ${privateKey.asymmetricKeyType ?? 'something else'}, not for RSA`,
    );
  }
  const { modulusLength: bits = 0, publicExponent: exponent = 0n } = privateKey.asymmetricKeyDetails ?? {};
  if (bits < RSA_BITS_MIN)
    return fault('too-small', `it has ${bits} bits; at least ${RSA_BITS_MIN} are safe`);

  if (exponent < EXPONENT_MIN || exponent % 2n === 0n)
    return fault('weak', `its public exponent is ${exponent}, which protects nothing`);

  const publicKey = createPublicKey(privateKey);
  if (isOfWeakGenerator(publicKey))
    return fault('weak', 'it was made by a chip whose keys can be computed (ROCA, CVE-2017-15361)');
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const statementSecret = statementSecretOf(privateKey);
  return { ok: true, key: { privateKey, publicKey, publicPem, statementSecret } };
}

/** Names what the derived secret is for (RFC 5869 section 3.2): another purpose would get another secret. */
const STATEMENTS = 'parley-lobby statements v1';

/**
 * The secret that goes with a private key or a shared secret (HKDF, RFC 5869): whoever has the one can make the other,
 * nobody else.
 */
export function statementSecretOf(key: KeyObject): KeyObject {
  const material = key.type === 'secret' ? key.export() : key.export({ type: 'pkcs8', format: 'der' });
  return createSecretKey(Buffer.from(hkdfSync('sha256', material, '', STATEMENTS, 32)));
}

/** What to do about a key that cannot be used, as one sentence with the command. */
export function signingKeyRemedy(code: SigningKeyFault, file: string, program: string): string {
  switch (code) {
    case 'missing':
      return `Make one: ${program} keygen "${file}"`;
    case 'world-readable':
      return `If nobody has read it, close it: chmod 600 "${file}"; else make a new one under another name: ${program} keygen FILE`;
    case 'unreadable':
      return `Let the lobby's account read it, or make another: ${program} keygen FILE`;
    case 'passphrase':
    case 'not-a-private-key':
    case 'not-rsa':
    case 'too-small':
    case 'weak':
      return `Make another under a new name: ${program} keygen FILE`;
  }
}

/** The name of a key on the key server: Prosody's token plugin asks for the SHA-256 of the `kid`, in hex. */
export function keyServerName(keyId: string): string {
  return createHash('sha256').update(keyId).digest('hex');
}

const octal = (mode: number) => (mode & 0o7777).toString(8).padStart(4, '0');
const fault = (code: SigningKeyFault, detail: string): SigningKeyResult => ({ ok: false, code, detail });
