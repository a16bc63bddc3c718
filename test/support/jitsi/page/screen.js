// @ts-check

/** @typedef {import('./postis.js').Postis} Postis */

/** Showing the screen: a real `getDisplayMedia`, and what the page says of it (`one-to-one-call.jsonl`). */
export class Screen {
  /** @type {MediaStreamTrack | undefined} */
  #track;
  #asking = false;

  /** @param {Postis} postis @param {(on: boolean) => void} onChange */
  constructor(postis, onChange) {
    this.postis = postis;
    this.onChange = onChange;
  }

  async toggle() {
    if (this.#track) return this.#stop();
    if (this.#asking) return;
    this.#asking = true;
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: true });
      this.#start(stream);
    } catch {
      // Whoever shows nothing is told nothing.
    } finally {
      this.#asking = false;
    }
  }

  close() {
    this.#track?.stop();
    this.#track = undefined;
  }

  /** @param {MediaStream} stream */
  #start(stream) {
    const [track] = stream.getVideoTracks();
    if (!track) return;
    this.#track = track;
    track.onended = () => this.#stop();
    const { displaySurface: sourceType = 'monitor' } = track.getSettings();
    this.postis.event('screen-sharing-status-changed', { on: true, details: { sourceType } });
    this.onChange(true);
  }

  #stop() {
    this.close();
    this.postis.event('screen-sharing-status-changed', { on: false, details: {} });
    this.onChange(false);
    this.postis.event('video-availability-changed', { available: true });
  }
}
