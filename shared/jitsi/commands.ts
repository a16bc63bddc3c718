/** What Parley can tell the page to do, with its arguments (jitsi-meet `modules/API/API.js`, `initCommands`). */

/** A recording or live stream to start. A stream's key is what the streaming service gave for this broadcast. */
export type RecordingRequest =
  { mode: 'file' } | { mode: 'stream'; rtmpStreamKey: string } | { mode: 'stream'; youtubeStreamKey: string };

/** Each command with its arguments. "toggle" has no say in which way, unless it takes `on`. */
export interface JitsiCommands {
  'toggle-audio': [];
  'toggle-video': [];
  'toggle-share-screen': [];
  'toggle-raise-hand': [];
  'toggle-tile-view': [];
  'toggle-chat': [];
  'toggle-subtitles': [];
  'toggle-participants-pane': [open: boolean];
  'toggle-lobby': [on: boolean];
  'toggle-e2ee': [on: boolean];
  'set-audio-only': [on: boolean];
  'set-noise-suppression-enabled': [{ enabled: boolean }];
  /** Sets the room's password; while the page wants one, enters it. Empty: the room has none any more. */
  password: [text: string];
  subject: [text: string];
  'display-name': [name: string];
  'start-recording': [RecordingRequest];
  'stop-recording': [mode: 'file' | 'stream'];
  'answer-knocking-participant': [id: string, admit: boolean];
  'mute-everyone': [mediaType: 'audio' | 'video'];
  'mute-remote-participant': [id: string, mediaType: 'audio' | 'video'];
  'grant-moderator': [id: string];
  'kick-participant': [id: string];
  'end-conference': [];
  'video-hangup': [];
}
export type JitsiCommand = keyof JitsiCommands;
