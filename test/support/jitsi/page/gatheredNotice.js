// @ts-check

/** How long the real page gathers comings and goings before it shows them, in milliseconds (recorded: 1.7 s to 1.9 s). */
const GATHERING_MS = 1800;

const COUNTS = ['One', 'Two', 'ThreePlus'];

/** One notification for all who came, or left, within a moment: `notify.connectedOneMember`. */
export class GatheredNotice {
  /** @type {Set<string>} */
  #ids = new Set();

  /** @param {'connected' | 'left'} what @param {(title: string) => void} show */
  constructor(what, show) {
    this.what = what;
    this.show = show;
  }

  /** @param {string} id */
  add(id) {
    if (this.#ids.size === 0) setTimeout(() => this.#close(), GATHERING_MS);
    this.#ids.add(id);
  }

  #close() {
    const count = COUNTS[Math.min(this.#ids.size, COUNTS.length) - 1];
    this.#ids.clear();
    this.show(`notify.${this.what}${count}Member${count === 'One' ? '' : 's'}`);
  }
}
