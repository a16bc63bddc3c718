import { type KeyObject, createHmac, sign } from 'node:crypto';

/** Header of a JSON Web Signature (RFC 7515 section 4). */
export interface JwsHeader {
  alg: 'RS256' | 'HS256';
  typ: string;
  kid?: string;
}

/** A header as it stands in the token: the same for every token of a key, so it is made once. */
export type EncodedHeader = string & { readonly encodedHeader: unique symbol };

export const encodeHeader = (header: JwsHeader) => encoded(header) as EncodedHeader;

/**
 * Signs claims with RSA (RFC 7515 section 7.1, RFC 7518 section 3.3). The signature is made on a thread of libuv's pool:
 * it takes a quarter of a millisecond, for which requests need not wait in line. By `node:crypto` itself, since Web
 * Crypto costs more around the same signature, and this one is nearly all that a call costs (bench/lobby.ts).
 */
export async function signRs256(header: EncodedHeader, claims: object, key: KeyObject): Promise<string> {
  const input = signingInput(header, claims);
  const signature = await new Promise<Buffer>((resolve, reject) => {
    sign('RSA-SHA256', Buffer.from(input), key, (error, made) => {
      if (error === null) resolve(made);
      else reject(error);
    });
  });
  return `${input}.${signature.toString('base64url')}`;
}

/** Signs claims with a secret (RFC 7518 section 3.2). */
export function signHs256(header: EncodedHeader, claims: object, secret: KeyObject): string {
  const input = signingInput(header, claims);
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

const signingInput = (header: EncodedHeader, claims: object) => `${header}.${encoded(claims)}`;
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
