// @ts-check

/** @typedef {import('./postis.js').Postis} Postis */
/** @typedef {import('./ownMedia.js').OwnMedia} OwnMedia */
/** @typedef {'audioinput' | 'audiooutput' | 'videoinput'} Kind */

const FIELDS = /** @type {const} */ ({
  audioinput: 'audioInput',
  audiooutput: 'audioOutput',
  videoinput: 'videoInput',
});

/** Every device there is, as events and answers list them. */
export async function deviceList() {
  /** @type {Record<string, unknown[]>} */
  const lists = { audioInput: [], audioOutput: [], videoInput: [] };
  for (const device of await navigator.mediaDevices.enumerateDevices()) {
    lists[FIELDS[device.kind]]?.push(device.toJSON());
  }
  return lists;
}

/** The page's devices, and what it answers about them (`recordings/devices-and-e2ee.jsonl`). */
export class OwnDevices {
  /** @type {Record<Kind, string | undefined>} */
  #used = { audioinput: 'default', audiooutput: 'default', videoinput: undefined };

  /** @param {Postis} postis @param {OwnMedia} media */
  constructor(postis, media) {
    this.postis = postis;
    this.media = media;
  }

  /** Begins with the devices of these labels, as far as they are there. @param {Partial<Record<Kind, string>>} labels */
  async begin(labels) {
    await this.#followChanges();
    for (const { kind, label, deviceId } of await navigator.mediaDevices.enumerateDevices()) {
      if (labels[kind] === label) this.#use(kind, deviceId);
    }
  }

  /** Chromium tells of changes that change nothing; the real page does not pass those on (recorded). */
  async #followChanges() {
    let said = JSON.stringify(await deviceList());
    navigator.mediaDevices.addEventListener('devicechange', async () => {
      const devices = await deviceList();
      const now = JSON.stringify(devices);
      if (now === said) return;
      said = now;
      this.postis.event('device-list-changed', { devices });
    });
  }

  /**
   * By name. Unlike other requests these carry a type; without it there is no answer.
   *
   * @type {Record<string, (request: any) => unknown>}
   */
  questions = {
    getAvailableDevices: () => deviceList(),
    getCurrentDevices: () => this.#current(),
    isDeviceChangeAvailable: () => true,
    setDevice: ({ device }) => {
      if (!Object.hasOwn(FIELDS, device.kind)) return false;
      this.#use(device.kind, device.id);
      // What is closed is opened, and muted then: the permission is asked for after the answer.
      if (device.kind !== 'audiooutput') {
        void this.media.reopen(device.kind === 'audioinput' ? 'audio' : 'video');
      }
      return true;
    },
  };

  /** A kind that is not used, and a device that is not there any more, are absent. */
  async #current() {
    const { video } = this.media;
    if (video.opened) this.#used.videoinput ??= video.openedDevice;
    const all = await navigator.mediaDevices.enumerateDevices();
    const used = all.filter(({ kind, deviceId }) => this.#used[kind] === deviceId);
    return Object.fromEntries(used.map((device) => [FIELDS[device.kind], device.toJSON()]));
  }

  /** @param {Kind} kind @param {string} deviceId */
  #use(kind, deviceId) {
    this.#used[kind] = deviceId;
    if (kind === 'audioinput') this.media.audio.deviceId = deviceId;
    if (kind === 'videoinput') this.media.video.deviceId = deviceId;
  }
}
