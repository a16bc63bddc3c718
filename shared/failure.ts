/** Why a lobby could not be reached, as far as the network stack tells. */
export type NetworkFault = 'dns' | 'refused' | 'tls' | 'offline' | 'reset' | 'other';

/**
 * Why the system keychain gave or took nothing. `withheld`: it says that there is no token though one was stored; libsecret
 * answers so for a locked keyring whose prompt nobody answers (measured), and when the token was removed by other means.
 */
export type KeychainFault = 'library-missing' | 'no-service' | 'locked' | 'withheld' | 'failed';

/** What is wrong with an OpenID provider. `host` is its host name with port, `detail` its own words or what it broke. */
export type ProviderFault =
  | { fault: 'unreachable'; host: string; network: NetworkFault }
  | { fault: 'refused' | 'not-trusted' | 'broken'; host: string; detail: string };

/** Which rule a room link broke. */
export type RoomLinkFault =
  | 'scheme'
  | 'origin'
  | 'other-deployment'
  | 'not-served'
  | 'room'
  | 'token-mismatch'
  | 'expired'
  | 'not-yet-valid'
  | 'signature'
  | 'malformed'
  | 'keys-unavailable';

/**
 * Why a call did not come about or ended against the user's will. `code` is stable; the rest is what the words need.
 * `host` is a host name with port, never a URL with a path or token.
 */
export type CallFailure =
  | { code: 'no-lobby' }
  | { code: 'lobby-unreachable'; host: string; fault: NetworkFault }
  | { code: 'lobby-timeout'; host: string; seconds: number }
  | { code: 'lobby-unauthorized'; host: string; tokenSent: boolean }
  /** `never`: the lobby takes a sign-in alone. `refused`, `password`: it took a sign-in, or a name and password, no more. */
  | { code: 'sign-in-needed'; host: string; why: 'never' | 'expired' | 'refused' | 'password' }
  | { code: 'provider-failed'; provider: ProviderFault }
  | { code: 'lobby-refused'; host: string; status: number; detail: string }
  | { code: 'lobby-broken'; host: string; status: number }
  | { code: 'not-a-lobby'; host: string; detail: string }
  | { code: 'invite-refused'; host: string; expired: boolean }
  /** `opensAt` in RFC 3339; the lobby may not have said it. */
  | { code: 'invite-not-yet-open'; host: string; opensAt: string | undefined }
  | { code: 'room-link-refused'; host: string; fault: RoomLinkFault; detail: string }
  | { code: 'free-link-needs-free-mode'; host: string }
  | { code: 'lobby-link-needs-lobby'; host: string }
  | { code: 'keychain'; fault: KeychainFault }
  | { code: 'deployment-unreachable'; host: string; fault: NetworkFault }
  | { code: 'deployment-timeout'; host: string; seconds: number }
  | { code: 'deployment-refused-token'; host: string; detail: string }
  | { code: 'deployment-error'; host: string; detail: string }
  /** A moderator has refused somebody in the waiting room: the user. */
  | { code: 'not-admitted' }
  | { code: 'kicked'; by: string | undefined }
  | { code: 'ended-by-page'; host: string }
  | { code: 'room-ended'; host: string }
  | { code: 'connection-lost'; host: string }
  | { code: 'suspended' }
  | { code: 'page-crashed' }
  | { code: 'page-hung' }
  | { code: 'internal'; detail: string };
