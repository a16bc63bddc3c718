// @ts-check

/**
 * The page's own microphone or camera: a real track of `getUserMedia`, opened at the first use and not before.
 */
export class LocalTrack {
  /** @type {MediaStreamTrack | undefined} */
  #track;

  /** The device to open; `undefined` leaves it to the browser. @type {string | undefined} */
  deviceId;

  /** @param {'audio' | 'video'} kind */
  constructor(kind) {
    this.kind = kind;
  }

  get opened() {
    return this.#track !== undefined;
  }

  /** True as well while there is no track: this is what `is-audio-muted` answers. */
  get muted() {
    return !this.#track?.enabled;
  }

  /** Id of the device that the track comes from. */
  get openedDevice() {
    return this.#track?.getSettings().deviceId;
  }

  /** What a `video` element can show. */
  get stream() {
    return this.#track && new MediaStream([this.#track]);
  }

  /** Asks for the device. Rejects as `getUserMedia` does. */
  async open() {
    const stream = await navigator.mediaDevices.getUserMedia({
      [this.kind]: this.deviceId === undefined ? true : { deviceId: this.deviceId },
    });
    [this.#track] = stream.getTracks();
  }

  /** @param {boolean} muted */
  setMuted(muted) {
    if (this.#track) this.#track.enabled = !muted;
  }

  close() {
    this.#track?.stop();
    this.#track = undefined;
  }
}

/**
 * What `mic-error` and `camera-error` tell of a rejected `getUserMedia`
 * (lib-jitsi-meet `JitsiTrackErrors.ts` and `JitsiTrackError.ts`).
 *
 * @param {unknown} error
 * @param {'audio' | 'video'} kind
 */
export function trackError(error, kind) {
  switch (error instanceof DOMException ? error.name : undefined) {
    case 'NotAllowedError':
      return { type: 'gum.permission_denied', message: `User denied permission to use device(s): ${kind}` };
    case 'NotFoundError':
      return { type: 'gum.not_found', message: `Requested device(s) was/were not found: ${kind}` };
    default:
      return { type: 'gum.general', message: 'Generic getUserMedia error' };
  }
}
