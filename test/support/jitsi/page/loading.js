// @ts-check
import { deviceList } from './devices.js';

/** @typedef {import('./postis.js').Postis} Postis */

/**
 * What the page says while it loads, before it has any connection (the start of every recording). The microphone trap
 * begins here: `muted: false`, though there is no microphone yet.
 *
 * @param {Postis} postis
 * @param {{ videoMuted: boolean, audioOnly: boolean }} address what the page was opened with; sound only was not recorded
 */
export async function sayLoading(postis, { videoMuted, audioOnly }) {
  postis.ready();
  postis.event('browser-support', { supported: true });
  postis.event('ready');
  postis.event('audio-mute-status-changed', { muted: false });
  postis.event('tile-view-changed', { enabled: false });
  postis.event('audio-only-changed', { enabled: audioOnly });
  postis.event('audio-availability-changed', { available: true });
  postis.event('video-mute-status-changed', { muted: videoMuted });
  postis.event('notification-triggered', { description: 'recording.off', title: 'dialog.recording' });
  postis.event('recording-status-changed', { on: false, mode: 'stream', transcription: false });
  postis.event('transcribing-status-changed', { on: false });
  postis.event('video-quality-changed', { videoQuality: 2160 });
  postis.event('filmstrip-display-changed', { visible: true });
  postis.event('on-stage-participant-changed', { id: 'local' });
  postis.event('device-list-changed', { devices: await deviceList() });
  postis.event('_pip-requested');
  postis.event('video-availability-changed', { available: true });
  postis.event('video-availability-changed', { available: true });
}
