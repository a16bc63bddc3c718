// @ts-check
import { stripAddress } from './address.js';
import {
  sayConferenceJoined,
  sayHand,
  sayHangingUp,
  sayModerator,
  sayOtherKicked,
  sayParticipantJoined,
  sayParticipantMuted,
  sayRenamed,
  saySelfKicked,
} from './announcements.js';
import { Chat } from './chat.js';
import { doorTakes } from './door.js';
import { GatheredNotice } from './gatheredNotice.js';
import { OwnMedia } from './ownMedia.js';
import { sayDoorRefused, sayLoginRefused } from './refusal.js';
import { Screen } from './screen.js';
import { Signalling } from './signalling.js';

/** @typedef {import('./postis.js').Postis} Postis */
/** @typedef {import('../wire').FromDeployment} FromDeployment */
/** @typedef {import('../wire').Occupant} Occupant */

/** About this long after `video-ready-to-close` the page navigates away, in milliseconds (measured). */
const CLOSING_MS = 500;

/**
 * A meeting as this page lives through it, and what it says of it. Order and shape follow the recordings; where a
 * method says so, the recording is the named one.
 *
 * `phase`: `outside` until the room has let the page in (`login`, `host`, `door` or `locked` where that takes a person),
 * `inside`, then `refused` or `over`. After a cut whose login is
 * refused it is `stranded`: the page looks as alive as before (`refusals-and-cuts.jsonl`, `cutexp`).
 */
export class Meeting {
  /** @type {'outside' | 'inside' | 'stranded' | 'refused' | 'over' | 'login' | 'host' | 'door' | 'locked'} */
  phase = 'outside';
  /** @type {Occupant | undefined} */
  self;
  /** @type {Map<string, Occupant>} */
  others = new Map();
  place = { createdAt: 0, sessionId: '', domain: '' };
  subject = '';
  tileView = false;
  #everInside = false;
  #encrypted = false;
  /** @type {{ user: string, password: string } | undefined} */
  #account;
  #peerToPeer = false;
  /** @type {Signalling | undefined} */
  #signalling;
  /** @type {Array<(allowed: boolean) => void>} */
  #openingAnswers = [];

  /**
   * @param {Postis} postis
   * @param {{ room: string, token?: string | undefined, displayName?: string | undefined, noticesTalkWhileMuted: boolean }} address
   * @param {() => void} onChange
   */
  constructor(postis, address, onChange) {
    this.postis = postis;
    this.address = address;
    this.chat = new Chat(postis);
    this.onChange = onChange;
    this.media = new OwnMedia(
      postis,
      (mediaType, muted) => {
        if (!this.inside) return this.media.close();
        if (this.self) this.self[mediaType === 'audio' ? 'audioMuted' : 'videoMuted'] = muted;
        this.send({ type: 'media', mediaType, muted });
        this.onChange();
      },
      (mediaType) => this.#mayOpen(mediaType),
    );
    this.screen = new Screen(postis, (on) => this.send({ type: 'screen', on }));
    const notice = (/** @type {string} */ title) => postis.event('notification-triggered', { title });
    this.arrivals = new GatheredNotice('connected', notice);
    this.departures = new GatheredNotice('left', notice);
    window.addEventListener('beforeunload', () => this.#everInside && this.#sayLeft());
  }

  get inside() {
    return this.phase === 'inside' || this.phase === 'stranded';
  }

  join() {
    const { room, token, displayName } = this.address;
    const login = () => ({
      type: /** @type {const} */ ('login'),
      token,
      displayName,
      account: this.#account,
      resume: this.inside ? this.self?.id : undefined,
    });
    this.#signalling = new Signalling(room, login, (message) => this.#take(message));
  }

  /** @param {import('../wire').FromPage} message */
  send(message) {
    this.#signalling?.send(message);
  }

  /** The page's own login. @param {string} user @param {string} password */
  logIn(user, password) {
    if (this.phase !== 'login') return;
    this.#account = { user, password };
    this.phase = 'outside';
    this.onChange();
    this.join();
  }

  /** "Ask to join", at a waiting room. */
  knock() {
    this.send({ type: 'knock' });
  }

  /** Enters the room's password where it is wanted; otherwise sets it. @param {string} password */
  password(password) {
    if (this.phase === 'locked') this.send({ type: 'enter', password });
    else if (this.inside) this.send({ type: 'lock', password });
  }

  /** `one-to-one-call.jsonl`, after `video-hangup`. */
  hangUp() {
    if (!this.inside) return;
    this.send({ type: 'leave' });
    sayHangingUp(this.postis, this.tileView, [...this.others.keys()]);
    this.#sayLeft();
    this.postis.event('video-ready-to-close');
    this.postis.event('notification-triggered', { title: 'dialog.thankYou' });
    this.end('over');
    setTimeout(() => location.assign('/static/close.html'), CLOSING_MS);
  }

  /** @type {{ [Type in FromDeployment['type']]: (message: FromDeployment & { type: Type }) => void }} */
  #takes = {
    'logged-in': ({ id, switchMs = 0 }) => {
      this.media.switchMs = switchMs;
      this.#enter(id);
    },
    'login-refused': (refusal) => this.#loginRefused(refusal),
    'door-refused': ({ reason }) => {
      sayDoorRefused(this.postis, reason);
      this.end('refused');
    },
    ...doorTakes(this),
    entered: (message) => this.#entered(message),
    resumed: ({ self }) => this.#resumed(self),
    'may-open': ({ allowed }) => this.#openingAnswers.shift()?.(allowed),
    joined: ({ occupant }) => this.#joined(occupant),
    left: ({ id }) => this.#left(id),
    promoted: ({ id }) => this.#promoted(id),
    media: (change) => this.#mediaChanged(change),
    hand: ({ id, raisedAt }) => this.#handChanged(id, raisedAt),
    renamed: ({ id, displayName }) => this.#renamed(id, displayName),
    subject: ({ subject }) => {
      this.subject = subject;
      this.postis.event('subject-change', { subject });
    },
    chat: (message) => this.chat.take(message, message.from === this.self?.id),
    kicked: (kick) => this.#kicked(kick),
    screen: ({ id, on }) => this.#screenChanged(id, on),
    encryption: ({ on }) => {
      this.#encrypted = on;
      if (on) this.#sayPeerToPeer();
    },
    recording: ({ mode, on, error }) =>
      this.postis.event('recording-status-changed', { on, mode, error, transcription: false }),
    talks: () => this.address.noticesTalkWhileMuted && this.media.hearTalk(),
    speaker: ({ id }) => this.postis.event('dominant-speaker-changed', { id }),
  };

  /** @param {FromDeployment} message */
  #take(message) {
    const take = /** @type {(message: FromDeployment) => void} */ (this.#takes[message.type]);
    take(message);
    this.onChange();
  }

  /** Logged in, and at the room's door. @param {string} id */
  #enter(id) {
    this.postis.event('on-stage-participant-changed', { id });
    this.postis.event('whiteboard-status-changed', { status: 'RESET' });
    this.postis.event('video-availability-changed', { available: true });
    this.send({ type: 'enter' });
  }

  /** @param {FromDeployment & { type: 'login-refused' }} refusal */
  #loginRefused(refusal) {
    sayLoginRefused(this.postis, refusal);
    if (!this.inside && !refusal.recoverable) return this.end('refused');
    if (this.inside) {
      this.postis.event('on-stage-participant-changed', { id: 'local' });
      this.postis.event('raise-hand-updated', { handRaised: 0, id: 'local' });
      this.postis.event('whiteboard-status-changed', { status: 'RESET' });
    }
    // Not recorded: in mid-call too a page whose login can be made good asks for it (jitsi-meet, `connectionFailed`).
    this.phase = refusal.recoverable ? 'login' : 'stranded';
    this.#signalling?.close();
  }

  /** Said whenever the room's configuration changes (recorded). */
  sayCreated() {
    this.postis.event('conference-created-timestamp', { timestamp: String(this.place.createdAt) });
  }

  /** `one-to-one-call.jsonl`: who shows the screen comes on stage. @param {string} id @param {boolean} on */
  #screenChanged(id, on) {
    if (on) return this.postis.event('on-stage-participant-changed', { id: `${id}-v1` });
    this.postis.event('participant-muted', { id, isMuted: true, mediaType: 'desktop', isSelfMuted: true });
    this.postis.event('on-stage-participant-changed', { id });
  }

  /** @param {FromDeployment & { type: 'entered' }} message */
  #entered({ self, others, subject, ...place }) {
    this.self = self;
    this.place = place;
    this.subject = subject;
    this.phase = 'inside';
    this.#everInside = true;
    navigator.wakeLock?.request('screen').catch(() => undefined);
    for (const occupant of others) {
      this.others.set(occupant.id, occupant);
      sayParticipantJoined(this.postis, occupant);
    }
    sayConferenceJoined(this.postis, self, this.address.room, subject, place.createdAt);
    this.#sayPeerToPeer();
    for (const occupant of others.filter(({ audioMuted }) => !audioMuted)) {
      sayParticipantMuted(this.postis, occupant.id, 'audio', false, true);
    }
    stripAddress();
  }

  /** Tells the room what was lost on the way into the cut, as XMPP's stream management would. @param {Occupant} seen */
  #resumed(seen) {
    const { audio, video } = this.media;
    for (const answer of this.#openingAnswers.splice(0)) answer(true);
    if (audio.muted !== seen.audioMuted) this.send({ type: 'media', mediaType: 'audio', muted: audio.muted });
    if (video.muted !== seen.videoMuted) this.send({ type: 'media', mediaType: 'video', muted: video.muted });
  }

  /** @param {Occupant} occupant */
  #joined(occupant) {
    this.others.set(occupant.id, occupant);
    sayParticipantJoined(this.postis, occupant);
    this.#sayPeerToPeer();
    this.arrivals.add(occupant.id);
  }

  /** @param {string} id */
  #left(id) {
    this.others.delete(id);
    const stage = [...this.others.keys()].at(-1) ?? this.self?.id;
    this.postis.event('on-stage-participant-changed', { id: stage });
    this.postis.event('participant-left', { id });
    this.#sayPeerToPeer();
    this.departures.add(id);
  }

  /** @param {string} id */
  #promoted(id) {
    const occupant = this.#occupant(id);
    if (occupant) occupant.role = 'moderator';
    if (occupant === this.self) sayModerator(this.postis, id);
    else this.postis.event('participant-role-changed', { id, role: 'moderator' });
  }

  /** @param {FromDeployment & { type: 'media' }} change */
  #mediaChanged({ id, mediaType, muted, by }) {
    const occupant = this.#occupant(id);
    if (!occupant) return;
    occupant[mediaType === 'audio' ? 'audioMuted' : 'videoMuted'] = muted;
    if (occupant === this.self) this.media.muteSilently(mediaType);
    else if (by !== 'opening') sayParticipantMuted(this.postis, id, mediaType, muted, by === 'self');
  }

  /** @param {string} id @param {number} raisedAt */
  #handChanged(id, raisedAt) {
    const occupant = this.#occupant(id);
    if (occupant) occupant.handRaised = raisedAt;
    sayHand(this.postis, id, raisedAt, occupant === this.self);
  }

  /** @param {string} id @param {string} displayName */
  #renamed(id, displayName) {
    const occupant = this.#occupant(id);
    if (occupant) occupant.displayName = displayName;
    sayRenamed(this.postis, id, displayName, occupant === this.self);
  }

  /** @param {FromDeployment & { type: 'kicked' }} kick */
  #kicked(kick) {
    if (kick.kicked.id !== this.self?.id) {
      return sayOtherKicked(this.postis, kick, kick.kicker.id === this.self?.id);
    }
    const others = [...this.others.keys()];
    saySelfKicked(this.postis, kick, others);
    this.#sayLeft();
    for (const id of others) this.departures.add(id);
    this.end('over');
  }

  /** @param {'refused' | 'over'} phase */
  end(phase) {
    this.phase = phase;
    this.others.clear();
    this.media.close();
    this.screen.close();
    this.#signalling?.close();
    this.onChange();
  }

  /** @param {'audio' | 'video'} mediaType */
  #mayOpen(mediaType) {
    if (!this.#signalling?.open) return Promise.resolve(true);
    return new Promise((/** @type {(allowed: boolean) => void} */ resolve) => {
      this.#openingAnswers.push(resolve);
      this.send({ type: 'ask-to-open', mediaType });
    });
  }

  /** @param {string} id */
  #occupant(id) {
    return id === this.self?.id ? this.self : this.others.get(id);
  }

  #sayLeft() {
    this.postis.event('video-conference-left', { roomName: this.address.room });
  }

  /** Two are peer to peer, more are not. */
  #sayPeerToPeer() {
    const isP2p = this.others.size === 1 && !this.#encrypted;
    if (isP2p === this.#peerToPeer) return;
    this.#peerToPeer = isP2p;
    this.postis.event('p2p-status-changed', { isP2p });
  }
}
