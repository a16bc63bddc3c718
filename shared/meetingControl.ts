/** What a user can do in a meeting, besides the two devices: the toolbar, its menu, keys and other programs ask alike. */
import { z } from 'zod';
import { PASSWORD_MAX, STREAM_KEY_MAX, SUBJECT_MAX } from './limits';

const Id = z.string().min(1).max(200);
const on = z.boolean();

export const MeetingControl = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('share'), on }),
  /** Nothing comes of the wish to show the screen, of which the page says nothing: the user has picked nothing, for one. */
  z.strictObject({ what: z.literal('share-dropped') }),
  z.strictObject({ what: z.literal('hand'), on }),
  z.strictObject({ what: z.literal('chat'), on }),
  z.strictObject({ what: z.literal('participants-pane'), on }),
  z.strictObject({ what: z.literal('tile-view'), on }),
  z.strictObject({ what: z.literal('audio-only'), on }),
  z.strictObject({ what: z.literal('noise-suppression'), on }),
  z.strictObject({ what: z.literal('encryption'), on }),
  /** Shows subtitles, or hides them: the page does not tell which. */
  z.strictObject({ what: z.literal('subtitles') }),
  z.strictObject({ what: z.literal('record'), on }),
  /** `key`: a streaming service's key, or an `rtmp://` address with it. */
  z.strictObject({ what: z.literal('stream'), key: z.string().trim().min(1).max(STREAM_KEY_MAX) }),
  z.strictObject({ what: z.literal('stop-stream') }),
  /** Empty: the room has no password any more. */
  z.strictObject({ what: z.literal('set-password'), text: z.string().max(PASSWORD_MAX) }),
  /** Answers the page, which wants the room's password. */
  z.strictObject({ what: z.literal('enter-password'), text: z.string().min(1).max(PASSWORD_MAX) }),
  z.strictObject({ what: z.literal('waiting-room'), on }),
  z.strictObject({ what: z.literal('admit'), id: Id }),
  z.strictObject({ what: z.literal('refuse'), id: Id }),
  z.strictObject({ what: z.literal('subject'), text: z.string().trim().max(SUBJECT_MAX) }),
  z.strictObject({ what: z.literal('mute-everyone') }),
  z.strictObject({ what: z.literal('end-for-all') }),
  z.strictObject({ what: z.literal('mute'), id: Id }),
  z.strictObject({ what: z.literal('make-moderator'), id: Id }),
  z.strictObject({ what: z.literal('remove'), id: Id }),
]);
export type MeetingControl = z.infer<typeof MeetingControl>;
export type ControlName = MeetingControl['what'];

/** What a page that takes another's place is told again: it would begin without, and say nothing of it (recorded). */
const FOR_THE_CALL: ReadonlySet<ControlName> = new Set(['encryption', 'noise-suppression', 'audio-only']);

export const isForTheCall = ({ what }: { what: ControlName }): boolean => FOR_THE_CALL.has(what);

/** What the page carries out for moderators alone. */
const MODERATORS_ONLY: ReadonlySet<ControlName> = new Set([
  'record',
  'stream',
  'stop-stream',
  'set-password',
  'waiting-room',
  'admit',
  'refuse',
  'subject',
  'mute-everyone',
  'end-for-all',
  'mute',
  'make-moderator',
  'remove',
]);

export const isForModerators = ({ what }: { what: ControlName }): boolean => MODERATORS_ONLY.has(what);
