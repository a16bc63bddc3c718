// @ts-check
/**
 * What the page tells its embedder about the people in the room and about itself: names, fields and order as recorded
 * (`recordings/one-to-one-call.jsonl`). Fields that have no value are left out, as JSON does.
 */

/** @typedef {import('./postis.js').Postis} Postis */
/** @typedef {import('../wire').FromDeployment} FromDeployment */
/** @typedef {import('../wire').Occupant} Occupant */

/** What Jitsi calls those who gave no name (`config.defaultRemoteDisplayName`, `defaultLocalDisplayName`). */
const UNNAMED = { remote: 'Fellow Jitster', local: 'me' };

/** @param {Postis} postis @param {Occupant} self @param {string} roomName @param {string} subject @param {number} createdAt */
export function sayConferenceJoined(postis, self, roomName, subject, createdAt) {
  const { id, displayName } = self;
  postis.event('video-conference-joined', {
    roomName,
    id,
    displayName,
    formattedDisplayName: displayName === undefined ? UNNAMED.local : `${displayName} (me)`,
    breakoutRoom: false,
    visitor: false,
  });
  postis.event('participant-role-changed', { id, role: 'participant' });
  postis.event('subject-change', { subject });
  if (self.role === 'moderator') sayModerator(postis, id);
  postis.event('conference-created-timestamp', { timestamp: String(createdAt) });
}

/** @param {Postis} postis @param {string} id */
export function sayModerator(postis, id) {
  postis.event('notification-triggered', { title: 'notify.moderator' });
  postis.event('participant-role-changed', { id, role: 'moderator' });
}

/** @param {Postis} postis @param {Occupant} occupant */
export function sayParticipantJoined(postis, { id, displayName = UNNAMED.remote }) {
  postis.event('on-stage-participant-changed', { id });
  postis.event('participant-joined', { id, displayName, formattedDisplayName: displayName });
}

/** @param {Postis} postis @param {string} id @param {'audio' | 'video'} mediaType @param {boolean} isMuted @param {boolean} isSelfMuted */
export function sayParticipantMuted(postis, id, mediaType, isMuted, isSelfMuted) {
  postis.event('participant-muted', { id, isMuted, mediaType, isSelfMuted });
}

/** @param {Postis} postis @param {string} id @param {number} handRaised @param {boolean} own */
export function sayHand(postis, id, handRaised, own) {
  if (own && handRaised) postis.event('notification-triggered', { title: 'notify.nextToSpeak' });
  postis.event('raise-hand-updated', { handRaised, id });
  if (own || !handRaised) return;
  postis.event('notification-triggered', { description: 'notify.raisedHand', title: 'notify.somebody' });
}

/** @param {Postis} postis @param {string} id @param {string} displayName @param {boolean} own */
export function sayRenamed(postis, id, displayName, own) {
  const formattedDisplayName = own ? `${displayName} (me)` : displayName;
  postis.event('display-name-change', { displayname: displayName, formattedDisplayName, id });
}

/** Somebody else was thrown out. @param {Postis} postis @param {FromDeployment & { type: 'kicked' }} kick @param {boolean} byUs */
export function sayOtherKicked(postis, { kicked, kicker }, byUs) {
  postis.event('participant-kicked-out', {
    kicked: { id: kicked.id, local: false, name: kicked.name },
    kicker: { id: kicker.id, local: byUs, name: kicker.name },
  });
}

/** We were thrown out. @param {Postis} postis @param {FromDeployment & { type: 'kicked' }} kick @param {string[]} others */
export function saySelfKicked(postis, { kicked, kicker }, others) {
  postis.event('raise-hand-updated', { handRaised: 0, id: 'local' });
  postis.event('on-stage-participant-changed', { id: 'local' });
  sayOthersLeft(postis, others);
  postis.event('whiteboard-status-changed', { status: 'RESET' });
  postis.event('participant-kicked-out', {
    kicked: { id: 'local', name: kicked.name, local: true },
    kicker: { id: kicker.id, name: kicker.name },
  });
  sayOthersLeft(postis, others);
}

/** What comes before `video-conference-left` of a hang-up. @param {Postis} postis @param {boolean} tileView @param {string[]} others */
export function sayHangingUp(postis, tileView, others) {
  postis.event('on-stage-participant-changed', { id: 'local' });
  if (tileView) postis.event('tile-view-changed', { enabled: false });
  postis.event('raise-hand-updated', { handRaised: 0, id: 'local' });
  sayOthersLeft(postis, others);
  postis.event('whiteboard-status-changed', { status: 'RESET' });
}

/** @param {Postis} postis @param {string[]} others */
function sayOthersLeft(postis, others) {
  for (const id of others) postis.event('participant-left', { id });
}
