import { randomBytes } from 'node:crypto';
import type { RawData, WebSocket } from 'ws';
import type { Faults } from './faults';
import type { RoomDirectory } from './roomDirectory';
import { fitsRoom, judgeLogin, ROOM_MISMATCH, type SessionClaims, type TokenRules } from './tokenRules';
import type { MeetingRoom } from './meetingRoom';
import { FromPage, type FromDeployment, type FromOccupant, type RecordingMode } from './wire';

/** What every connection of a deployment shares. */
export interface Shared {
  rooms: RoomDirectory;
  rules: TokenRules;
  faults: Faults;
  ways: Ways;
}

/** How a deployment differs from one that lets everybody in who has a token, or needs none. */
export interface Ways {
  /** Who may log in on the page; without, the page asks for no login. */
  accounts: Readonly<Record<string, string>> | undefined;
  /** Rooms where a host has arrived; without, none is waited for. */
  hosts: Set<string> | undefined;
  /** What becomes of a wish to record: without a recorder nothing is said at all (recorded). */
  recorder: 'absent' | 'works' | 'busy';
  /** Whether it has the module that ends a conference for all; without, nothing happens (recorded). */
  endsForAll: boolean;
  /** How long its page takes for its microphone and camera, in ms; without, no time at all. */
  switchMs: number | undefined;
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
    if (message.type === 'enter') this.#enter(this.#session, message.password);
    else if (message.type === 'knock') this.#knock(this.#session);
    else if (message.type === 'ask-to-open') {
      const refused = message.mediaType === 'audio' && this.#shared.faults.strikes('mic-error');
      this.#send({ type: 'may-open', mediaType: message.mediaType, allowed: !refused });
    } else if (this.#inRoom) this.#takeInRoom(message, this.#session);
  }

  async #login({ token, displayName, resume, account }: FromPage & { type: 'login' }): Promise<void> {
    if (this.#session || this.#shared.faults.strikes('never-answer')) return;
    const { accounts } = this.#shared.ways;
    if (accounts !== undefined && (account === undefined || accounts[account.user] !== account.password)) {
      const domain = this.#shared.rules.xmppDomain;
      this.#send({
        type: 'login-refused',
        message: 'not-authorized',
        recoverable: true,
        clientSeesWhy: false,
        domain,
      });
      return;
    }
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
    const { switchMs } = this.#shared.ways;
    const named = displayName === undefined ? {} : { displayName };
    if (resume !== undefined) this.#resume(this.#session);
    else this.#send({ type: 'logged-in', id, ...named, ...(switchMs === undefined ? {} : { switchMs }) });
  }

  #resume(session: Session): void {
    const room = this.#shared.rooms.find(this.#room);
    this.#inRoom = room?.resume(session.id, (message) => this.#send(message)) ?? false;
    if (!this.#inRoom) this.#socket.close(1008, 'no such occupant');
  }

  #enter({ id, displayName, claims }: Session, password: string | undefined): void {
    const { rooms, rules, ways } = this.#shared;
    if (this.#inRoom) return;
    if (!fitsRoom(claims, this.#room, rules)) {
      this.#send({ type: 'door-refused', reason: ROOM_MISMATCH });
      return;
    }
    // Not recorded: who comes by a token is a host (jitsi-meet `resources/prosody-plugins/mod_muc_wait_for_host.lua`).
    if (claims !== undefined) ways.hosts?.add(this.#room);
    if (ways.hosts?.has(this.#room) === false) {
      this.#send({ type: 'authentication-required' });
      return;
    }
    const answer = rooms.find(this.#room)?.door.judge(id, password) ?? 'come-in';
    if (answer !== 'come-in') {
      this.#send({ type: answer });
      return;
    }
    this.#inRoom = true;
    rooms.open(this.#room).enter(id, displayName, rules.xmppDomain, (message) => this.#send(message));
  }

  #knock({ id, displayName }: Session): void {
    if (this.#inRoom) return;
    this.#shared.rooms.find(this.#room)?.knock({ id, displayName, send: (message) => this.#send(message) });
  }

  /** A host has arrived: whoever waits comes in. */
  hostArrived(room: string): void {
    if (room === this.#room && this.#session && !this.#inRoom) this.#send({ type: 'come-in' });
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
      case 'screen':
        room.setScreen(id, message.on);
        break;
      case 'encryption':
        room.setEncryption(message.on);
        break;
      default:
        if (isModerator) this.#takeFromModerator(message, room, id);
    }
  }

  #takeFromModerator(message: FromOccupant, room: MeetingRoom, id: string): void {
    switch (message.type) {
      case 'lock':
        room.lock(id, message.password);
        break;
      case 'waiting-room':
        room.setWaitingRoom(id, message.on);
        break;
      case 'answer-knocking':
        room.answerKnocking(id, message.id, message.admit);
        break;
      case 'record':
        this.#record(message.mode, message.on, room);
        break;
      case 'mute':
        room.muteByModerator(message.id, message.mediaType);
        break;
      case 'end-conference':
        if (this.#shared.ways.endsForAll) room.destroy();
        break;
      case 'promote':
        room.promote(message.id);
        break;
      default:
        break;
    }
  }

  #record(mode: RecordingMode, on: boolean, room: MeetingRoom): void {
    const { recorder } = this.#shared.ways;
    if (recorder === 'works') room.setRecording(mode, on);
    if (recorder === 'busy') this.#send({ type: 'recording', mode, on: false, error: 'resource-constraint' });
  }

  #gone(how: 'cut' | 'closed'): void {
    if (this.#session) this.#shared.rooms.find(this.#room)?.door.gone(this.#session.id);
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
