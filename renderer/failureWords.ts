/** What a failure says: what happened, what to do, and the one button that does it. */
import type {
  CallFailure,
  KeychainFault,
  NetworkFault,
  ProviderFault,
  RoomLinkFault,
} from '../shared/failure';
import { dateText, text, type TextKey } from './i18n/text';

export type FailureAction = 'again' | 'address' | 'token' | 'sign-in' | 'sign-in-again' | 'copy' | 'close';

type SignInNeeded = Extract<CallFailure, { code: 'sign-in-needed' }>;

export interface FailureWords {
  what: string;
  advice: string;
  action: FailureAction;
}

export const networkWords = (fault: NetworkFault, host: string) => text(`network.${fault}`, { host });

export function providerWords(fault: ProviderFault): string {
  if (fault.fault === 'unreachable') return networkWords(fault.network, fault.host);
  return text(`provider.${fault.fault}`, { host: fault.host, detail: fault.detail });
}

const HELD = { token: 'settings.token.held', 'sign-in': 'sign-in.held' } as const;

/** @param held what is kept in memory until the app quits, if anything is */
export function keychainWords(fault: KeychainFault, held?: 'token' | 'sign-in'): string {
  const kept = held === undefined ? [] : [text(HELD[held])];
  return [text(`keychain.${fault}`), ...kept, text(`keychain.${fault}.advice`)].join(' ');
}

export function failureWords(failure: CallFailure): FailureWords {
  const what = text(`failure.${failure.code}`);
  switch (failure.code) {
    case 'no-lobby':
      return { what, advice: text('failure.no-lobby.advice'), action: 'address' };
    case 'lobby-unreachable':
    case 'deployment-unreachable':
      return { what, advice: networkWords(failure.fault, failure.host), action: 'again' };
    case 'lobby-unauthorized':
      return unauthorizedWords(failure.host, failure.tokenSent);
    case 'sign-in-needed':
      return { what, advice: signInNeededWords(failure), action: signInAction(failure.why) };
    case 'provider-failed':
      return { what, advice: providerWords(failure.provider), action: 'again' };
    case 'not-a-lobby':
      return { what, advice: text('failure.not-a-lobby.advice', failure), action: 'address' };
    case 'invite-refused':
      return {
        what: failure.expired ? text('failure.invite-refused.expired') : what,
        advice: text('failure.invite-refused.advice'),
        action: 'close',
      };
    case 'invite-not-yet-open':
      return { what, advice: notYetOpenWords(failure.opensAt), action: 'again' };
    case 'room-link-refused':
      return { what, advice: roomLinkWords(failure.fault, failure.detail), action: 'copy' };
    case 'free-link-needs-free-mode':
    case 'lobby-link-needs-lobby':
      return { what, advice: text(`failure.${failure.code}.advice`, failure), action: 'close' };
    case 'keychain':
      return { what, advice: keychainWords(failure.fault), action: 'again' };
    case 'kicked':
      return { what, advice: kickedWords(failure.by), action: 'again' };
    case 'not-admitted':
    case 'page-crashed':
    case 'page-hung':
    case 'suspended':
      return { what, advice: text(`failure.${failure.code}.advice`), action: 'again' };
    case 'room-ended':
      return { what, advice: text('failure.room-ended.advice', failure), action: 'close' };
    case 'lobby-refused':
      return { what, advice: lobbyRefusedWords(failure.host, failure.detail), action: 'again' };
    case 'deployment-refused-token':
      return refusedTokenWords(failure.detail);
    case 'lobby-timeout':
    case 'lobby-broken':
    case 'deployment-timeout':
    case 'deployment-error':
    case 'ended-by-page':
    case 'connection-lost':
    case 'internal':
      return { what, advice: text(`failure.${failure.code}.advice`, { ...failure }), action: 'again' };
  }
}

function unauthorizedWords(host: string, tokenSent: boolean): FailureWords {
  const key: TextKey = tokenSent ? 'failure.lobby-unauthorized' : 'failure.lobby-unauthorized.none';
  return { what: text(key), advice: text(`${key}.advice`, { host }), action: 'token' };
}

export const signInNeededWords = ({ why, host }: SignInNeeded) =>
  text(`failure.sign-in-needed.${why}`, { host });

/** Only a browser can be opened without more ado: a password is to be typed first. */
const signInAction = (why: SignInNeeded['why']): FailureAction =>
  why === 'expired' || why === 'refused' ? 'sign-in-again' : 'sign-in';

/** A lobby's detail may be a sentence or not; here it is one. */
function lobbyRefusedWords(host: string, detail: string): string {
  return text('failure.lobby-refused.advice', { host, detail: detail.replace(/\.+$/, '') });
}

function notYetOpenWords(opensAt: string | undefined): string {
  if (opensAt === undefined) return text('failure.invite-not-yet-open.advice');
  return text('failure.invite-not-yet-open.advice.time', { time: dateText(new Date(opensAt)) });
}

/** Prosody's reason for an expired token is "Not acceptable by exp (63.0 sec since expired)" (recorded). */
function refusedTokenWords(detail: string): FailureWords {
  const seconds = /(\d+)(?:\.\d+)? sec since expired/.exec(detail)?.[1];
  const unsaid = detail === '' ? text('failure.deployment-refused-token.unsaid') : detail;
  const reason =
    seconds === undefined ? unsaid : text('failure.deployment-refused-token.expired', { seconds });
  return {
    what: text('failure.deployment-refused-token', { reason }),
    advice: text('failure.deployment-refused-token.advice'),
    action: 'again',
  };
}

function roomLinkWords(fault: RoomLinkFault, detail: string): string {
  return `${text(`failure.room-link.${fault}`, { detail })} ${text('failure.room-link-refused.closing')}`;
}

function kickedWords(name: string | undefined): string {
  return name === undefined || name === ''
    ? text('failure.kicked.unnamed')
    : text('failure.kicked.by', { name });
}
