// @ts-check
/**
 * What the page says at a door that does not simply open. No recording has it: the names are those of
 * `modules/API/API.js`; fields and order follow from jitsi-meet `react/features/overlay/middleware.ts` (every error is told),
 * `lobby/middleware.ts`, `authentication/middleware.web.ts` and `external-api/middleware.ts`.
 */

/** @typedef {import('./postis.js').Postis} Postis */
/** @typedef {import('../wire').FromDeployment} FromDeployment */

/** @param {Postis} postis @param {string} name @param {boolean} recoverable */
function sayError(postis, name, recoverable) {
  postis.event('on-stage-participant-changed', { id: 'local' });
  postis.event('error-occurred', {
    error: { name, params: [], ...(recoverable ? { recoverable } : {}), type: 'CONFERENCE', isFatal: false },
  });
}

/** @param {Postis} postis */
function sayPasswordRequired(postis) {
  sayError(postis, 'conference.passwordRequired', true);
  postis.event('password-required');
}

/** @param {Postis} postis */
const sayMembersOnly = (postis) => sayError(postis, 'conference.connectionError.membersOnly', true);

/** @param {Postis} postis */
const sayAuthenticationRequired = (postis) => sayError(postis, 'conference.authenticationRequired', true);

/** @param {Postis} postis */
function sayAccessDenied(postis) {
  sayError(postis, 'conference.connectionError.accessDenied', false);
  postis.event('notification-triggered', {
    description: 'lobby.joinRejectedMessage',
    title: 'lobby.joinRejectedTitle',
  });
}

/** Somebody knocks. @param {Postis} postis @param {FromDeployment & { type: 'knocking' }} knocking */
function sayKnocking(postis, { id, name }) {
  postis.event('notification-triggered', { description: 'notify.participantWantsToJoin', title: name });
  postis.event('knocking-participant', { participant: { id, name } });
}

/** `one-to-one-call.jsonl`, after `toggle-lobby`. @param {Postis} postis @param {string} by @param {boolean} on @param {boolean} own */
function sayWaitingRoom(postis, by, on, own) {
  if (own) {
    const message = { value: on, type: 'lobby-notify', event: 'LOBBY-ENABLED' };
    return postis.event('non-participant-message-received', { id: by, message });
  }
  const description = `lobby.notificationLobby${on ? 'Enabled' : 'Disabled'}`;
  postis.event('notification-triggered', { description, title: 'lobby.notificationTitle' });
}

/** Prosody `mod_muc_lobby_rooms.lua`, `notify_lobby_access`. @param {Postis} postis @param {FromDeployment & { type: 'knocking-answered' }} answer */
function sayKnockingAnswered(postis, { by, id, name, granted }) {
  const event = granted ? 'LOBBY-ACCESS-GRANTED' : 'LOBBY-ACCESS-DENIED';
  postis.event('non-participant-message-received', {
    id: by,
    message: { value: id, name, type: 'lobby-notify', event },
  });
}

/** `one-to-one-call.jsonl`, after `password`. @param {Postis} postis @param {boolean} locked @param {boolean} own */
function sayLocked(postis, locked, own) {
  if (own) return;
  postis.event('notification-triggered', {
    title: locked ? 'notify.passwordSetRemotely' : 'notify.passwordRemovedRemotely',
  });
}

/**
 * What the page does at a door that does not open, and at the door of a room it is in.
 *
 * @param {import('./meeting.js').Meeting} meeting
 */
export function doorTakes(meeting) {
  /** @param {'locked' | 'door' | 'host'} phase @param {(postis: Postis) => void} say */
  const waitAt = (phase, say) => () => {
    meeting.phase = phase;
    say(meeting.postis);
  };
  return {
    'password-required': waitAt('locked', sayPasswordRequired),
    'members-only': waitAt('door', sayMembersOnly),
    'authentication-required': waitAt('host', sayAuthenticationRequired),
    'come-in': () => meeting.send({ type: 'enter' }),
    destroyed: () => {
      sayError(meeting.postis, 'conference.destroyed', false);
      meeting.end('over');
    },
    'access-denied': () => {
      sayAccessDenied(meeting.postis);
      meeting.end('refused');
    },
    locked: (/** @type {FromDeployment & { type: 'locked' }} */ { by, locked }) => {
      sayLocked(meeting.postis, locked, by === meeting.self?.id);
      meeting.sayCreated();
    },
    'waiting-room': (/** @type {FromDeployment & { type: 'waiting-room' }} */ { by, on }) => {
      sayWaitingRoom(meeting.postis, by, on, by === meeting.self?.id);
      meeting.sayCreated();
    },
    knocking: (/** @type {FromDeployment & { type: 'knocking' }} */ knocking) =>
      sayKnocking(meeting.postis, knocking),
    'knocking-answered': (/** @type {FromDeployment & { type: 'knocking-answered' }} */ answer) =>
      sayKnockingAnswered(meeting.postis, answer),
  };
}
