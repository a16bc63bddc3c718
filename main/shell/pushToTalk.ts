/** Hold to talk: the microphone is open for as long as a chord is held, and never longer. */
import type { CallState } from '../../shared/callState';

export interface PushToTalkParts {
  call: () => CallState;
  setMicrophone: (on: boolean) => void;
}

export class PushToTalk {
  readonly #parts: PushToTalkParts;
  #held = false;

  constructor(parts: PushToTalkParts) {
    this.#parts = parts;
  }

  get isHeld(): boolean {
    return this.#held;
  }

  /** The chord is down. Somebody who is heard already stays so, also when it is let go. */
  press(): void {
    const call = this.#parts.call();
    if (this.#held || call.phase !== 'joined' || call.microphone !== 'off') return;
    this.#held = true;
    this.#parts.setMicrophone(true);
  }

  /** The chord is up; or nobody will hear of that, since the keyboard has gone elsewhere. */
  release(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#parts.setMicrophone(false);
  }
}
