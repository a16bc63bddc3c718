/** One call in one view: the page's messages in, commands out, until it ends one way or another. */
import type { DeviceState, Room } from '../../shared/callState';
import type { CallFailure } from '../../shared/failure';
import {
  decodePageMessage,
  encodeCommand,
  type JitsiCommand,
  type JitsiEvent,
} from '../../shared/jitsi/codec';
import type { Media } from '../../shared/lobbyApi';
import type { CallView, CallViewEvents } from './callView';
import { type Device, DeviceTruth } from './deviceTruth';

/** Longest wait from opening the page to being in the room, in ms. */
export const JOIN_TIMEOUT_MS = 45_000;
/** Longest wait for the page to say goodbye after "hang up", in ms. */
export const HANGUP_TIMEOUT_MS = 2_000;
/** How long a page that has left the room by itself may take to close or to join again, in ms. */
export const GONE_TIMEOUT_MS = 3_000;
/** How long a device may take to follow a command before the same command is sent again, in ms. */
const FOLLOW_MS = 2_000;

const TOGGLE: Readonly<Record<Device, JitsiCommand>> = { microphone: 'toggle-audio', camera: 'toggle-video' };

export interface CallSessionParts {
  room: Room;
  media: Media;
  openView: (events: CallViewEvents) => CallView;
  onEvent: (event: JitsiEvent) => void;
  onDevice: (device: Device, state: DeviceState) => void;
  /** The call ended against the user's will. */
  onFailure: (failure: CallFailure) => void;
  /** The call ended as it should; the view is gone. */
  onClosed: () => void;
  now: () => number;
}

export class CallSession {
  readonly #parts: CallSessionParts;
  readonly #view: CallView;
  readonly #truth: DeviceTruth;
  /** Devices that are to be opened as soon as the page has said that they are not. */
  readonly #toOpen = new Set<Device>();
  readonly #shown: Record<Device, DeviceState> = { microphone: 'unknown', camera: 'unknown' };
  /** Commands that the page has yet to follow: the page only knows "toggle", so none may be sent twice. */
  readonly #pending = new Map<Device, { on: boolean; until: number }>();
  #timer: NodeJS.Timeout;
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
      onFailure: (failure) => this.#fail(failure),
    });
    this.#timer = setTimeout(() => this.#onJoinTimeout(), JOIN_TIMEOUT_MS);
  }

  get view(): CallView {
    return this.#view;
  }

  /** Opens or closes a device. Nothing is sent when the page already says so; its answer is shown in any case. */
  setDevice(device: Device, on: boolean): void {
    if (!this.#joined || this.#leaving || this.#over) return;
    const shown = this.#shown[device];
    this.#toOpen.delete(device);
    if (shown === 'unknown' && on) this.#toOpen.add(device);
    if (shown === (on ? 'off' : 'on')) this.#toggle(device, on);
    this.#truth.ask();
  }

  #toggle(device: Device, on: boolean): void {
    const pending = this.#pending.get(device);
    const now = this.#parts.now();
    if (pending?.on === on && now < pending.until) return;
    this.#pending.set(device, { on, until: now + FOLLOW_MS });
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
    if (message?.kind === 'answer') this.#truth.answer(message.id, message.result);
    if (message?.kind === 'event') this.#onEvent(message.event);
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
    this.#toOpen.add('microphone');
    if (this.#parts.media === 'video') this.#toOpen.add('camera');
    this.#truth.ask();
  }

  #onDevice(device: Device, state: DeviceState): void {
    if (this.#over || this.#leaving) return;
    if (this.#shown[device] !== state) this.#pending.delete(device);
    this.#shown[device] = state;
    this.#parts.onDevice(device, state);
    if (state === 'unknown' || !this.#toOpen.delete(device)) return;
    if (state === 'off') {
      this.#toggle(device, true);
      this.#truth.ask();
    }
  }

  /** The page flags no error as fatal, though after these the call is over (recorded). */
  #onError(error: (JitsiEvent & { name: 'error-occurred' })['error']): void {
    const host = new URL(this.#parts.room.deployment).host;
    if (error.name === 'connection.passwordRequired') {
      // Without a token the page offers its own login (recorded); that is how a free deployment asks for a host.
      if (this.#parts.room.free && error.recoverable === true) return;
      this.#fail({ code: 'deployment-refused-token', host, detail: error.message ?? '' });
    } else if (error.name === 'conference.connectionError.notAllowed') {
      const reason = error.params?.[1];
      this.#fail({
        code: 'deployment-refused-token',
        host,
        detail: typeof reason === 'string' ? reason.slice(0, 200) : '',
      });
    } else if (!this.#joined && (error.type === 'CONNECTION' || error.type === 'CONFERENCE')) {
      this.#fail({ code: 'deployment-error', host, detail: error.name });
    }
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

  #close(): void {
    if (this.#over) return;
    this.#end();
    this.#parts.onClosed();
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#timer);
    this.#truth.stop();
    this.#view.close();
  }
}
