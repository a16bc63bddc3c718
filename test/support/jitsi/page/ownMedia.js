// @ts-check
import { LocalTrack, trackError } from './localTrack.js';

/** @typedef {import('./postis.js').Postis} Postis */
/** @typedef {'audio' | 'video'} MediaType */

/**
 * What the page does with its own microphone and camera, and what it says of that
 * (`recordings/one-to-one-call.jsonl`): the first opening of the microphone is *not* told as unmuted.
 */
export class OwnMedia {
  audio = new LocalTrack('audio');
  video = new LocalTrack('video');
  audioAvailable = true;
  /** How long it takes to get to switching one of them, in milliseconds. */
  switchMs = 0;
  /** @type {Set<MediaType>} */
  #opening = new Set();

  /**
   * @param {Postis} postis
   * @param {(mediaType: MediaType, muted: boolean) => void} onChange
   * @param {(mediaType: MediaType) => Promise<boolean>} mayOpen whether the deployment lets the device be opened
   */
  constructor(postis, onChange, mayOpen) {
    this.postis = postis;
    this.onChange = onChange;
    this.mayOpen = mayOpen;
  }

  async toggleAudio() {
    if (this.switchMs > 0) await this.#takeTime();
    if (this.audio.opened) {
      this.audio.setMuted(!this.audio.muted);
      this.postis.event('audio-mute-status-changed', { muted: this.audio.muted });
      return this.onChange('audio', this.audio.muted);
    }
    if (this.#opening.has('audio')) return;
    this.#sayAudioAvailable(false);
    const failure = await this.#open(this.audio);
    if (failure) this.postis.event('mic-error', failure);
    this.#sayAudioAvailable(true);
    if (!failure) this.onChange('audio', false);
  }

  async toggleVideo() {
    if (this.switchMs > 0) await this.#takeTime();
    if (this.video.opened) {
      this.video.close();
    } else {
      if (this.#opening.has('video')) return;
      const failure = await this.#open(this.video);
      if (failure) return this.postis.event('camera-error', failure);
    }
    this.postis.event('video-mute-status-changed', { muted: this.video.muted });
    this.postis.event('video-availability-changed', { available: true });
    this.onChange('video', this.video.muted);
  }

  /** The device was changed: another track, as much muted as the one before. @param {MediaType} mediaType */
  async reopen(mediaType) {
    const track = this[mediaType];
    const { muted } = track;
    track.close();
    await this.#open(track);
    track.setMuted(muted);
  }

  /** Muted by a moderator: the page says nothing of it. @param {MediaType} mediaType */
  muteSilently(mediaType) {
    if (mediaType === 'audio') this.audio.setMuted(true);
    else this.video.close();
  }

  /** Somebody talks into the microphone: what is not sent is noticed (jitsi-meet `talk-while-muted/middleware.ts`). */
  hearTalk() {
    if (!this.audio.opened || !this.audio.muted) return;
    this.postis.event('notification-triggered', { title: 'toolbar.talkWhileMutedPopup' });
  }

  close() {
    this.audio.close();
    this.video.close();
  }

  #takeTime() {
    return new Promise((resolve) => setTimeout(resolve, this.switchMs));
  }

  /** @param {LocalTrack} track */
  async #open(track) {
    this.#opening.add(track.kind);
    try {
      if (!(await this.mayOpen(track.kind))) throw new DOMException('Permission denied', 'NotAllowedError');
      await track.open();
      return undefined;
    } catch (error) {
      return trackError(error, track.kind);
    } finally {
      this.#opening.delete(track.kind);
    }
  }

  /** @param {boolean} available */
  #sayAudioAvailable(available) {
    this.audioAvailable = available;
    this.postis.event('audio-availability-changed', { available });
  }
}
