import { describe, expect, it } from 'vitest';
import { failureWords, keychainWords, networkWords } from '../../../renderer/failureWords';
import type { CallFailure, RoomLinkFault } from '../../../shared/failure';
import { failures, host, keychainFaults, linkFaults, networkFaults } from '../../support/everyFailure';

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

  it("names the server that has the trouble, where it is one and not the user's own link", () => {
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
    const both = failures['deployment-refused-token'].map(({ code }) => code);
    expect(said.sort()).toEqual([...links, ...offline, ...invites, ...both].sort());
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
    for (const failure of failures['deployment-refused-token']) {
      const advice = 'Check the clocks of both servers, or run parley-lobby doctor.';
      expect(failureWords(failure)).toMatchObject({ advice, action: 'again' });
    }
  });

  it('say of a link that was not trusted what was found, and that nothing was opened', () => {
    for (const [fault, detail] of Object.entries(linkFaults)) {
      const said = whole({ code: 'room-link-refused', host, fault: fault as RoomLinkFault, detail });
      expect(said).toMatch(/^Room link not trusted\. .+ Nothing was opened\.$/);
      const unsaid = ['not-served', 'signature', 'keys-unavailable'];
      if (!unsaid.includes(fault)) expect(said).toContain(detail);
    }
  });

  it('say of a missing keychain what is, what is held meanwhile, then what to do', () => {
    expect(keychainWords('no-service', 'token')).toBe(
      'No system keychain found. Your token is kept until you quit. ' +
        'Install a Secret Service (GNOME Keyring, KWallet) to keep it.',
    );
    expect(keychainWords('no-service', 'sign-in')).toBe(
      'No system keychain found. Your sign-in is kept until you quit. ' +
        'Install a Secret Service (GNOME Keyring, KWallet) to keep it.',
    );
    expect(keychainWords('locked')).toBe(
      'The system’s keychain is locked. Unlock the keychain, then try again.',
    );
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
      keychainFaults.map((fault) => keychainWords(fault)),
    ]) {
      expect(new Set(words).size).toBe(words.length);
    }
  });
});
