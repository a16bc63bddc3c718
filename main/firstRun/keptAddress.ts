import { parseServerAddress } from '../../shared/webUrl';

/** Labels of a host's name (RFC 1123 section 2.1), at least two; or this machine's; or an address of IPv6. */
const HOST = /^(localhost|\[[0-9a-f:.]+\]|([a-z0-9-]{1,63}\.)+[a-z0-9-]{1,63})$/;

/**
 * What of an address that is being typed may be written into a file: the origin, once it is one. A token that was pasted
 * into the wrong field is no host's name, and an invite stands in a path; neither may be written.
 */
export function keptAddress(typed: string): string {
  const url = parseServerAddress(typed);
  return url !== undefined && HOST.test(url.hostname) ? url.origin : '';
}
