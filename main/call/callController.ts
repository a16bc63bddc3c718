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
import { log } from '../log';
import { CallSession } from './callSession';
import type { CallView, CallViewEvents } from './callView';
import type { Device } from './deviceTruth';
import type { CallSettings, FoundRoom, RoomFinder } from './roomFinder';

export interface CallControllerParts {
  finder: RoomFinder;
  settings: () => CallSettings;
  openView: (url: string, events: CallViewEvents) => CallView;
  /** Called after every change of state. */
  onChange: (state: CallState) => void;
  /** Monotonic, ms. */
  monotonic: () => number;
  /** ms since the Unix epoch. */
  wallClock: () => number;
}

export class CallController {
  readonly #parts: CallControllerParts;
  #state: CallState = IDLE;
  #request: AbortController | undefined;
  #session: CallSession | undefined;
  #inviteUrl: string | undefined;

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

  /** What "Copy invite link" copies; a lobby's invite, or in free mode the room's address. */
  get inviteUrl(): string | undefined {
    return this.#inviteUrl;
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
    try {
      this.#open(result.found, intent);
    } catch (error) {
      this.#end({ type: 'failed', failure: internalFailure(error) });
      return;
    }
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
    this.#session?.leave();
  }

  /** Puts a failure away. */
  dismiss(): void {
    this.#apply({ type: 'dismissed' });
  }

  setDevice(device: Device, on: boolean): void {
    this.#session?.setDevice(device, on);
  }

  /** Ends everything at once: the window is going. */
  abandon(): void {
    this.#request?.abort();
    this.#session?.abandon();
    this.#session = undefined;
    this.#apply({ type: 'closed' });
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

  #open({ room, url, inviteUrl }: FoundRoom, intent: CallIntent): void {
    this.#inviteUrl = inviteUrl;
    this.#apply({ type: 'opened', room });
    this.#session = new CallSession({
      room,
      media: intent.media,
      openView: (events) => this.#parts.openView(url, events),
      onEvent: (event) => this.#apply({ type: 'page', event, at: this.#parts.wallClock() }),
      onDevice: (device, state) => this.#apply({ type: 'device', device, state }),
      onFailure: (failure) => {
        log.warn('call.failed', { code: failure.code });
        this.#end({ type: 'failed', failure });
      },
      onClosed: () => this.#end({ type: 'closed' }),
      now: this.#parts.monotonic,
    });
  }

  #end(event: CallEvent): void {
    this.#session = undefined;
    this.#inviteUrl = undefined;
    this.#apply(event);
  }

  #apply(event: CallEvent): void {
    const state = next(this.#state, event);
    if (state === this.#state) return;
    this.#state = state;
    this.#parts.onChange(state);
  }
}

const COMPACT_JWS = /[\w-]+\.[\w-]+\.[\w-]{40,}/g;

/** Longest description kept of an error that nobody foresaw, in characters. */
const DETAIL_MAX = 300;

function internalFailure(error: unknown): CallFailure {
  return { code: 'internal', detail: String(error).replace(COMPACT_JWS, '<token>').slice(0, DETAIL_MAX) };
}
