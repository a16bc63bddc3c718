/** Why an address that does not parse is refused: it names an unprotected connection, or it is none at all. */
export function addressFault(text: string): 'address' | 'insecure' {
  return /^\s*http:\/\//i.test(text) ? 'insecure' : 'address';
}
