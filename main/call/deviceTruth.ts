/**
 * What the page's microphone and camera really are. The page's events mislead: at load it says "not muted" without a
 * microphone, and the first opening sends no mute event at all (measured). So events and commands only make us ask,
 * briskly for a while and slowly always, and the answer is the truth; no answer is "unknown".
 */
import { randomUUID } from 'node:crypto';
import type { DeviceState } from '../../shared/callState';
import { encodeRequest } from '../../shared/jitsi/codec';
import type { JitsiQuestion } from '../../shared/jitsi/requests';

/** Between two rounds of questions while something may be changing, in ms. */
export const BRISK_MS = 100;
/** How long it stays brisk after a command or an event, in ms: a microphone takes 75 to 150 ms to open (recorded). */
export const BRISK_FOR_MS = 2_000;
/** Between two rounds otherwise, in ms. */
export const CALM_MS = 1_000;
/** After so long without an answer a device's state is unknown, in ms. */
export const ANSWER_TIMEOUT_MS = 3_000;

export type Device = 'microphone' | 'camera';

const QUESTIONS: Readonly<Record<Device, JitsiQuestion>> = {
  microphone: 'is-audio-muted',
  camera: 'is-video-muted',
};
const DEVICES: readonly Device[] = ['microphone', 'camera'];

export interface DeviceTruthParts {
  post: (text: string) => void;
  /** Called with every answer, and with `unknown` when answers stay away. */
  onState: (device: Device, state: DeviceState) => void;
  /** ms, from any fixed moment. */
  now: () => number;
}

export class DeviceTruth {
  readonly #parts: DeviceTruthParts;
  /** Questions that may still be answered, oldest first. */
  readonly #asked = new Map<string, { device: Device; at: number }>();
  readonly #answeredAt: Record<Device, number>;
  #timer: NodeJS.Timeout | undefined;
  #briskUntil = 0;

  constructor(parts: DeviceTruthParts) {
    this.#parts = parts;
    this.#answeredAt = { microphone: parts.now(), camera: parts.now() };
  }

  /** Asks now, and briskly for a while: something was done, or said, that may change a device. */
  ask(): void {
    this.#briskUntil = this.#parts.now() + BRISK_FOR_MS;
    this.#round();
  }

  /** Takes the page's answer to a question. False for ids that were not asked, and for answers that are none. */
  answer(id: string, result: unknown): boolean {
    const question = this.#asked.get(id);
    if (question === undefined) return false;
    const { device, at } = question;
    // Answers come in order: what was asked before this is out of date.
    for (const [earlier, other] of this.#asked) {
      if (other.device === device) this.#asked.delete(earlier);
      if (earlier === id) break;
    }
    const now = this.#parts.now();
    if (typeof result !== 'boolean' || now - at > ANSWER_TIMEOUT_MS) return false;
    this.#answeredAt[device] = now;
    this.#parts.onState(device, result ? 'off' : 'on');
    return true;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#asked.clear();
  }

  #round(): void {
    clearTimeout(this.#timer);
    const now = this.#parts.now();
    for (const device of DEVICES) {
      if (now - this.#answeredAt[device] > ANSWER_TIMEOUT_MS) {
        // And with it all that was asked: a page that answers late, or never, must not have us keep that.
        this.#forget(device);
        this.#parts.onState(device, 'unknown');
      }
      const id = randomUUID();
      this.#asked.set(id, { device, at: now });
      this.#parts.post(encodeRequest({ name: QUESTIONS[device] }, id));
    }
    this.#timer = setTimeout(() => this.#round(), now < this.#briskUntil ? BRISK_MS : CALM_MS);
  }

  #forget(device: Device): void {
    for (const [id, asked] of this.#asked) if (asked.device === device) this.#asked.delete(id);
  }
}
