/** What the page's `error-occurred` means for the call. It flags none as fatal, though after these it is over (recorded). */
import type { CallFailure } from '../../shared/failure';
import type { JitsiEvent } from '../../shared/jitsi/codec';

export type PageError = (JitsiEvent & { name: 'error-occurred' })['error'];

/**
 * - `failed`: the call is over, or does not come about;
 * - `lost`: the page cannot go on, and the room can be entered anew with a fresh token;
 * - `none`: the page heals it by itself, or it is no matter of the call.
 */
export type ErrorVerdict = { kind: 'failed' | 'lost'; failure: CallFailure } | { kind: 'none' };

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

/** Judges an error. `free`: the deployment asks its host to log in on the page, and waits. */
export function judgePageError(
  error: PageError,
  { joined, free, host }: { joined: boolean; free: boolean; host: string },
): ErrorVerdict {
  if (error.name === 'connection.passwordRequired') {
    // Without a token the page offers its own login (recorded); that is how a free deployment asks for a host.
    if (free && error.recoverable === true) return { kind: 'none' };
    const failure: CallFailure = { code: 'deployment-refused-token', host, detail: error.message ?? '' };
    // In a call: the token has expired, and the connection was lost (recorded: `cutexp`).
    return { kind: joined ? 'lost' : 'failed', failure };
  }
  if (error.name === 'conference.connectionError.notAllowed') {
    const reason = error.params?.[1];
    const detail = typeof reason === 'string' ? reason.slice(0, 200) : '';
    return { kind: 'failed', failure: { code: 'deployment-refused-token', host, detail } };
  }
  if (error.name === 'conference.destroyed') return { kind: 'failed', failure: { code: 'room-ended', host } };
  const ofTheCall = error.type === 'CONNECTION' || error.type === 'CONFERENCE';
  if (!joined && ofTheCall) {
    return { kind: 'failed', failure: { code: 'deployment-error', host, detail: error.name } };
  }
  return joined && BEYOND_HEALING.has(error.name)
    ? { kind: 'lost', failure: { code: 'connection-lost', host } }
    : { kind: 'none' };
}
