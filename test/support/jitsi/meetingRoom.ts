import { randomUUID } from 'node:crypto';
import { type Newcomer, RoomDoor } from './roomDoor';
import type { FromDeployment, MediaType, Named, Occupant, RecordingMode } from './wire';

/** Where an occupant's messages go; replaced when a cut socket comes back. */
type Send = (message: FromDeployment) => unknown;

interface Seat {
  occupant: Occupant;
  opened: Set<MediaType>;
  send: Send;
  /** What is kept for the page while its socket is cut. */
  missed: FromDeployment[];
}

const MUTED = { audio: 'audioMuted', video: 'videoMuted' } as const;

/** A room and who is in it. The first one in becomes its moderator, and hands that on when leaving. */
export class MeetingRoom {
  readonly createdAt = Math.floor(Date.now() / 1000) * 1000;
  readonly sessionId = randomUUID();
  readonly door = new RoomDoor();
  subject = '';
  readonly #seats = new Map<string, Seat>();
  readonly #changed: () => void;

  /** @param changed called after each change that an onlooker could see. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** A copy of what everybody in the room sees. */
  occupants(): Occupant[] {
    return [...this.#seats.values()].map(({ occupant }) => ({ ...occupant }));
  }

  enter(id: string, displayName: string | undefined, domain: string, send: Send): void {
    const occupant: Occupant = {
      id,
      ...(displayName === undefined ? {} : { displayName }),
      role: this.#seats.size === 0 ? 'moderator' : 'participant',
      audioMuted: true,
      videoMuted: true,
      handRaised: 0,
      connected: true,
    };
    const others = this.occupants();
    this.#tellOthers(id, { type: 'joined', occupant });
    this.#seats.set(id, { occupant, opened: new Set(), send, missed: [] });
    const { subject, createdAt, sessionId } = this;
    send({ type: 'entered', self: occupant, others, subject, createdAt, sessionId, domain });
    this.#changed();
  }

  /** Goes on after a cut. False where the occupant is not known any more. */
  resume(id: string, send: Send): boolean {
    const seat = this.#seats.get(id);
    if (!seat) return false;
    seat.send = send;
    seat.occupant.connected = true;
    for (const message of seat.missed.splice(0)) send(message);
    send({ type: 'resumed', self: seat.occupant });
    this.#changed();
    return true;
  }

  /** The socket is gone, and may come back: the others notice nothing yet. */
  disconnect(id: string): void {
    const seat = this.#seats.get(id);
    if (!seat) return;
    seat.occupant.connected = false;
    seat.send = (message) => seat.missed.push(message);
    this.#changed();
  }

  leave(id: string): void {
    const seat = this.#seats.get(id);
    if (!seat) return;
    this.#seats.delete(id);
    this.#tellOthers(id, { type: 'left', id });
    if (seat.occupant.role === 'moderator') this.#promoteNext();
    this.#changed();
  }

  /** The page's own change. Opening a track for the first time is not told as "unmuted" (`recordings/one-to-one-call.jsonl`). */
  setMedia(id: string, mediaType: MediaType, muted: boolean): void {
    const seat = this.#seats.get(id);
    if (!seat) return;
    seat.occupant[MUTED[mediaType]] = muted;
    const by = seat.opened.has(mediaType) ? 'self' : 'opening';
    seat.opened.add(mediaType);
    this.#tellOthers(id, { type: 'media', id, mediaType, muted, by });
    this.#changed();
  }

  /** A moderator mutes somebody: all are told the same, and the page of the muted one says nothing of it. */
  muteByModerator(id: string, mediaType: MediaType): void {
    const seat = this.#seats.get(id);
    if (!seat) return;
    seat.occupant[MUTED[mediaType]] = true;
    this.#tellAll({ type: 'media', id, mediaType, muted: true, by: 'moderator' });
    this.#changed();
  }

  muteEveryone(mediaType: MediaType, but?: string): void {
    for (const id of this.#seats.keys()) if (id !== but) this.muteByModerator(id, mediaType);
  }

  setHand(id: string, raised: boolean): void {
    const seat = this.#seats.get(id);
    if (!seat) return;
    seat.occupant.handRaised = raised ? Date.now() : 0;
    this.#tellAll({ type: 'hand', id, raisedAt: seat.occupant.handRaised });
    this.#changed();
  }

  rename(id: string, displayName: string): void {
    const seat = this.#seats.get(id);
    if (!seat) return;
    seat.occupant.displayName = displayName;
    this.#tellAll({ type: 'renamed', id, displayName });
    this.#changed();
  }

  setSubject(subject: string): void {
    this.subject = subject;
    this.#tellAll({ type: 'subject', subject });
    this.#changed();
  }

  chat(from: string, message: string): void {
    const nick = this.#seats.get(from)?.occupant.displayName;
    this.#tellAll({ type: 'chat', from, ...(nick === undefined ? {} : { nick }), message });
  }

  /** Somebody wants to come in: moderators are told. */
  knock(newcomer: Newcomer): void {
    this.door.knock(newcomer);
    const { id, displayName: name } = newcomer;
    for (const { occupant, send } of this.#seats.values()) {
      if (occupant.role === 'moderator')
        send({ type: 'knocking', id, ...(name === undefined ? {} : { name }) });
    }
  }

  answerKnocking(by: string, id: string, granted: boolean): void {
    const newcomer = this.door.answer(id, granted);
    if (!newcomer) return;
    const name = newcomer.displayName;
    this.#tellAll({ type: 'knocking-answered', by, id, granted, ...(name === undefined ? {} : { name }) });
  }

  setWaitingRoom(by: string, on: boolean): void {
    this.door.waitingRoom = on;
    this.#tellAll({ type: 'waiting-room', by, on });
  }

  lock(by: string, password: string): void {
    this.door.password = password;
    this.#tellAll({ type: 'locked', by, locked: password !== '' });
  }

  setScreen(id: string, on: boolean): void {
    this.#tellOthers(id, { type: 'screen', id, on });
  }

  setEncryption(on: boolean): void {
    this.#tellAll({ type: 'encryption', on });
  }

  setRecording(mode: RecordingMode, on: boolean): void {
    this.#tellAll({ type: 'recording', mode, on });
  }

  /** Somebody is heard the most. */
  setSpeaker(id: string): void {
    this.#tellAll({ type: 'speaker', id });
  }

  /** Somebody talks into their microphone, whether it is open or muted. */
  talk(id: string): void {
    this.#seats.get(id)?.send({ type: 'talks' });
  }

  promote(id: string): void {
    const seat = this.#seats.get(id);
    if (!seat) return;
    seat.occupant.role = 'moderator';
    this.#tellAll({ type: 'promoted', id });
    this.#changed();
  }

  /** Sends everybody out. */
  destroy(): void {
    this.#tellAll({ type: 'destroyed' });
    for (const id of [...this.#seats.keys()]) this.leave(id);
  }

  kick(id: string, kicker: Named): void {
    const seat = this.#seats.get(id);
    if (!seat) return;
    this.#tellAll({ type: 'kicked', kicked: named(seat.occupant), kicker });
    this.leave(id);
  }

  isModerator(id: string): boolean {
    return this.#seats.get(id)?.occupant.role === 'moderator';
  }

  /** An occupant as a kick names them. */
  named(id: string): Named {
    const seat = this.#seats.get(id);
    return seat ? named(seat.occupant) : { id };
  }

  #promoteNext(): void {
    const [next] = this.#seats.values();
    if (!next) return;
    next.occupant.role = 'moderator';
    this.#tellAll({ type: 'promoted', id: next.occupant.id });
  }

  #tellAll(message: FromDeployment): void {
    for (const seat of this.#seats.values()) seat.send(message);
  }

  #tellOthers(id: string, message: FromDeployment): void {
    for (const [other, seat] of this.#seats) if (other !== id) seat.send(message);
  }
}

function named({ id, displayName }: Occupant): Named {
  return { id, ...(displayName === undefined ? {} : { name: displayName }) };
}
