/**
 * What is known of the meeting in the page, all of it from the page's own events: what was asked for shows nowhere until
 * the page has said that it is so. Of noise suppression, end-to-end encryption and the subtitles on its screen the page
 * says nothing at all, so nothing is kept of them.
 */
import type { JitsiEvent } from './jitsi/events';
import { isModerator, isRaised } from './participants';

/**
 * Why the page has not let the user in yet, though nothing is wrong: it waits for a person.
 *
 * - `login`: the deployment has accounts of its own, and its page asks for one;
 * - `host`: a guest waits until somebody with an account is there; who has one can log in on the page;
 * - `admission`: a moderator is to let the user in;
 * - `name`: the page asks what to call the user;
 * - `password`, `wrong-password`: the room has one.
 */
export type Waiting = 'login' | 'host' | 'admission' | 'name' | 'password' | 'wrong-password';

export type RecordingMode = 'file' | 'stream';

/**
 * A recording or a live stream. `starting` lasts from the user's wish to the page's word, or until that has not come for
 * so long that it will not: a deployment without a recorder says nothing (recorded).
 */
export type Recording =
  | { state: 'off' }
  | { state: 'starting' }
  | { state: 'on' }
  | { state: 'failed'; detail: string | undefined };

/** Somebody in the waiting room. */
export interface Knocking {
  id: string;
  name: string;
}

export interface Meeting {
  /** The user's own id in the room; `undefined` before it is entered. */
  selfId: string | undefined;
  moderator: boolean;
  handRaised: boolean;
  /** Whether the page shows the screen to the others. */
  sharing: boolean;
  /** Id of who speaks, or spoke last; may be the user's own. */
  dominantSpeaker: string | undefined;
  subject: string;
  tileView: boolean;
  audioOnly: boolean;
  chat: { unread: number; open: boolean };
  /** Whether the page's own list of participants stands open. */
  participantsPane: boolean;
  recording: Readonly<Record<RecordingMode, Recording>>;
  /** Whether somebody turned speech into text; `unavailable` after an attempt that failed. */
  transcription: 'off' | 'on' | 'unavailable';
  /** Whether somebody has set a password since the user came; the page does not tell what was before. */
  password: 'unknown' | 'set' | 'none';
  waitingRoom: {
    /** The page does not tell what was before the user came. */
    on: boolean | undefined;
    knocking: readonly Knocking[];
  };
  /** Whether sound and picture go straight to the one other. */
  peerToPeer: boolean;
  waiting: Waiting | undefined;
  /** How often the page has noticed that the user talks while muted. */
  talkedMuted: number;
}

/** Most people in the waiting room that are kept. */
export const KNOCKING_MAX = 100;

export const NEW_MEETING: Meeting = {
  selfId: undefined,
  moderator: false,
  handRaised: false,
  sharing: false,
  dominantSpeaker: undefined,
  subject: '',
  tileView: false,
  audioOnly: false,
  chat: { unread: 0, open: false },
  participantsPane: false,
  recording: { file: { state: 'off' }, stream: { state: 'off' } },
  transcription: 'off',
  password: 'unknown',
  waitingRoom: { on: undefined, knocking: [] },
  peerToPeer: false,
  waiting: undefined,
  talkedMuted: 0,
};

/** The meeting after an event of the page; the same object when the event tells nothing of it. */
export function meetingAfter(meeting: Meeting, event: JitsiEvent): Meeting {
  switch (event.name) {
    case 'video-conference-joined':
      return set(meeting, { selfId: event.id, waiting: undefined });
    case 'participant-role-changed':
      return isSelf(meeting, event.id) ? set(meeting, { moderator: isModerator(event.role) }) : meeting;
    case 'raise-hand-updated':
      return isSelf(meeting, event.id) ? set(meeting, { handRaised: isRaised(event.handRaised) }) : meeting;
    case 'screen-sharing-status-changed':
      return set(meeting, { sharing: event.on });
    case 'dominant-speaker-changed':
      return set(meeting, { dominantSpeaker: event.id });
    case 'participant-left':
      return meeting.dominantSpeaker === event.id ? set(meeting, { dominantSpeaker: undefined }) : meeting;
    case 'subject-change':
      return set(meeting, { subject: event.subject });
    case 'tile-view-changed':
      return set(meeting, { tileView: event.enabled });
    case 'audio-only-changed':
      return set(meeting, { audioOnly: event.enabled });
    case 'chat-updated':
      return afterChat(meeting, event.unreadCount, event.isOpen);
    case 'participants-pane-toggled':
      return set(meeting, { participantsPane: event.open });
    case 'p2p-status-changed':
      return set(meeting, { peerToPeer: event.isP2p });
    case 'recording-status-changed':
      return event.mode === 'file' || event.mode === 'stream'
        ? withRecording(meeting, event.mode, recordingAfter(meeting.recording[event.mode], event))
        : meeting;
    case 'transcribing-status-changed':
      return set(meeting, { transcription: event.on ? 'on' : 'off' });
    case 'participant-joined':
    case 'knocking-participant':
    case 'non-participant-message-received':
      return afterDoor(meeting, event);
    case 'notification-triggered':
      return afterNotice(meeting, event.title ?? '', event.description ?? '');
    default:
      return meeting;
  }
}

/** The meeting after the user has asked for a recording or stream, or after nothing has come of that. */
export function recordingAsked(meeting: Meeting, mode: RecordingMode, step: 'asked' | 'unanswered'): Meeting {
  const { state } = meeting.recording[mode];
  if (step === 'asked') return state === 'on' ? meeting : withRecording(meeting, mode, { state: 'starting' });
  return state === 'starting'
    ? withRecording(meeting, mode, { state: 'failed', detail: undefined })
    : meeting;
}

/** The meeting without somebody in the waiting room, who has been answered. */
export function withoutKnocking(meeting: Meeting, gone: (knocking: Knocking) => boolean): Meeting {
  const { knocking } = meeting.waitingRoom;
  return knocking.some(gone)
    ? { ...meeting, waitingRoom: { ...meeting.waitingRoom, knocking: knocking.filter((k) => !gone(k)) } }
    : meeting;
}

function withRecording(meeting: Meeting, mode: RecordingMode, recording: Recording): Meeting {
  return { ...meeting, recording: { ...meeting.recording, [mode]: recording } };
}

/** The same object when nothing changes. */
function set(meeting: Meeting, changes: Partial<Meeting>): Meeting {
  const same = (Object.keys(changes) as (keyof Meeting)[]).every((key) => meeting[key] === changes[key]);
  return same ? meeting : { ...meeting, ...changes };
}

/** Said once for each message of others, and twice when the panel opens (recorded). */
function afterChat(meeting: Meeting, unread: number, open: boolean): Meeting {
  const { chat } = meeting;
  return chat.unread === unread && chat.open === open ? meeting : { ...meeting, chat: { unread, open } };
}

/** The page speaks of the user by id, and of a user who has left the room as `local` (recorded). */
const isSelf = ({ selfId }: Meeting, id: string): boolean => id === selfId || id === 'local';

/** At load the page says that nothing is recorded; that must not hide why an attempt came to nothing. */
function recordingAfter(
  before: Recording,
  { on, error }: JitsiEvent & { name: 'recording-status-changed' },
): Recording {
  if (on) return { state: 'on' };
  if (error !== undefined && error !== null) return { state: 'failed', detail: error };
  return before.state === 'failed' ? before : { state: 'off' };
}

type DoorEvent = JitsiEvent & {
  name: 'participant-joined' | 'knocking-participant' | 'non-participant-message-received';
};

/**
 * Who stands before the door. The page says who knocks, but not who has given up. Who is let in gets another id inside, so
 * that somebody of the same name enters is all there is to go by.
 */
function afterDoor(meeting: Meeting, event: DoorEvent): Meeting {
  switch (event.name) {
    case 'participant-joined': {
      const { knocking } = meeting.waitingRoom;
      const first = knocking.find(({ name }) => name !== '' && name === event.displayName);
      return first === undefined ? meeting : withoutKnocking(meeting, ({ id }) => id === first.id);
    }
    case 'knocking-participant': {
      const { id, name } = event.participant;
      const others = meeting.waitingRoom.knocking.filter((other) => other.id !== id);
      if (others.length >= KNOCKING_MAX) return meeting;
      const knocking = [...others, { id, name: name ?? '' }];
      return { ...meeting, waitingRoom: { on: true, knocking } };
    }
    case 'non-participant-message-received':
      return event.message.type === 'lobby-notify' ? afterLobbyMessage(meeting, event.message) : meeting;
  }
}

/** What the waiting room's module tells all in the room (Prosody `mod_muc_lobby_rooms.lua`). */
function afterLobbyMessage(
  meeting: Meeting,
  { event, value, name }: { event?: string | undefined; value?: unknown; name?: string | null | undefined },
): Meeting {
  switch (event) {
    case 'LOBBY-ENABLED':
      return withWaitingRoom(meeting, value === true);
    case 'LOBBY-ACCESS-GRANTED':
    case 'LOBBY-ACCESS-DENIED':
      return withoutKnocking(meeting, (knocking) => knocking.name !== '' && knocking.name === name);
    default:
      return meeting;
  }
}

/** What others set is told as a notice alone (recorded). */
function afterNotice(meeting: Meeting, title: string, description: string): Meeting {
  if (description === 'lobby.notificationLobbyEnabled') return withWaitingRoom(meeting, true);
  if (description === 'lobby.notificationLobbyDisabled') return withWaitingRoom(meeting, false);
  if (title === 'notify.passwordSetRemotely') return set(meeting, { password: 'set' });
  if (title === 'notify.passwordRemovedRemotely') return set(meeting, { password: 'none' });
  // jitsi-meet `react/features/talk-while-muted/middleware.ts`: the page listens to the microphone itself.
  if (title === 'toolbar.talkWhileMutedPopup') return set(meeting, { talkedMuted: meeting.talkedMuted + 1 });
  if (title === 'transcribing.failed') return set(meeting, { transcription: 'unavailable' });
  return meeting;
}

function withWaitingRoom(meeting: Meeting, on: boolean): Meeting {
  return { ...meeting, waitingRoom: { on, knocking: on ? meeting.waitingRoom.knocking : [] } };
}
