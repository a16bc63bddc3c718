/** Shortcuts that count while one of Parley's windows has the keyboard, also inside the meeting. */
import type { WebContents } from 'electron';
import { chordOf, type Chords, endsChord, SHORTCUT_IDS, type ShortcutId } from '../../shared/shortcuts';
import type { PushToTalk } from './pushToTalk';

/** What a press does; holding to talk and the global shortcut have ways of their own. */
export type PressedId = Exclude<ShortcutId, 'talk' | 'global-microphone'>;

export interface ShortcutKeysParts {
  chords: () => Chords;
  mac: boolean;
  run: (id: PressedId) => void;
  talk: PushToTalk;
}

export class ShortcutKeys {
  readonly #parts: ShortcutKeysParts;
  /** While a new chord is being recorded, keys are only keys. */
  #suspended = false;
  /** A keyboard has been heard to hold the keys for talking: the page's word on them comes late, and says nothing new. */
  #talkHeard = false;

  constructor(parts: ShortcutKeysParts) {
    this.#parts = parts;
  }

  set suspended(suspended: boolean) {
    this.#suspended = suspended;
    if (suspended) this.#parts.talk.release();
  }

  /** Keys have come to a page of ours without having been heard here. */
  press(id: PressedId): void {
    if (!this.#suspended) this.#parts.run(id);
  }

  /** The same of the keys that are held to talk. */
  hold(on: boolean): void {
    const { talk } = this.#parts;
    if (this.#suspended || this.#talkHeard) return;
    if (on) talk.press();
    else talk.release();
  }

  /**
   * Hears the keys of some web contents before their page does: chords have modifiers or are function keys, so nothing that
   * is typed is taken from it.
   */
  listen(contents: WebContents): void {
    const { talk } = this.#parts;
    contents.on('before-input-event', (event, input) => {
      if (this.#suspended || input.isComposing) return;
      if (input.type === 'keyUp') this.#onUp(input);
      else if (input.type === 'keyDown' && this.#onDown(input)) event.preventDefault();
    });
    // The keyboard is gone with them, and so is the word that the chord was let go.
    contents.on('render-process-gone', () => talk.release());
    contents.on('destroyed', () => talk.release());
  }

  /**
   * @returns whether the press must not reach the page. What is held must: Chromium keeps the release of a key to itself
   *   when its press was (measured on Electron 25).
   */
  #onDown(input: Electron.Input): boolean {
    const { chords, mac, talk, run } = this.#parts;
    const chord = chordOf(input, mac);
    const pressed = SHORTCUT_IDS.find((id) => chord !== undefined && chords()[id] === chord);
    if (pressed === undefined || pressed === 'global-microphone') return false;
    if (pressed === 'talk') {
      this.#talkHeard = true;
      talk.press();
      return false;
    }
    if (!input.isAutoRepeat) run(pressed);
    return true;
  }

  #onUp(input: Electron.Input): void {
    const { chords, mac, talk } = this.#parts;
    if (talk.isHeld && endsChord(chords().talk, input, mac)) talk.release();
  }
}
