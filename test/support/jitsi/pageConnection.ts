import { randomBytes } from 'node:crypto';
import type { RawData, WebSocket } from 'ws';
import type { Faults } from './faults';
import type { RoomDirectory } from './roomDirectory';
import { fitsRoom, judgeLogin, ROOM_MISMATCH, type SessionClaims, type TokenRules } from './tokenRules';
import { FromPage, type FromDeployment, type FromOccupant } from './wire';

/** What every connection of a deployment shares. */
export interface Shared {
  rooms: RoomDirectory;
  rules: TokenRules;
  faults: Faults;
}

interface Session {
  id: string;
  displayName: string | undefined;
  claims: SessionClaims | undefined;
}

/** One page's socket: login, the room's door, then what the page says in the room. */
export class PageConnection {
  readonly #socket: WebSocket;
  readonly #room: string;
  readonly #shared: Shared;
  #session: Session | undefined;
  #inRoom = false;

  constructor(socket: WebSocket, room: string, shared: Shared) {
    this.#socket = socket;
    this.#room = room;
    this.#shared = shared;
    let turn = Promise.resolve();
    socket.on('message', (data) => {
      const message = parse(data);
      if (message) turn = turn.then(() => this.#take(message));
      else socket.close(1007, 'not understood');
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      turn = turn.then(() => this.#gone('closed'));
    });
  }

  /** Cuts the socket as a failing network does: the page gets no word, and the occupant stays for a while. */
  cut(): void {
    this.#gone('cut');
    this.#socket.terminate();
  }

  async #take(message: FromPage): Promise<void> {
    if (message.type === 'login') return this.#login(message);
    if (!this.#session) return;
    if (message.type === 'enter') this.#enter(this.#session);
    else if (message.type === 'ask-to-open') {
      const refused = message.mediaType === 'audio' && this.#shared.faults.strikes('mic-error');
      this.#send({ type: 'may-open', mediaType: message.mediaType, allowed: !refused });
    } else if (this.#inRoom) this.#takeInRoom(message, this.#session);
  }

  async #login({ token, displayName, resume }: FromPage & { type: 'login' }): Promise<void> {
    if (this.#session || this.#shared.faults.strikes('never-answer')) return;
    const verdict = await judgeLogin(token, this.#shared.rules);
    if (verdict.kind === 'let-in') this.#letIn(verdict.claims, displayName, resume);
    if (verdict.kind !== 'refused') return;
    const { message, recoverable, clientSeesWhy } = verdict;
    const domain = this.#shared.rules.xmppDomain;
    this.#send({ type: 'login-refused', message, recoverable, clientSeesWhy, domain });
  }

  #letIn(claims: SessionClaims | undefined, askedName: string | undefined, resume: string | undefined): void {
    const displayName = claims?.displayName ?? askedName;
    const id = resume ?? randomBytes(4).toString('hex');
    this.#session = { id, displayName, claims };
    if (resume !== undefined) this.#resume(this.#session);
    else this.#send({ type: 'logged-in', id, ...(displayName === undefined ? {} : { displayName }) });
  }

  #resume(session: Session): void {
    const room = this.#shared.rooms.find(this.#room);
    this.#inRoom = room?.resume(session.id, (message) => this.#send(message)) ?? false;
    if (!this.#inRoom) this.#socket.close(1008, 'no such occupant');
  }

  #enter({ id, displayName, claims }: Session): void {
    const { rooms, rules } = this.#shared;
    if (this.#inRoom) return;
    if (!fitsRoom(claims, this.#room, rules)) {
      this.#send({ type: 'door-refused', reason: ROOM_MISMATCH });
      return;
    }
    this.#inRoom = true;
    rooms.open(this.#room).enter(id, displayName, rules.xmppDomain, (message) => this.#send(message));
  }

  /** What only a moderator may do is ignored when somebody else asks for it. */
  #takeInRoom(message: FromOccupant, { id }: Session): void {
    const room = this.#shared.rooms.find(this.#room);
    if (!room) return;
    const isModerator = room.isModerator(id);
    switch (message.type) {
      case 'media':
        room.setMedia(id, message.mediaType, message.muted);
        break;
      case 'hand':
        room.setHand(id, message.raised);
        break;
      case 'rename':
        room.rename(id, message.displayName);
        break;
      case 'chat':
        room.chat(id, message.message);
        break;
      case 'subject':
        if (isModerator) room.setSubject(message.subject);
        break;
      case 'mute-everyone':
        if (isModerator) room.muteEveryone(message.mediaType, id);
        break;
      case 'kick':
        if (isModerator) room.kick(message.id, room.named(id));
        break;
      case 'leave':
        room.leave(id);
        break;
    }
  }

  #gone(how: 'cut' | 'closed'): void {
    if (!this.#inRoom || !this.#session) return;
    this.#inRoom = false;
    const room = this.#shared.rooms.find(this.#room);
    if (how === 'cut') room?.disconnect(this.#session.id);
    else room?.leave(this.#session.id);
  }

  #send(message: FromDeployment): void {
    this.#socket.send(JSON.stringify(message));
  }
}

function parse(data: RawData): FromPage | undefined {
  if (!Buffer.isBuffer(data)) return undefined;
  try {
    return FromPage.parse(JSON.parse(data.toString('utf8')));
  } catch {
    return undefined;
  }
}
