// @ts-check

/** @typedef {import('./postis.js').Postis} Postis */
/** @typedef {import('../wire').FromDeployment} FromDeployment */

/**
 * A login turned away (`recordings/refusals-and-cuts.jsonl`: `expired`, `badsig`, `notoken`). A missing token brings no
 * notification: the page shows its own login then.
 *
 * @param {Postis} postis
 * @param {FromDeployment & { type: 'login-refused' }} refusal
 */
export function sayLoginRefused(postis, { message, recoverable, clientSeesWhy, domain }) {
  if (!recoverable) {
    postis.event('notification-triggered', {
      description: clientSeesWhy ? 'dialog.tokenAuthFailedWithReasons' : 'dialog.tokenAuthFailed',
      title: 'dialog.tokenAuthFailedTitle',
    });
  }
  postis.event('error-occurred', {
    error: {
      credentials: { jid: domain },
      name: 'connection.passwordRequired',
      message,
      ...(recoverable ? { recoverable } : {}),
      type: 'CONNECTION',
      isFatal: false,
    },
  });
}

/** Turned away at the room's door (recorded: `wrongroom`). @param {Postis} postis @param {string} reason */
export function sayDoorRefused(postis, reason) {
  postis.event('on-stage-participant-changed', { id: 'local' });
  postis.event('error-occurred', {
    error: {
      name: 'conference.connectionError.notAllowed',
      params: ['general', reason],
      type: 'CONFERENCE',
      isFatal: false,
    },
  });
  postis.event('whiteboard-status-changed', { status: 'RESET' });
  postis.event('notification-triggered', { title: 'dialog.tokenAuthFailed' });
}
