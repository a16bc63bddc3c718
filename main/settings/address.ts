/** Whether a text can be an access token at all: a header carries visible ASCII (RFC 6750 section 2.1). */
export const isTokenText = (text: string) => /^[\x21-\x7e]+$/.test(text);

/** Why an address that does not parse is refused: it names an unprotected connection, or it is none at all. */
export function addressFault(text: string): 'address' | 'insecure' {
  return /^\s*http:\/\//i.test(text) ? 'insecure' : 'address';
}
