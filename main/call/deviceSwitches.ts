/**
 * Opens and closes microphone and camera. The page only knows "toggle", so it is told when it has said that a device is
 * otherwise than wished, and not again while it may still follow. It may follow late: a headset that wakes up, or a system
 * that asks its user, opens a microphone seconds after the command. So what is wished meanwhile counts whenever that comes.
 */
import type { DeviceState } from '../../shared/callState';
import { encodeCommand } from '../../shared/jitsi/codec';
import { type Device, DeviceTruth } from './deviceTruth';

/** How long a device may take to follow a command before the same command may be sent again, in ms. */
const FOLLOW_MS = 2_000;

const TOGGLE = { microphone: 'toggle-audio', camera: 'toggle-video' } as const;

export interface DeviceSwitchesParts {
  post: (text: string) => void;
  onState: (device: Device, state: DeviceState) => void;
  /** Monotonic, ms. */
  now: () => number;
}

export class DeviceSwitches {
  readonly #parts: DeviceSwitchesParts;
  readonly #truth: DeviceTruth;
  /** What devices are to be once the page has said what they are, or has followed the command before. */
  readonly #wishes = new Map<Device, boolean>();
  readonly #shown: Record<Device, DeviceState> = { microphone: 'unknown', camera: 'unknown' };
  /** Commands that the page has not been seen to follow. `until` then none is sent twice. */
  readonly #pending = new Map<Device, { on: boolean; until: number }>();
  #over = false;

  constructor(parts: DeviceSwitchesParts) {
    this.#parts = parts;
    this.#truth = new DeviceTruth({
      post: parts.post,
      onState: (device, state) => this.#onState(device, state),
      now: parts.now,
    });
  }

  /** Opens devices as soon as the page has said that they are closed. */
  open(devices: readonly Device[]): void {
    for (const device of devices) this.#wishes.set(device, true);
    this.#truth.ask();
  }

  /** Opens or closes a device. Nothing is sent when the page already says so; its answer is shown in any case. */
  set(device: Device, on: boolean): void {
    const shown = this.#shown[device];
    if (shown === 'unknown' || this.#isOutstanding(device, !on)) this.#wishes.set(device, on);
    else this.#wishes.delete(device);
    if (shown === (on ? 'off' : 'on')) this.#toggle(device, on);
    this.#truth.ask();
  }

  /** The page has said something that may have changed a device. */
  ask(): void {
    this.#truth.ask();
  }

  /** The command came to nothing: the next one is a new attempt. */
  failed(device: Device): void {
    this.#pending.delete(device);
  }

  /** Takes an answer of the page; false when it is not to one of these questions. */
  answer(id: string, result: unknown): boolean {
    return this.#truth.answer(id, result);
  }

  stop(): void {
    this.#over = true;
    this.#truth.stop();
  }

  #onState(device: Device, state: DeviceState): void {
    if (this.#over) return;
    if (state !== 'unknown' && this.#isOutstanding(device, state === 'on')) this.#pending.delete(device);
    this.#shown[device] = state;
    this.#parts.onState(device, state);
    if (state !== 'unknown') this.#fulfil(device, state === 'on');
  }

  /** Does what was wished for a device that turns out to be open or not. A wish counts once. */
  #fulfil(device: Device, isOn: boolean): void {
    const wish = this.#wishes.get(device);
    if (wish === undefined || (wish === isOn && this.#isOutstanding(device, !wish))) return;
    this.#wishes.delete(device);
    if (wish === isOn) return;
    this.#toggle(device, wish);
    this.#truth.ask();
  }

  #toggle(device: Device, on: boolean): void {
    if (this.#isFollowing(device, on)) return;
    this.#pending.set(device, { on, until: this.#parts.now() + FOLLOW_MS });
    this.#parts.post(encodeCommand(TOGGLE[device]));
  }

  /** Whether the page was told to open (or close) a device, and has neither done so nor said that it cannot. */
  #isOutstanding(device: Device, on: boolean): boolean {
    return this.#pending.get(device)?.on === on;
  }

  /** Whether that was only just now, so that the same command would undo it. */
  #isFollowing(device: Device, on: boolean): boolean {
    const pending = this.#pending.get(device);
    return pending?.on === on && this.#parts.now() < pending.until;
  }
}
