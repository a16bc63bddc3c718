/** What "Continue" came to, and what is to be asked for because of it. */
import type { FirstRunResult } from '../../../shared/ipc/commands/firstRun';
import { text } from '../../i18n/text';
import { addressFaultText, type Progress, tokenFaultText } from '../settings/lobbyOutcome';

/** `held`: all is saved but the token or the sign-in, which the keychain did not take. */
export type FirstRunProgress = Progress | { step: 'held' };

/** @param result `undefined` when the main process failed */
export function progressOf(result: (FirstRunResult & { ok: false }) | undefined): FirstRunProgress {
  if (result === undefined) return { step: 'failed' };
  if ('held' in result) return { step: 'held' };
  if ('save' in result) return { step: 'not-saved', result: result.save };
  return { step: 'tested', check: result.check };
}

const faultFound = (progress: FirstRunProgress) =>
  progress.step === 'tested' && !progress.check.ok ? progress.check.fault : undefined;

/** The lobby is there and wants to know who one is: no fault, but the next question. */
export function asksWho(progress: FirstRunProgress): boolean {
  if (progress.step !== 'tested' || progress.check.ok) return false;
  const { check } = progress;
  return (
    (check.fault === 'unauthorized' && !check.tokenSent) ||
    (check.fault === 'sign-in' && check.failure.code === 'sign-in-needed' && check.failure.why === 'never')
  );
}

/**
 * The lobby wants a token, whether or not it has announced that.
 *
 * @param signedIn it knows one without a token; what the keychain did not take is the sign-in then
 */
export function asksForToken(progress: FirstRunProgress, signedIn: boolean): boolean {
  const fault = faultFound(progress);
  if (progress.step === 'not-saved') return progress.result.field === 'accessToken';
  if (progress.step === 'held') return !signedIn;
  return fault === 'unauthorized' || fault === 'token' || fault === 'keychain';
}

/** Nothing is wrong that another try could not find right: the lobby may be kept as it is. */
export function mayKeep(progress: FirstRunProgress): boolean {
  const fault = faultFound(progress);
  return fault === 'unreachable' || fault === 'timeout' || fault === 'broken';
}

/** What is wrong with the address. @param mayUseFree whether there is another way than a lobby */
export function lobbyFaultText(progress: FirstRunProgress, mayUseFree: boolean): string | undefined {
  if (progress.step === 'held') return undefined;
  const { step } = progress;
  if (step === 'not-saved' && progress.result.field === 'lobbyUrl' && progress.result.fault === 'required') {
    return text(mayUseFree ? 'first-run.lobby.missing.or-free' : 'first-run.lobby.missing');
  }
  return addressFaultText(progress);
}

export const tokenFault = (progress: FirstRunProgress) =>
  progress.step === 'held' ? undefined : tokenFaultText(progress);
