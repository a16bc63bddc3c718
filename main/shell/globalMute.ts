/** The shortcut that mutes from anywhere. The keys are taken from the system for as long as there is a call, no longer. */
import { acceleratorOf, type Chord } from '../../shared/shortcuts';

/** The part of Electron's `globalShortcut` that is needed. */
export interface GlobalKeys {
  register: (accelerator: string, run: () => void) => boolean;
  unregister: (accelerator: string) => void;
}

export interface GlobalMuteParts {
  keys: GlobalKeys;
  run: () => void;
}

export class GlobalMute {
  readonly #parts: GlobalMuteParts;
  #registered: Chord = '';
  #refused: Chord = '';

  constructor(parts: GlobalMuteParts) {
    this.#parts = parts;
  }

  /** Whether the system has refused a chord when it was last tried: another program has it. */
  isTaken(chord: Chord): boolean {
    return chord !== '' && chord === this.#refused;
  }

  /**
   * Takes the chord, or gives it back. Tried once for each call: what the system refuses it goes on refusing.
   * @returns whether it is taken now and was not before, or the other way round
   */
  update(chord: Chord, inCall: boolean): boolean {
    const wasTaken = this.isTaken(chord);
    this.#take(inCall ? chord : '');
    return this.isTaken(chord) !== wasTaken;
  }

  /** Whether the system would give a chord now. */
  probe(chord: Chord): boolean {
    if (chord === '' || chord === this.#registered) return !this.isTaken(chord);
    const given = this.#try(chord);
    if (given) this.#parts.keys.unregister(acceleratorOf(chord));
    this.#refused = given ? '' : chord;
    return given;
  }

  #take(wanted: Chord): void {
    if (wanted === this.#registered) return;
    this.#release();
    if (wanted === '') return;
    this.#registered = wanted;
    this.#refused = this.#try(wanted) ? '' : wanted;
  }

  #try(chord: Chord): boolean {
    try {
      return this.#parts.keys.register(acceleratorOf(chord), this.#parts.run);
    } catch {
      // Electron throws for keys that it does not know.
      return false;
    }
  }

  #release(): void {
    if (this.#registered !== '' && !this.isTaken(this.#registered)) {
      this.#parts.keys.unregister(acceleratorOf(this.#registered));
    }
    this.#registered = '';
  }
}
