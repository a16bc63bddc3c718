import type { NetworkFault } from '../../shared/failure';

/** Chromium's network errors (net/base/net_error_list.h) and Node's codes, by what a user can do about them. */
const FAULTS: readonly (readonly [RegExp, NetworkFault])[] = [
  [/ERR_NAME_|ERR_ICANN|ENOTFOUND|EAI_/, 'dns'],
  [/ERR_CERT|ERR_SSL|ERR_BAD_SSL|CERT_|SELF_SIGNED|UNABLE_TO_/, 'tls'],
  [/ERR_CONNECTION_REFUSED|ECONNREFUSED/, 'refused'],
  [/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ENETUNREACH/, 'offline'],
  [/ERR_CONNECTION_RESET|ERR_CONNECTION_CLOSED|ERR_EMPTY_RESPONSE|ECONNRESET|UND_ERR_SOCKET/, 'reset'],
];

/** What kind of trouble an error text of the network stack names. */
export function networkFaultOf(text: string): NetworkFault {
  return FAULTS.find(([pattern]) => pattern.test(text))?.[1] ?? 'other';
}
