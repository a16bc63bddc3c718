import { describe, expect, it } from 'vitest';
import { failureWords, keychainWords, networkWords } from '../../../renderer/failureWords';
import type { CallFailure, KeychainFault, NetworkFault, RoomLinkFault } from '../../../shared/failure';

const host = 'lobby.example.com';

/** Every fault there is: the compiler asks for each. */
const networkFaults = Object.keys({
  dns: 0,
  refused: 0,
  tls: 0,
  offline: 0,
  reset: 0,
  other: 0,
} satisfies Record<NetworkFault, 0>) as NetworkFault[];
const keychainFaults = Object.keys({
  'library-missing': 0,
  'no-service': 0,
  locked: 0,
  withheld: 0,
  failed: 0,
} satisfies Record<KeychainFault, 0>) as KeychainFault[];
/** Each rule of a room link, with what the check says that it found. */
const linkFaults: Record<RoomLinkFault, string> = {
  scheme: 'meet.example.com',
  origin: 'evil.example',
  'other-deployment': 'us.example.com',
  room: 'other-room',
  'token-mismatch': 'meet.example.com',
  expired: '2026-03-01T12:00:00.000Z',
  'not-yet-valid': '2026-03-01T12:00:00.000Z',
  signature: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  malformed: 'exp',
  'keys-unavailable': '',
};

/** Every failure there is, by its code. */
const failures: { [Code in CallFailure['code']]: (CallFailure & { code: Code })[] } = {
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
const all = Object.values(failures).flat();

/** Sentences of a person: whole, calm, filled in. */
function expectSentences(words: string): void {
  expect(words).toMatch(/^\S.*\.$/);
  expect(words).not.toMatch(/[{}]|\(\)|\s\s| [.,)]|: \.|\.\.|undefined|null|!|please|oops|sorry/i);
}

describe('every failure', () => {
  it.each(all.map((failure) => [failure.code, JSON.stringify(failure), failure] as const))(
    '%s says what happened and what to do: %s',
    (_code, _json, failure) => {
      const { what, advice } = failureWords(failure);
      expectSentences(what);
      expectSentences(advice);
      expect(advice).not.toBe(what);
    },
  );

  it("names the server that has the trouble, where there is one and it is not the user's own link", () => {
    const unnamed = all.filter((failure) => {
      if (!('host' in failure)) return false;
      const { what, advice } = failureWords(failure);
      return !`${what} ${advice}`.includes(host);
    });
    const said = unnamed.map((failure) =>
      'fault' in failure ? `${failure.code} ${failure.fault}` : failure.code,
    );
    const links = Object.keys(linkFaults).map((fault) => `room-link-refused ${fault}`);
    const offline = ['lobby-unreachable offline', 'deployment-unreachable offline'];
    const invites = ['invite-refused', 'invite-not-yet-open'].flatMap((code) => [code, code]);
    expect(said.sort()).toEqual([...links, ...offline, ...invites].sort());
  });

  it('has one button, the one that helps', () => {
    const actions = Object.fromEntries(all.map((failure) => [failure.code, failureWords(failure).action]));
    expect(actions).toMatchObject({
      'no-lobby': 'address',
      'not-a-lobby': 'address',
      'lobby-unauthorized': 'token',
      'lobby-unreachable': 'again',
      'room-link-refused': 'copy',
      'invite-refused': 'close',
      'free-link-needs-free-mode': 'close',
      'not-admitted': 'again',
      kicked: 'again',
    });
  });
});

describe('the words', () => {
  const whole = (failure: CallFailure) => {
    const { what, advice } = failureWords(failure);
    return `${what} ${advice}`;
  };

  it('tell a token that was refused from one that is missing', () => {
    const said = failures['lobby-unauthorized'].map((failure) => failureWords(failure).what);
    expect(said).toEqual(['Lobby does not know this token.', 'Lobby wants an access token.']);
  });

  it("give the deployment's reason, an expired token's in seconds", () => {
    expect(failures['deployment-refused-token'].map((failure) => failureWords(failure).what)).toEqual([
      'The meeting server refused the lobby’s token (expired 63 s ago).',
      'The meeting server refused the lobby’s token (Invalid signature).',
      'The meeting server refused the lobby’s token (Room and token mismatched).',
      'The meeting server refused the lobby’s token (no reason given).',
    ]);
  });

  it('say of a link that was not trusted what was found, and that nothing was opened', () => {
    for (const [fault, detail] of Object.entries(linkFaults)) {
      const said = whole({ code: 'room-link-refused', host, fault: fault as RoomLinkFault, detail });
      expect(said).toMatch(/^Room link not trusted\. .+ Nothing was opened\.$/);
      const unsaid = ['other-deployment', 'signature', 'keys-unavailable'];
      if (!unsaid.includes(fault)) expect(said).toContain(detail);
    }
  });

  it('say when an invite opens, by the clock of this computer', () => {
    const [timed, untimed] = failures['invite-not-yet-open'].map(whole);
    expect(timed).toContain('2026');
    expect(timed).not.toContain('T09');
    expect(untimed).toBe('This invite is not open yet. Try again later.');
  });

  it('name who put us out, or nobody in particular', () => {
    expect(failures.kicked.map((failure) => failureWords(failure).advice)).toEqual([
      'Ana Maria removed you.',
      'A moderator removed you.',
      'A moderator removed you.',
    ]);
  });

  it('are different for each fault', () => {
    for (const words of [
      networkFaults.map((fault) => networkWords(fault, host)),
      keychainFaults.map(keychainWords),
    ]) {
      expect(new Set(words).size).toBe(words.length);
    }
  });
});
