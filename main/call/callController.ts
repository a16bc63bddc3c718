/** Runs calls: feeds the state machine, and does what its states ask for. There is at most one call. */
import {
  canStart,
  IDLE,
  next,
  type CallEvent,
  type CallIntent,
  type CallState,
} from '../../shared/callState';
import type { CallFailure } from '../../shared/failure';
import type { JitsiEvent } from '../../shared/jitsi/events';
import type { Line } from '../../shared/lineQuality';
import { type Meeting, NEW_MEETING } from '../../shared/meeting';
import { type ControlName, isForTheCall, type MeetingControl } from '../../shared/meetingControl';
import { log } from '../log';
import type { Network } from './callLine';
import { CallSession } from './callSession';
import type { CallView, CallViewEvents } from './callView';
import type { Device } from './deviceTruth';
import { internalFailure } from './internalFailure';
import type { PageQuestions } from './pageQuestions';
import { Rejoin } from './rejoin';
import type { CallSettings, FoundRoom, RoomFinder } from './roomFinder';

export interface CallControllerParts {
  finder: RoomFinder;
  settings: () => CallSettings;
  openView: (url: string, events: CallViewEvents) => CallView;
  network: Network;
  /** Whether the page is out of sight now. */
  unseen: () => boolean;
  /** The page shows the screen, or does not any more. */
  onSharing: (on: boolean) => void;
  /** The page says that a device has come or gone. */
  onDeviceList: () => void;
  /** Called after every change of state. */
  onChange: (state: CallState) => void;
  /** Monotonic, ms. */
  monotonic: () => number;
  /** ms since the Unix epoch. */
  wallClock: () => number;
  /** From [0, 1), to spread attempts. */
  random: () => number;
}

export class CallController {
  readonly #parts: CallControllerParts;
  #state: CallState = IDLE;
  #request: AbortController | undefined;
  #session: CallSession | undefined;
  #found: FoundRoom | undefined;
  #rejoin: Rejoin | undefined;
  /** The room's password as the user has entered or set it in this call, for a page that takes another's place. */
  #password: string | undefined;
  /** What the user has chosen for the call, for the same page. */
  readonly #chosen = new Map<ControlName, MeetingControl>();
  /** Devices as last known or wished for: what a page that takes another's place opens, and nothing else. */
  readonly #wanted = new Set<Device>();

  constructor(parts: CallControllerParts) {
    this.#parts = parts;
  }

  get state(): CallState {
    return this.#state;
  }

  /** The view of the call, while there is one. */
  get view(): CallView | undefined {
    return this.#session?.view;
  }

  /** What is known of the line, while a page is in the room. */
  get line(): Line | undefined {
    return this.#session?.line;
  }

  /** The room as it was found, while there is a call. Its links are secrets. */
  get found(): FoundRoom | undefined {
    return this.#found;
  }

  /** What "Copy invite link" copies; a lobby's invite, or in free mode the room's address. */
  get inviteUrl(): string | undefined {
    return this.#found?.inviteUrl;
  }

  /** Origin of the lobby that let the user into the room; `undefined` without a call, or in free mode. */
  get lobby(): string | undefined {
    const renewal = this.#found?.renewal;
    return renewal === undefined || renewal.by === 'name' ? undefined : renewal.lobby;
  }

  /** Starts a call. Does nothing while one is under way. */
  async start(intent: CallIntent): Promise<void> {
    if (!canStart(this.#state)) return;
    const request = new AbortController();
    this.#request = request;
    const clickedAt = this.#parts.monotonic();
    const since = () => Math.round((this.#parts.monotonic() - clickedAt) * 10) / 10;
    this.#apply({ type: 'requested', intent });

    const result = await this.#find(intent, request.signal, () => {
      log.info('call.answered', { ms: since() });
      this.#apply({ type: 'answered' });
    });
    if (request.signal.aborted) return;
    if (!result.ok) {
      log.warn('call.failed', { code: result.failure.code });
      this.#apply({ type: 'failed', failure: result.failure });
      return;
    }
    log.info('call.checked', { ms: since(), jti: result.found.jti });
    this.#wanted.clear();
    const { startMuted, cameraOff } = this.#parts.settings();
    if (!startMuted) this.#wanted.add('microphone');
    if (intent.media === 'video' && !cameraOff) this.#wanted.add('camera');
    this.#apply({ type: 'opened', room: result.found.room });
    if (!this.#open(result.found)) return;
    log.info('call.opened', { ms: since() });
  }

  /** The same call again, after a failure. */
  retry(): void {
    if (this.#state.phase === 'failed') void this.start(this.#state.intent);
  }

  /** Cancels what is under way, or hangs up. */
  leave(): void {
    this.#request?.abort();
    this.#apply({ type: 'leaveRequested' });
    if (this.#session !== undefined) this.#session.leave();
    // Between two pages there is nothing to say goodbye to.
    else if (this.#rejoin !== undefined) this.#end({ type: 'closed' });
  }

  /** Has the page do something else that the user wants. */
  control(control: MeetingControl): void {
    if (control.what === 'enter-password' || control.what === 'set-password') this.#password = control.text;
    if (isForTheCall(control)) this.#chosen.set(control.what, control);
    this.#session?.control(control);
  }

  /** What the page has said of its meeting. */
  get meeting(): Meeting {
    return 'meeting' in this.#state ? this.#state.meeting : NEW_MEETING;
  }

  /** Questions to the page, while there is one. */
  get questions(): PageQuestions | undefined {
    return this.#session?.questions;
  }

  /** Enters the room anew: its page hangs. */
  rejoin(): void {
    this.#session?.giveUp();
  }

  /** The machine has woken up, or its network has changed. */
  lookAtConnection(): void {
    this.#session?.lookAtConnection();
  }

  /** The page may have come into sight or gone out of it. */
  lookAtPlace(): void {
    this.#session?.lookAtPlace();
  }

  /** Puts a failure away. */
  dismiss(): void {
    this.#apply({ type: 'dismissed' });
  }

  setDevice(device: Device, on: boolean): void {
    // The page first: what all others make of the change can wait, a microphone cannot.
    this.#session?.setDevice(device, on);
    this.#want(device, on);
  }

  /** Ends everything at once: the window is going. */
  abandon(): void {
    this.#request?.abort();
    this.#session?.abandon();
    this.#end({ type: 'closed' });
  }

  async #find(intent: CallIntent, signal: AbortSignal, onAnswer: () => void): ReturnType<RoomFinder['find']> {
    const onAnswerUnlessOver = () => {
      if (!signal.aborted) onAnswer();
    };
    try {
      return await this.#parts.finder.find(intent, this.#parts.settings(), signal, onAnswerUnlessOver);
    } catch (error) {
      return { ok: false, failure: internalFailure(error) };
    }
  }

  /** False when there can be no view: the call has then failed. */
  #open(found: FoundRoom): boolean {
    this.#found = found;
    try {
      this.#session = this.#newSession(found);
      return true;
    } catch (error) {
      this.#end({ type: 'failed', failure: internalFailure(error) });
      return false;
    }
  }

  #newSession({ room, url }: FoundRoom): CallSession {
    return new CallSession({
      room,
      open: () => [...this.#wanted],
      chosen: () => [...this.#chosen.values()],
      openView: (events) => this.#parts.openView(url, events),
      network: this.#parts.network,
      password: this.#password,
      meeting: () => this.meeting,
      unseen: this.#parts.unseen,
      onEvent: (event) => this.#onPage(event),
      onDevice: (device, state) => {
        if (state !== 'unknown') this.#want(device, state === 'on');
        this.#apply({ type: 'device', device, state });
      },
      tell: (event) => this.#onTold(event),
      onFailure: (failure) => this.#onFailure(failure),
      onLost: (failure) => this.#onLost(failure),
      onClosed: () => this.#end({ type: 'closed' }),
      now: this.#parts.monotonic,
    });
  }

  #onTold(event: CallEvent): void {
    if (event.type === 'connection') log.info('call.connection', { connection: event.connection });
    if (event.type === 'waiting') log.info('call.waiting', { for: event.waiting ?? 'nobody' });
    this.#apply(event);
  }

  #onPage(event: JitsiEvent): void {
    if (event.name === 'video-conference-joined') this.#rejoin?.joined();
    if (event.name === 'screen-sharing-status-changed') this.#parts.onSharing(event.on);
    if (event.name === 'device-list-changed') this.#parts.onDeviceList();
    this.#apply({ type: 'page', event, at: this.#parts.wallClock() });
    if (event.name === 'video-conference-joined') this.#tellWanted();
  }

  #want(device: Device, on: boolean): void {
    if (on) this.#wanted.add(device);
    else this.#wanted.delete(device);
    this.#tellWanted();
  }

  #tellWanted(): void {
    this.#apply({ type: 'wanted', microphone: this.#wanted.has('microphone') });
  }

  /** The call is over, unless the room was being entered anew: then another attempt may do. */
  #onFailure(failure: CallFailure): void {
    const entering = this.#state.phase === 'joined' && this.#state.connection.state === 'rejoining';
    if (entering) this.#onLost(failure);
    else this.#fail(failure);
  }

  #onLost(because: CallFailure): void {
    const found = this.#found;
    if (found === undefined) return;
    log.warn('call.lost', { code: because.code });
    this.#session = undefined;
    this.#rejoin ??= new Rejoin({
      renew: (signal) => this.#renew(found, signal),
      open: (fresh) => {
        log.info('call.rejoining', { jti: fresh.jti });
        this.#open(fresh);
      },
      onTrying: (failure) => this.#apply({ type: 'rejoining', because: failure }),
      onGivenUp: (failure) => this.#fail(failure),
      now: this.#parts.monotonic,
      random: this.#parts.random,
    });
    this.#rejoin.lost(because);
  }

  async #renew(found: FoundRoom, signal: AbortSignal): ReturnType<RoomFinder['renew']> {
    try {
      return await this.#parts.finder.renew(found, this.#parts.settings(), signal);
    } catch (error) {
      return { ok: false, failure: internalFailure(error) };
    }
  }

  #fail(failure: CallFailure): void {
    log.warn('call.failed', { code: failure.code });
    this.#end({ type: 'failed', failure });
  }

  #end(event: CallEvent): void {
    this.#rejoin?.cancel();
    this.#rejoin = undefined;
    this.#session = undefined;
    this.#found = undefined;
    this.#password = undefined;
    this.#chosen.clear();
    this.#apply(event);
  }

  #apply(event: CallEvent): void {
    const state = next(this.#state, event);
    if (state === this.#state) return;
    this.#state = state;
    this.#parts.onChange(state);
  }
}
