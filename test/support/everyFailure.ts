/** Every way in which a call can fail, each with what it can carry. */
import type { CallFailure, KeychainFault, NetworkFault, RoomLinkFault } from '../../shared/failure';

/** Whom the failures are about. */
export const host = 'lobby.example.com';

/** Every fault there is: the compiler asks for each. */
export const networkFaults = Object.keys({
  dns: 0,
  refused: 0,
  tls: 0,
  offline: 0,
  reset: 0,
  other: 0,
} satisfies Record<NetworkFault, 0>) as NetworkFault[];
export const keychainFaults = Object.keys({
  'library-missing': 0,
  'no-service': 0,
  locked: 0,
  withheld: 0,
  failed: 0,
} satisfies Record<KeychainFault, 0>) as KeychainFault[];
/** Each rule of a room link, with what the check says that it found. */
export const linkFaults: Record<RoomLinkFault, string> = {
  scheme: 'meet.example.com',
  origin: 'evil.example',
  'other-deployment': 'us.example.com',
  'not-served': 'us.example.com',
  room: 'other-room',
  'token-mismatch': 'meet.example.com',
  expired: '2026-03-01T12:00:00.000Z',
  'not-yet-valid': '2026-03-01T12:00:00.000Z',
  signature: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  malformed: 'exp',
  'keys-unavailable': '',
};

/** Every failure there is, by its code. */
export const failures: { [Code in CallFailure['code']]: (CallFailure & { code: Code })[] } = {
  'no-lobby': [{ code: 'no-lobby' }],
  'lobby-unreachable': networkFaults.map((fault) => ({ code: 'lobby-unreachable', host, fault })),
  'lobby-timeout': [{ code: 'lobby-timeout', host, seconds: 10 }],
  'lobby-unauthorized': [true, false].map((tokenSent) => ({ code: 'lobby-unauthorized', host, tokenSent })),
  'lobby-refused': ['Not for you.', 'Too many calls', 'room: too long; media: unknown'].map((detail) => ({
    code: 'lobby-refused',
    host,
    status: 403,
    detail,
  })),
  'sign-in-needed': (['never', 'expired', 'refused', 'password'] as const).map((why) => ({
    code: 'sign-in-needed',
    host,
    why,
  })),
  'provider-failed': [
    ...networkFaults.map((network) => ({ fault: 'unreachable', host, network }) as const),
    ...(['refused', 'not-trusted', 'broken'] as const).map((fault) => ({ fault, host, detail: 'nonce' })),
  ].map((provider) => ({ code: 'provider-failed', provider })),
  'lobby-broken': [{ code: 'lobby-broken', host, status: 502 }],
  'not-a-lobby': ['json', 'token, url', '302'].map((detail) => ({ code: 'not-a-lobby', host, detail })),
  'invite-refused': [true, false].map((expired) => ({ code: 'invite-refused', host, expired })),
  'invite-not-yet-open': ['2026-03-02T09:00:00.000Z', undefined].map((opensAt) => ({
    code: 'invite-not-yet-open',
    host,
    opensAt,
  })),
  'room-link-refused': Object.entries(linkFaults).map(([fault, detail]) => ({
    code: 'room-link-refused',
    host,
    fault: fault as RoomLinkFault,
    detail,
  })),
  'free-link-needs-free-mode': [{ code: 'free-link-needs-free-mode', host }],
  'lobby-link-needs-lobby': [{ code: 'lobby-link-needs-lobby', host }],
  keychain: keychainFaults.map((fault) => ({ code: 'keychain', fault })),
  'deployment-unreachable': networkFaults.map((fault) => ({ code: 'deployment-unreachable', host, fault })),
  'deployment-timeout': [{ code: 'deployment-timeout', host, seconds: 45 }],
  'deployment-refused-token': [
    'Not acceptable by exp (63.0 sec since expired)',
    'Invalid signature',
    'Room and token mismatched',
    '',
  ].map((detail) => ({ code: 'deployment-refused-token', host, detail })),
  'deployment-error': [{ code: 'deployment-error', host, detail: 'HTTP 503' }],
  'not-admitted': [{ code: 'not-admitted' }],
  kicked: ['Ana Maria', '', undefined].map((by) => ({ code: 'kicked', by })),
  'ended-by-page': [{ code: 'ended-by-page', host }],
  'room-ended': [{ code: 'room-ended', host }],
  'connection-lost': [{ code: 'connection-lost', host }],
  suspended: [{ code: 'suspended' }],
  'page-hung': [{ code: 'page-hung' }],
  'page-crashed': [{ code: 'page-crashed' }],
  internal: [{ code: 'internal', detail: 'Error: x' }],
};
