/** What the page's `error-occurred` means for the call. It flags none as fatal, though after these it is over (recorded). */
import type { CallFailure } from '../../shared/failure';
import type { JitsiEvent } from '../../shared/jitsi/events';
import type { Waiting } from '../../shared/meeting';

export type PageError = (JitsiEvent & { name: 'error-occurred' })['error'];

/**
 * - `failed`: the call is over, or does not come about;
 * - `lost`: the page cannot go on, and the room can be entered anew with a fresh token;
 * - `waiting`: nothing is wrong, but the page waits for a person;
 * - `none`: the page heals it by itself, or it is no matter of the call.
 */
export type ErrorVerdict =
  | { kind: 'failed' | 'lost'; failure: CallFailure }
  | { kind: 'waiting'; waiting: Waiting }
  | { kind: 'none' };

/**
 * Errors that are none: somebody has to do something before the room opens (lib-jitsi-meet `JitsiConferenceErrors.ts`). A
 * wanted password has an event of its own.
 */
const WAITING: ReadonlyMap<string, Waiting> = new Map([
  ['conference.authenticationRequired', 'host'],
  ['conference.connectionError.membersOnly', 'admission'],
  ['conference.display_name_required', 'name'],
]);

/**
 * After these the page reloads itself, without its token (lib-jitsi-meet `JitsiConnectionErrors.ts` and
 * `JitsiConferenceErrors.ts`; jitsi-meet `react/features/overlay/functions.ts`).
 */
const BEYOND_HEALING: ReadonlySet<string> = new Set([
  'connection.droppedError',
  'connection.otherError',
  'connection.serverError',
  'connection.conferenceRequestFailed',
  'conference.focusDisconnected',
  'conference.focusLeft',
  'conference.gracefulShutdown',
  'conference.iceFailed',
  'conference.offerAnswerFailed',
  'conference.videobridgeNotAvailable',
]);

/**
 * Judges an error. `free`: the call has no token.
 *
 * A page without a token offers its own login (recorded): so do deployments with accounts of their own, and free ones for a
 * host. A deployment that says that it wants a token has not got the lobby's, and no login would help.
 */
export function judgePageError(
  error: PageError,
  { joined, free, host }: { joined: boolean; free: boolean; host: string },
): ErrorVerdict {
  if (error.name === 'connection.passwordRequired') {
    const offersLogin = error.recoverable === true && (free || error.message !== 'token required');
    if (offersLogin) return { kind: 'waiting', waiting: 'login' };
    const failure: CallFailure = { code: 'deployment-refused-token', host, detail: error.message ?? '' };
    // In a call: the token has expired, and the connection was lost (recorded: `cutexp`).
    return { kind: joined ? 'lost' : 'failed', failure };
  }
  if (error.name === 'conference.connectionError.notAllowed') {
    const reason = error.params?.[1];
    const detail = typeof reason === 'string' ? reason.slice(0, 200) : '';
    return { kind: 'failed', failure: { code: 'deployment-refused-token', host, detail } };
  }
  if (error.name === 'conference.connectionError.accessDenied') {
    return { kind: 'failed', failure: { code: 'not-admitted' } };
  }
  const waiting = WAITING.get(error.name);
  if (waiting !== undefined) return joined ? { kind: 'none' } : { kind: 'waiting', waiting };
  if (error.name === 'conference.passwordRequired') return { kind: 'none' };
  if (error.name === 'conference.destroyed') return { kind: 'failed', failure: { code: 'room-ended', host } };
  const ofTheCall = error.type === 'CONNECTION' || error.type === 'CONFERENCE';
  if (!joined && ofTheCall) {
    return { kind: 'failed', failure: { code: 'deployment-error', host, detail: error.name } };
  }
  return joined && BEYOND_HEALING.has(error.name)
    ? { kind: 'lost', failure: { code: 'connection-lost', host } }
    : { kind: 'none' };
}
