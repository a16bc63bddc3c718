/** One call in one view: the page's messages in, commands out, until it ends one way or another. */
import type { DeviceState, Room } from '../../shared/callState';
import type { CallFailure } from '../../shared/failure';
import {
  decodePageMessage,
  encodeCommand,
  type JitsiCommand,
  type JitsiEvent,
} from '../../shared/jitsi/codec';
import type { CallView, CallViewEvents } from './callView';
import { type Connection, ConnectionWatch, PROBE_EVERY_MS, PUBLIC_PROBE_EVERY_MS } from './connectionWatch';
import { type Device, DeviceTruth } from './deviceTruth';
import { judgePageError, type PageError } from './pageErrors';
import type { Probe } from './probe';

/** Longest wait from opening the page to being in the room, in ms. */
export const JOIN_TIMEOUT_MS = 45_000;
/** Longest wait for the page to say goodbye after "hang up", in ms. */
export const HANGUP_TIMEOUT_MS = 2_000;
/** How long a page that has left the room by itself may take to close or to join again, in ms. */
export const GONE_TIMEOUT_MS = 3_000;
/** How long a joined page may leave every question unanswered before it is said to hang, in ms. */
export const HUNG_AFTER_MS = 8_000;
/** How long a device may take to follow a command before the same command is sent again, in ms. */
const FOLLOW_MS = 2_000;

const TOGGLE: Readonly<Record<Device, JitsiCommand>> = { microphone: 'toggle-audio', camera: 'toggle-video' };

/** What the call knows of the network, apart from its page. */
export interface Network {
  probe: Probe;
  isOnline: () => boolean;
}

export interface CallSessionParts {
  room: Room;
  /** The devices to open once the room is entered. */
  open: readonly Device[];
  openView: (events: CallViewEvents) => CallView;
  network: Network;
  onEvent: (event: JitsiEvent) => void;
  onDevice: (device: Device, state: DeviceState) => void;
  onConnection: (connection: Connection) => void;
  onHung: (hung: boolean) => void;
  /** The call ended against the user's will. */
  onFailure: (failure: CallFailure) => void;
  /** The page, which had joined, is of no use any more and closed; the room may be entered anew. */
  onLost: (failure: CallFailure) => void;
  /** The call ended as it should; the view is gone. */
  onClosed: () => void;
  now: () => number;
}

export class CallSession {
  readonly #parts: CallSessionParts;
  readonly #view: CallView;
  readonly #truth: DeviceTruth;
  /** What devices are to be once the page has said what they are, or has followed the command before. */
  readonly #wishes = new Map<Device, boolean>();
  readonly #shown: Record<Device, DeviceState> = { microphone: 'unknown', camera: 'unknown' };
  /** Commands that the page has yet to follow: the page only knows "toggle", so none may be sent twice. */
  readonly #pending = new Map<Device, { on: boolean; until: number }>();
  #timer: NodeJS.Timeout;
  #hungTimer: NodeJS.Timeout | undefined;
  #watch: ConnectionWatch | undefined;
  #hung = false;
  #sharing = false;
  #joined = false;
  #leaving = false;
  #over = false;

  constructor(parts: CallSessionParts) {
    this.#parts = parts;
    this.#truth = new DeviceTruth({
      post: (text) => this.#view.post(text),
      onState: (device, state) => this.#onDevice(device, state),
      now: parts.now,
    });
    this.#view = parts.openView({
      onMessage: (text) => this.#onMessage(text),
      onFailure: (failure) => this.#lose(failure),
      onReloaded: () => this.#onReloaded(),
      onXmpp: (sign) => this.#watch?.onXmpp(sign),
    });
    this.#timer = setTimeout(() => this.#onJoinTimeout(), JOIN_TIMEOUT_MS);
  }

  get view(): CallView {
    return this.#view;
  }

  /** Whether the room was entered by this page. */
  get joined(): boolean {
    return this.#joined;
  }

  /** Looks at once whether the deployment is still reached: the machine has woken up, or its network has changed. */
  lookAtConnection(): void {
    this.#watch?.look();
  }

  /** Gives the page up: the user has had enough of waiting for it. */
  giveUp(): void {
    if (this.#joined && !this.#leaving) this.#lose({ code: 'page-hung' });
  }

  /** Opens or closes a device. Nothing is sent when the page already says so; its answer is shown in any case. */
  setDevice(device: Device, on: boolean): void {
    if (!this.#joined || this.#leaving || this.#over) return;
    const shown = this.#shown[device];
    if (shown === 'unknown' || this.#isFollowing(device, !on)) this.#wishes.set(device, on);
    else this.#wishes.delete(device);
    if (shown === (on ? 'off' : 'on')) this.#toggle(device, on);
    this.#truth.ask();
  }

  /** Has the page ask for the screen, which asks the user what to show. */
  startSharing(): void {
    if (this.#sharing || !this.#joined || this.#leaving || this.#over) return;
    this.#view.post(encodeCommand('toggle-share-screen'));
  }

  /** Has the page show the screen no more. Only when it does: the page knows only "toggle". */
  stopSharing(): void {
    if (!this.#sharing || this.#leaving || this.#over) return;
    this.#view.post(encodeCommand('toggle-share-screen'));
  }

  #toggle(device: Device, on: boolean): void {
    if (this.#isFollowing(device, on)) return;
    this.#pending.set(device, { on, until: this.#parts.now() + FOLLOW_MS });
    this.#view.post(encodeCommand(TOGGLE[device]));
  }

  /** Hangs up and waits a moment for the page to tell the others; then it is closed in any case. */
  leave(): void {
    if (this.#over || this.#leaving) return;
    if (!this.#joined) {
      this.#close();
      return;
    }
    this.#leaving = true;
    this.#truth.stop();
    this.#watch?.stop();
    clearTimeout(this.#hungTimer);
    this.#view.post(encodeCommand('video-hangup'));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#close(), HANGUP_TIMEOUT_MS);
  }

  /** Ends it now, without a word to the page: the app quits. */
  abandon(): void {
    this.#end();
  }

  #onMessage(text: string): void {
    if (this.#over) return;
    const message = decodePageMessage(text);
    // A free deployment may ask the host to log in, on its own page and in the host's own time.
    if (message?.kind === 'ready' && this.#parts.room.free && !this.#joined) clearTimeout(this.#timer);
    if (message?.kind === 'answer') this.#onAnswer(message.id, message.result);
    if (message?.kind === 'event') this.#onEvent(message.event);
  }

  #onAnswer(id: string, result: unknown): void {
    if (this.#truth.answer(id, result)) this.#expectAnswers();
  }

  /** Whatever the page does not answer for so long, it hangs: its devices may be open, and nobody can tell. */
  #expectAnswers(): void {
    clearTimeout(this.#hungTimer);
    this.#setHung(false);
    this.#hungTimer = setTimeout(() => this.#setHung(true), HUNG_AFTER_MS);
  }

  #setHung(hung: boolean): void {
    if (this.#hung === hung) return;
    this.#hung = hung;
    this.#parts.onHung(hung);
  }

  #onEvent(event: JitsiEvent): void {
    this.#parts.onEvent(event);
    switch (event.name) {
      case 'video-conference-joined':
        this.#onJoined();
        break;
      case 'audio-mute-status-changed':
      case 'audio-availability-changed':
      case 'video-mute-status-changed':
      case 'video-availability-changed':
        this.#askAgain();
        break;
      case 'mic-error':
        this.#onDeviceError('microphone');
        break;
      case 'camera-error':
        this.#onDeviceError('camera');
        break;
      case 'video-conference-left':
        this.#onLeft();
        break;
      case 'participant-kicked-out':
        if (event.kicked.local === true) this.#fail({ code: 'kicked', by: event.kicker?.name });
        break;
      case 'error-occurred':
        this.#onError(event.error);
        break;
      case 'screen-sharing-status-changed':
        this.#sharing = event.on;
        break;
      case 'suspend-detected':
        // The page has left the room and offers to join again, by a button of its own.
        this.#lose({ code: 'suspended' });
        break;
      case 'video-ready-to-close':
        // About 0.5 s later the page would navigate away (measured).
        this.#close();
        break;
      default:
        break;
    }
  }

  /** The command came to nothing: the next one is a new attempt. */
  #onDeviceError(device: Device): void {
    this.#pending.delete(device);
    this.#askAgain();
  }

  #askAgain(): void {
    if (this.#joined && !this.#leaving) this.#truth.ask();
  }

  #onLeft(): void {
    if (!this.#joined || this.#leaving) return;
    const host = new URL(this.#parts.room.deployment).host;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fail({ code: 'ended-by-page', host }), GONE_TIMEOUT_MS);
  }

  #onJoined(): void {
    clearTimeout(this.#timer);
    if (this.#joined) return;
    this.#joined = true;
    for (const device of this.#parts.open) this.#wishes.set(device, true);
    this.#truth.ask();
    this.#expectAnswers();
    const { network, room } = this.#parts;
    // Whatever is there or not: that it is said shows that the server is reached.
    const address = `${new URL(room.deployment).origin}/favicon.ico`;
    this.#watch = new ConnectionWatch({
      probe: (timeoutMs) => network.probe(address, timeoutMs),
      isOnline: network.isOnline,
      onChange: (connection) => this.#parts.onConnection(connection),
      onStuck: () => this.#lose({ code: 'connection-lost', host: new URL(room.deployment).host }),
      everyMs: room.free ? PUBLIC_PROBE_EVERY_MS : PROBE_EVERY_MS,
    });
  }

  #onDevice(device: Device, state: DeviceState): void {
    if (this.#over || this.#leaving) return;
    if (this.#shown[device] !== state) this.#pending.delete(device);
    this.#shown[device] = state;
    this.#parts.onDevice(device, state);
    if (state !== 'unknown') this.#fulfil(device, state === 'on');
  }

  /** Does what was wished for a device that turns out to be open or not. A wish counts once. */
  #fulfil(device: Device, isOn: boolean): void {
    const wish = this.#wishes.get(device);
    if (wish === undefined || (wish === isOn && this.#isFollowing(device, !wish))) return;
    this.#wishes.delete(device);
    if (wish === isOn) return;
    this.#toggle(device, wish);
    this.#truth.ask();
  }

  /** Whether the page was told to open (or close) a device, and may still do it. */
  #isFollowing(device: Device, on: boolean): boolean {
    const pending = this.#pending.get(device);
    return pending?.on === on && this.#parts.now() < pending.until;
  }

  #onError(error: PageError): void {
    const { deployment, free } = this.#parts.room;
    const { host } = new URL(deployment);
    const verdict = judgePageError(error, { joined: this.#joined, free, host });
    if (verdict.kind === 'failed') this.#fail(verdict.failure);
    if (verdict.kind === 'lost') this.#lose(verdict.failure);
  }

  /** Before the room is entered a deployment may lead through pages of its own, such as a login. */
  #onReloaded(): void {
    const { host } = new URL(this.#parts.room.deployment);
    if (this.#joined) this.#lose({ code: 'connection-lost', host });
  }

  #onJoinTimeout(): void {
    const host = new URL(this.#parts.room.deployment).host;
    this.#fail({ code: 'deployment-timeout', host, seconds: JOIN_TIMEOUT_MS / 1000 });
  }

  #fail(failure: CallFailure): void {
    if (this.#over) return;
    if (this.#leaving) {
      this.#close();
      return;
    }
    this.#end();
    this.#parts.onFailure(failure);
  }

  #lose(failure: CallFailure): void {
    if (this.#over || this.#leaving || !this.#joined) {
      this.#fail(failure);
      return;
    }
    this.#end();
    this.#parts.onLost(failure);
  }

  #close(): void {
    if (this.#over) return;
    this.#end();
    this.#parts.onClosed();
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#hungTimer);
    this.#truth.stop();
    this.#watch?.stop();
    this.#view.close();
  }
}
