// @ts-check

/** @typedef {import('./meeting.js').Meeting} Meeting */

/** @param {unknown} value */
const isText = (value) => typeof value === 'string';

/**
 * What the embedder can make the page do, by name. An unknown name does nothing, as on the real page; so does a command
 * while the page is not in a meeting (but `password`), and one that only a moderator may give.
 *
 * @param {Meeting} meeting
 * @returns {Record<string, (...values: any[]) => unknown>}
 */
export function commandsOf(meeting) {
  const { postis, media } = meeting;
  return {
    'toggle-audio': () => media.toggleAudio(),
    'toggle-video': () => media.toggleVideo(),
    'video-hangup': () => meeting.hangUp(),
    'toggle-raise-hand': () => meeting.send({ type: 'hand', raised: !meeting.self?.handRaised }),
    'toggle-tile-view': () => {
      meeting.tileView = !meeting.tileView;
      postis.event('tile-view-changed', { enabled: meeting.tileView });
    },
    'toggle-chat': () => meeting.chat.toggle(),
    'toggle-participants-pane': (open) => {
      postis.event('participants-pane-toggled', { open: Boolean(open) });
    },
    'set-audio-only': (enabled) => postis.event('audio-only-changed', { enabled: Boolean(enabled) }),
    subject: (subject) => isText(subject) && meeting.send({ type: 'subject', subject }),
    'display-name': (displayName) => isText(displayName) && meeting.send({ type: 'rename', displayName }),
    'send-chat-message': (message, to) =>
      isText(message) && to === undefined && meeting.send({ type: 'chat', message }),
    'mute-everyone': (mediaType = 'audio') =>
      (mediaType === 'audio' || mediaType === 'video') && meeting.send({ type: 'mute-everyone', mediaType }),
    'toggle-share-screen': () => meeting.screen.toggle(),
    'toggle-e2ee': (on) => meeting.send({ type: 'encryption', on: Boolean(on) }),
    // There is no transcriber, as in the recording.
    'toggle-subtitles': () => postis.event('notification-triggered', { title: 'transcribing.failed' }),
    // Nothing is said of it, and nothing seen of it on the real page: here tests can look.
    'set-noise-suppression-enabled': ({ enabled } = {}) => {
      document.body.dataset['noiseSuppression'] = enabled ? 'on' : 'off';
    },
    password: (password) => isText(password) && meeting.password(password),
    'toggle-lobby': (on) => meeting.send({ type: 'waiting-room', on: Boolean(on) }),
    'answer-knocking-participant': (id, admit) =>
      isText(id) && meeting.send({ type: 'answer-knocking', id, admit: Boolean(admit) }),
    'start-recording': ({ mode, rtmpStreamKey, youtubeStreamKey } = {}) =>
      (mode === 'file' || (mode === 'stream' && (rtmpStreamKey || youtubeStreamKey))) &&
      meeting.send({ type: 'record', mode, on: true }),
    'stop-recording': (mode) =>
      (mode === 'file' || mode === 'stream') && meeting.send({ type: 'record', mode, on: false }),
    'mute-remote-participant': (id, mediaType = 'audio') =>
      isText(id) && meeting.send({ type: 'mute', id, mediaType }),
    'end-conference': () => meeting.send({ type: 'end-conference' }),
    'grant-moderator': (id) => isText(id) && meeting.send({ type: 'promote', id }),
    'kick-participant': (id) => isText(id) && meeting.send({ type: 'kick', id }),
  };
}

/**
 * What the embedder can ask, by name. An unknown question is not answered.
 *
 * @param {Meeting} meeting
 * @returns {Record<string, () => unknown>}
 */
export function questionsOf(meeting) {
  const { media } = meeting;
  return {
    'is-audio-muted': () => media.audio.muted,
    'is-video-muted': () => media.video.muted,
    'is-audio-available': () => media.audioAvailable,
    'is-sharing-screen': () => false,
    'is-moderation-on': () => false,
    'session-id': () => meeting.place.sessionId,
    'deployment-info': () => undefined,
    'rooms-info': () => ({ rooms: meeting.self ? [roomInfo(meeting, meeting.self)] : [] }),
  };
}

/** @param {Meeting} meeting @param {import('../wire').Occupant} self */
function roomInfo({ address, place, others }, self) {
  const muc = `${address.room}@conference.${place.domain}`;
  return {
    isMainRoom: true,
    id: muc,
    jid: `${muc}/${self.id}`,
    participants: [
      { role: self.role, displayName: self.displayName, id: self.id },
      ...[...others.values()].map(({ id, role, displayName }) => ({
        jid: `${muc}/${id}`,
        role,
        displayName,
        id,
      })),
    ],
  };
}
