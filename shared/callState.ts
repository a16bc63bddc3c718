/**
 * The call as a pure state machine: `next(state, event)` is the only place where a call's state changes. The main
 * process feeds it and acts on it; the toolbar shows snapshots of it.
 */
import type { CallFailure } from './failure';
import type { JitsiEvent } from './jitsi/events';
import type { JoinTarget } from './joinTarget';
import type { LineQuality } from './lineQuality';
import type { Media } from './lobbyApi';
import {
  type Meeting,
  meetingAfter,
  NEW_MEETING,
  type RecordingMode,
  recordingAsked,
  type Waiting,
  withoutKnocking,
} from './meeting';
import { othersAfter, othersWithRoles, type Participant } from './participants';
import type { RoomName } from './roomName';

/** What the user asked for. `free`: by free public Jitsi, without a lobby. */
export interface CallIntent {
  target: JoinTarget;
  media: Media;
  free: boolean;
}

/** The room a call is in. `deployment` is a base URL; no token is ever part of it. */
export interface Room {
  name: RoomName;
  deployment: string;
  free: boolean;
  /** Whether there is an invite link to copy; the link itself stays in the main process. */
  invitable: boolean;
}

/**
 * Whether a device is heard or seen. `unknown` until the page has answered a question about it: the page's own first
 * event says "not muted" before there is a microphone at all (measured), so events only lead to questions.
 */
export type DeviceState = 'unknown' | 'off' | 'on';

/** Why a device cannot be opened: the page's `mic-error` or `camera-error`. */
export type DeviceFault = 'blocked' | 'missing' | 'failed';

/**
 * Whether the page reaches its deployment. `lost`: it does not, and may come back by itself; `rejoining`: it did not, so
 * the room is entered anew with a fresh page, `because` of what went wrong last.
 */
export type Connection = { state: 'up' } | { state: 'lost' } | { state: 'rejoining'; because: CallFailure };

export type CallState =
  | { phase: 'idle' }
  | { phase: 'requesting'; intent: CallIntent }
  | { phase: 'checking'; intent: CallIntent }
  /** `others` come before the page says that it has joined (recorded). */
  | {
      phase: 'connecting';
      intent: CallIntent;
      room: Room;
      others: readonly Participant[];
      meeting: Meeting;
      /** The page has stopped answering. */
      hung: boolean;
    }
  | {
      phase: 'joined';
      intent: CallIntent;
      room: Room;
      /** When the page joined, ms since the Unix epoch. */
      joinedAt: number;
      microphone: DeviceState;
      /** Whether it is to be open once it is known what it is: what was known last, or wished since. */
      microphoneWanted: boolean;
      microphoneFault: DeviceFault | undefined;
      camera: DeviceState;
      cameraFault: DeviceFault | undefined;
      /** The others in the room, in the order they came. */
      others: readonly Participant[];
      meeting: Meeting;
      connection: Connection;
      line: LineQuality;
      /** The page has stopped answering; what the devices do is then unknown. */
      hung: boolean;
    }
  | { phase: 'leaving'; room: Room }
  | { phase: 'failed'; intent: CallIntent; failure: CallFailure };

export type CallPhase = CallState['phase'];

/** What happens to a call. `page` is any message of the meeting page that Parley knows. */
export type CallEvent =
  | { type: 'requested'; intent: CallIntent }
  | { type: 'answered' }
  | { type: 'opened'; room: Room }
  | { type: 'page'; event: JitsiEvent; at: number }
  | { type: 'device'; device: 'microphone' | 'camera'; state: DeviceState }
  | { type: 'wanted'; microphone: boolean }
  /** The page waits for a person, or does not any more. */
  | { type: 'waiting'; waiting: Waiting | undefined }
  /** Who of those in the room moderates, as the page has answered. */
  | { type: 'roles'; moderators: readonly string[] }
  /** The user has asked for a recording, or the page has said nothing to that for long. */
  | { type: 'recording'; mode: RecordingMode; step: 'asked' | 'unanswered' }
  /** Somebody in the waiting room was answered. */
  | { type: 'answeredKnocking'; id: string }
  | { type: 'connection'; connection: 'up' | 'lost' }
  | { type: 'line'; quality: LineQuality }
  | { type: 'hung'; hung: boolean }
  | { type: 'rejoining'; because: CallFailure }
  | { type: 'leaveRequested' }
  | { type: 'failed'; failure: CallFailure }
  | { type: 'closed' }
  | { type: 'dismissed' };

export const IDLE: CallState = { phase: 'idle' };

const UP: Connection = { state: 'up' };

/** What is known of a page that has only just been opened. */
const NEW_PAGE = { others: [], meeting: NEW_MEETING, hung: false } as const;

/** Whether the microphone's button opens it. While nobody knows what it is, it turns the wish around. */
export function opensMicrophone({
  microphone,
  microphoneWanted,
}: Pick<CallState & { phase: 'joined' }, 'microphone' | 'microphoneWanted'>): boolean {
  return microphone === 'unknown' ? !microphoneWanted : microphone === 'off';
}

/** Whether a start button may be pressed: nothing is under way. */
export function canStart(state: CallState): boolean {
  return state.phase === 'idle' || state.phase === 'failed';
}

/** The state after an event. An event that does not fit the phase changes nothing: the same object comes back. */
export function next(state: CallState, event: CallEvent): CallState {
  switch (event.type) {
    case 'requested':
      return canStart(state) ? { phase: 'requesting', intent: event.intent } : state;
    case 'answered':
      return state.phase === 'requesting' ? { phase: 'checking', intent: state.intent } : state;
    case 'opened':
      return state.phase === 'checking' || state.phase === 'requesting'
        ? { phase: 'connecting', intent: state.intent, room: event.room, ...NEW_PAGE }
        : state;
    case 'page':
      return onPage(state, event.event, event.at);
    case 'device':
      return onDevice(state, event.device, event.state);
    case 'wanted':
      return state.phase === 'joined' && state.microphoneWanted !== event.microphone
        ? { ...state, microphoneWanted: event.microphone }
        : state;
    case 'waiting':
      return onMeeting(state, (meeting) =>
        meeting.waiting === event.waiting ? meeting : { ...meeting, waiting: event.waiting },
      );
    case 'roles':
      return inRoom(state)
        ? withOthers(state, othersWithRoles(state.others, event.moderators), state.meeting)
        : state;
    case 'recording':
      return onMeeting(state, (meeting) => recordingAsked(meeting, event.mode, event.step));
    case 'answeredKnocking':
      return onMeeting(state, (meeting) => withoutKnocking(meeting, ({ id }) => id === event.id));
    case 'connection':
      return state.phase === 'joined' && state.connection.state !== 'rejoining'
        ? { ...state, connection: { state: event.connection } }
        : state;
    case 'line':
      return state.phase === 'joined' && state.line !== event.quality
        ? { ...state, line: event.quality }
        : state;
    case 'hung':
      return inRoom(state) && state.hung !== event.hung ? { ...state, hung: event.hung } : state;
    case 'rejoining':
      if (state.phase === 'connecting') return { ...state, ...NEW_PAGE };
      return state.phase === 'joined' ? rejoining(state, event.because) : state;
    case 'leaveRequested':
      return onLeaveRequested(state);
    case 'failed':
      return 'intent' in state && state.phase !== 'failed'
        ? { phase: 'failed', intent: state.intent, failure: event.failure }
        : state;
    case 'closed':
      return state.phase === 'failed' ? state : IDLE;
    case 'dismissed':
      return state.phase === 'failed' ? IDLE : state;
  }
}

function onLeaveRequested(state: CallState): CallState {
  switch (state.phase) {
    case 'requesting':
    case 'checking':
      return IDLE;
    case 'connecting':
    case 'joined':
      return { phase: 'leaving', room: state.room };
    case 'idle':
    case 'leaving':
    case 'failed':
      return state;
  }
}

function onDevice(state: CallState, device: 'microphone' | 'camera', now: DeviceState): CallState {
  if (state.phase !== 'joined' || state[device] === now) return state;
  const opened = now === 'on';
  return device === 'microphone'
    ? { ...state, microphone: now, microphoneFault: opened ? undefined : state.microphoneFault }
    : { ...state, camera: now, cameraFault: opened ? undefined : state.cameraFault };
}

type InRoom = CallState & { phase: 'connecting' | 'joined' };

const inRoom = (state: CallState): state is InRoom =>
  state.phase === 'connecting' || state.phase === 'joined';

function onMeeting(state: CallState, change: (meeting: Meeting) => Meeting): CallState {
  return inRoom(state) ? withOthers(state, state.others, change(state.meeting)) : state;
}

function withOthers(state: InRoom, others: readonly Participant[], meeting: Meeting): InRoom {
  return others === state.others && meeting === state.meeting ? state : { ...state, others, meeting };
}

function onPage(before: CallState, event: JitsiEvent, at: number): CallState {
  if (!inRoom(before)) return before;
  const others = othersAfter(before.others, event);
  const state = withOthers(before, others, meetingAfter(before.meeting, event));
  switch (event.name) {
    case 'video-conference-joined':
      if (state.phase === 'connecting') return joined(state, at);
      return state.connection.state === 'rejoining' ? { ...state, connection: UP } : state;
    case 'mic-error':
      return state.phase === 'joined' ? { ...state, microphoneFault: deviceFault(event) } : state;
    case 'camera-error':
      return state.phase === 'joined' ? { ...state, cameraFault: deviceFault(event) } : state;
    default:
      return state;
  }
}

function joined(state: CallState & { phase: 'connecting' }, at: number): CallState {
  return {
    ...state,
    phase: 'joined',
    joinedAt: at,
    microphone: 'unknown',
    microphoneWanted: true,
    microphoneFault: undefined,
    camera: 'unknown',
    cameraFault: undefined,
    connection: UP,
    line: 'unknown',
    hung: false,
  };
}

/**
 * The page is gone, so nothing is known of its devices until the next one has answered, and the others are told anew. A
 * retry after this leads into the same room, not into a new one.
 */
function rejoining(state: CallState & { phase: 'joined' }, because: CallFailure): CallState {
  const { intent, room } = state;
  const sameRoom: CallIntent =
    intent.target.kind === 'new' ? { ...intent, target: { kind: 'room', room: room.name } } : intent;
  return {
    ...state,
    intent: sameRoom,
    microphone: 'unknown',
    microphoneFault: undefined,
    camera: 'unknown',
    cameraFault: undefined,
    ...NEW_PAGE,
    connection: { state: 'rejoining', because },
    line: 'unknown',
  };
}

/** lib-jitsi-meet `JitsiTrackErrors`: `gum.permission_denied`, `gum.not_found`, … */
function deviceFault(event: { type?: string | undefined }): DeviceFault {
  if (event.type === 'gum.permission_denied') return 'blocked';
  return event.type === 'gum.not_found' ? 'missing' : 'failed';
}
