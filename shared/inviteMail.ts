/** The address by which the system's mail program opens a letter that invites to a call (RFC 6068). */

/** @param body its lines end in CRLF, percent-encoded, as the RFC has it. */
export function mailtoUrl(subject: string, body: string): string {
  const lines = body.replace(/\r?\n/g, '\r\n');
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(lines)}`;
}
