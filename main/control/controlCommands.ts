/** What other programs of the user have Parley do; each answer tells the state after it has come about. */
import { type CallIntent, type CallState, canStart, opensMicrophone } from '../../shared/callState';
import {
  CONTROL_VERSION,
  type ControlFault,
  type ControlReply,
  type ControlRequest,
  type ControlState,
} from '../../shared/control';
import { parseDeepLink } from '../../shared/deepLink';
import { isDeepLink } from '../../shared/deepLinkScheme';
import { type JoinTarget, parseJoinText } from '../../shared/joinTarget';
import type { Media } from '../../shared/lobbyApi';

/** How long a call may take to be joined before the program is told how far it is, in ms. */
export const JOIN_MS = 60_000;
/** How long the meeting may take to confirm, in ms. */
export const CONFIRM_MS = 5_000;

export interface ControlCommandsParts {
  calls: {
    readonly state: CallState;
    start: (intent: CallIntent) => Promise<void>;
    leave: () => void;
    setDevice: (device: 'microphone', on: boolean) => void;
  };
  settings: () => { lobbies: readonly string[]; freeMode: boolean };
}

export class ControlCommands {
  readonly #parts: ControlCommandsParts;
  readonly #watchers = new Set<() => void>();

  constructor(parts: ControlCommandsParts) {
    this.#parts = parts;
  }

  get state(): ControlState {
    return controlStateOf(this.#parts.calls.state);
  }

  /** Call it whenever the call's state has changed. */
  callChanged(): void {
    for (const look of [...this.#watchers]) look();
  }

  carryOut(request: ControlRequest): Promise<ControlReply> {
    switch (request.command) {
      case 'call':
        return this.#start({ kind: 'new' }, request.video ? 'video' : 'audio');
      case 'join':
        return this.#join(request.text);
      case 'mute':
        return this.#hear(() => false);
      case 'unmute':
        return this.#hear(() => true);
      case 'toggle-mute':
        return this.#hear(opensMicrophone);
      case 'leave':
        return this.#leave();
      case 'status':
        return Promise.resolve(this.#done());
    }
  }

  async #join(text: string): Promise<ControlReply> {
    const target = targetOf(text);
    if (target === undefined) return this.#refused('bad-link');
    // Without an invite the lobby would have to know the user: only one of their own does.
    const { lobbies } = this.#parts.settings();
    if (target.kind === 'lobby-room' && !lobbies.includes(target.lobby))
      return this.#refused('foreign-lobby');
    return this.#start(target, 'audio');
  }

  /** The user's own program asks, so that nobody need be asked again. */
  async #start(target: JoinTarget, media: Media): Promise<ControlReply> {
    const { calls, settings } = this.#parts;
    if (!canStart(calls.state)) return this.#refused('busy');
    const elsewhere = target.kind === 'invite' || target.kind === 'lobby-room';
    void calls.start({ target, media, free: !elsewhere && settings().freeMode });
    const settled = ({ phase, ...state }: CallState) => {
      if (phase === 'connecting') return 'meeting' in state && state.meeting.waiting !== undefined;
      return phase === 'joined' || phase === 'failed' || phase === 'idle';
    };
    if (!(await this.#until(settled, JOIN_MS))) return this.#refused('unconfirmed');
    const { phase } = calls.state;
    return phase === 'joined' || phase === 'connecting' ? this.#done() : this.#refused('failed');
  }

  /**
   * At once, also while nobody knows what the microphone is: the wish counts as soon as the page can be told.
   * @param wanted whether to be heard, given how the call is.
   */
  async #hear(wanted: (call: CallState & { phase: 'joined' }) => boolean): Promise<ControlReply> {
    const { calls } = this.#parts;
    const { state } = calls;
    if (state.phase !== 'joined') return this.#refused('no-call');
    const on = wanted(state);
    calls.setDevice('microphone', on);
    const as = on ? 'on' : 'off';
    const follows = (state: CallState) => state.phase !== 'joined' || state.microphone === as;
    if (!(await this.#until(follows, CONFIRM_MS))) return this.#refused('unconfirmed');
    return calls.state.phase === 'joined' ? this.#done() : this.#refused('no-call');
  }

  async #leave(): Promise<ControlReply> {
    const { calls } = this.#parts;
    if (canStart(calls.state)) return this.#refused('no-call');
    calls.leave();
    return (await this.#until(canStart, CONFIRM_MS)) ? this.#done() : this.#refused('unconfirmed');
  }

  #done(): ControlReply {
    return { version: CONTROL_VERSION, ok: true, state: this.state };
  }

  #refused(fault: ControlFault): ControlReply {
    return { version: CONTROL_VERSION, ok: false, fault, state: this.state };
  }

  /** Whether the call comes to be so within `ms`. */
  #until(isSo: (state: CallState) => boolean, ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (came: boolean) => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve(came);
      };
      const look = () => {
        if (isSo(this.#parts.calls.state)) end(true);
      };
      const timer = setTimeout(() => end(false), ms);
      this.#watchers.add(look);
      look();
    });
  }
}

/** Where a text leads that "Join call" would take, or a link that opens Parley. */
function targetOf(text: string): JoinTarget | undefined {
  if (!isDeepLink(text)) {
    const parsed = parseJoinText(text);
    return parsed.ok ? parsed.target : undefined;
  }
  const parsed = parseDeepLink(text);
  if (!parsed.ok || parsed.link.kind === 'call') return undefined;
  const { link } = parsed;
  return link.kind === 'room'
    ? { kind: 'lobby-room', lobby: link.lobby, room: link.room }
    : { kind: 'invite', lobby: link.lobby, invite: link.invite, room: link.room };
}

export function controlStateOf(call: CallState): ControlState {
  switch (call.phase) {
    case 'failed':
      return { phase: call.phase, failure: call.failure.code };
    case 'connecting':
      return { phase: call.phase, room: roomOf(call.room), waiting: call.meeting.waiting };
    case 'leaving':
      return { phase: call.phase, room: roomOf(call.room) };
    case 'joined': {
      const speaker = call.others.find(({ id }) => id === call.meeting.dominantSpeaker)?.displayName;
      return {
        phase: call.phase,
        room: roomOf(call.room),
        joinedAt: new Date(call.joinedAt).toISOString(),
        microphone: call.microphone,
        camera: call.camera,
        sharing: call.meeting.sharing,
        people: call.others.length + 1,
        speaker,
        connection: call.connection.state,
        waiting: call.meeting.waiting,
      };
    }
    default:
      return { phase: call.phase };
  }
}

const roomOf = ({ name, deployment, free }: (CallState & { phase: 'joined' })['room']) => ({
  name,
  deployment,
  free,
});
