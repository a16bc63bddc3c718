/** The screens of a call, each as the snapshot that the main process would push. */
import type { CallIntent, CallState, Room } from '../../../shared/callState';
import { type Meeting, NEW_MEETING } from '../../../shared/meeting';
import type { Participant } from '../../../shared/participants';
import { RoomName } from '../../../shared/roomName';
import { SIDE_PANELS } from '../../../shared/ipc/commands/side';
import type { Screen } from './screen';

const room: Room = {
  name: RoomName.parse('brisk-otter-maple-quill'),
  deployment: 'https://meet.example.com',
  free: false,
  invitable: true,
};
export const intent: CallIntent = { target: { kind: 'new' }, media: 'audio', free: false };

const person = (id: string, displayName: string, is: Partial<Participant> = {}): Participant => ({
  id,
  displayName,
  muted: true,
  handRaised: false,
  moderator: false,
  ...is,
});
const bob = person('b', 'Bob', { muted: false });
const crowd: readonly Participant[] = [
  bob,
  person('c', 'Christiane Oberhauser-Wattenwyl', { moderator: true, handRaised: true }),
  person('d', '', { muted: undefined }),
  ...['Dede', 'Emil', 'Femke', 'Goran', 'Hana', 'Ivo', 'Juno'].map((name) => person(name, name)),
];

type Joined = CallState & { phase: 'joined' };

/** A call that has lasted for a while, by default with one other. */
export function joined(is: Partial<Joined> = {}, meeting: Partial<Meeting> = {}): { call: Joined } {
  return {
    call: {
      phase: 'joined',
      intent,
      room,
      joinedAt: Date.now() - 724_000,
      microphone: 'on',
      microphoneWanted: true,
      microphoneFault: undefined,
      camera: 'off',
      cameraFault: undefined,
      others: [bob],
      meeting: { ...NEW_MEETING, selfId: 'a', ...meeting },
      connection: { state: 'up' },
      line: 'good',
      hung: false,
      ...is,
    },
  };
}

/** A call with one other. */
export const inCall = joined();

const connecting = (meeting: Partial<Meeting> = {}): { call: CallState } => ({
  call: {
    phase: 'connecting',
    intent,
    room,
    others: [],
    meeting: { ...NEW_MEETING, ...meeting },
    hung: false,
  },
});

const knocking = [
  { id: 'k', name: 'Kim' },
  { id: 'l', name: 'Leonhard von und zu Hohenstein-Sonderburg' },
];

const under: readonly Screen[] = [
  { name: 'requesting', has: { call: { phase: 'requesting', intent } } },
  { name: 'checking', has: { call: { phase: 'checking', intent } } },
  { name: 'connecting', has: connecting() },
  { name: 'leaving', has: { call: { phase: 'leaving', room } } },
  ...(['login', 'host', 'admission', 'name', 'password', 'wrong-password'] as const).map((waiting) => ({
    name: `waiting-${waiting}`,
    has: connecting({ waiting }),
  })),
];

const controls: readonly Screen[] = [
  { name: 'call-live', has: joined() },
  {
    name: 'call-not-heard-yet',
    has: joined({ microphone: 'unknown', camera: 'unknown', others: [], line: 'unknown' }),
  },
  {
    name: 'call-everything-on',
    has: {
      ...joined(
        { microphone: 'off', camera: 'on', others: crowd, line: 'poor' },
        {
          moderator: true,
          handRaised: true,
          sharing: true,
          chat: { unread: 12, open: true },
          participantsPane: true,
          recording: { file: { state: 'on' }, stream: { state: 'on' } },
          dominantSpeaker: 'c',
          waitingRoom: { on: true, knocking: [] },
        },
      ),
      sharing: { picker: undefined, shared: 'Entire screen' },
    },
  },
  { name: 'call-somebody-joined', has: { ...joined(), peopleNotice: { what: 'joined', name: 'Leonhard' } } },
  {
    name: 'call-fair-line',
    has: joined({ line: 'fair', room: { ...room, free: true, invitable: false } }),
  },
  {
    name: 'hidden-meeting',
    has: { ...joined({ others: crowd.slice(0, 4) }, { dominantSpeaker: 'b' }), meetingHidden: true },
  },
  {
    name: 'hidden-meeting-crowd',
    has: {
      ...joined({ others: crowd, microphone: 'off' }, { moderator: true, dominantSpeaker: 'c' }),
      meetingHidden: true,
    },
  },
];

const notices: readonly Screen[] = [
  {
    name: 'notice-sharing',
    has: {
      ...joined({}, { sharing: true }),
      sharing: { picker: undefined, shared: 'Terminal: npm run watch, in the folder of the project' },
    },
  },
  { name: 'notice-connection-lost', has: joined({ connection: { state: 'lost' } }) },
  {
    name: 'notice-rejoining',
    has: joined({
      connection: { state: 'rejoining', because: { code: 'connection-lost', host: 'meet.example.com' } },
    }),
  },
  { name: 'notice-sharing-unnamed', has: joined({}, { sharing: true }) },
  { name: 'notice-waiting-in-call', has: joined({ microphone: 'unknown' }, { waiting: 'login' }) },
  { name: 'notice-hung', has: joined({ hung: true, microphone: 'unknown', camera: 'unknown' }) },
  {
    name: 'notice-hung-muting',
    has: joined({ hung: true, microphone: 'unknown', microphoneWanted: false, camera: 'unknown' }),
  },
  ...(['blocked', 'missing', 'failed'] as const).map((fault) => ({
    name: `notice-devices-${fault}`,
    has: joined({ microphone: 'off', microphoneFault: fault, cameraFault: fault }),
  })),
  {
    name: 'notice-devices-blocked-with-settings',
    has: {
      ...joined({ microphone: 'off', microphoneFault: 'blocked', cameraFault: 'blocked' }),
      privacySettings: true,
    },
  },
  {
    name: 'notice-talked-muted',
    before: joined({ microphone: 'off' }),
    has: joined({ microphone: 'off' }, { talkedMuted: 1 }),
  },
  {
    name: 'notice-knocking-one',
    has: joined({}, { moderator: true, waitingRoom: { on: true, knocking: knocking.slice(1) } }),
  },
  { name: 'notice-knocking-many', has: joined({}, { moderator: true, waitingRoom: { on: true, knocking } }) },
  {
    name: 'notice-recordings-failed',
    has: joined(
      {},
      {
        recording: {
          file: { state: 'failed', detail: undefined },
          stream: { state: 'failed', detail: 'all recorders are busy' },
        },
      },
    ),
  },
];

const sides: readonly Screen[] = SIDE_PANELS.map((side) => ({
  name: `side-${side}`,
  has: {
    ...joined(
      { others: crowd.slice(0, 4) },
      {
        moderator: true,
        subject: 'Review of the parser',
        dominantSpeaker: 'b',
        waitingRoom: { on: true, knocking },
      },
    ),
    side,
  },
}));

export const callScreens: readonly Screen[] = [...under, ...controls, ...notices, ...sides];

/** A call as the compact bar shows it. */
export const barScreens: readonly Screen[] = [
  { name: 'bar-live', has: joined({}, { dominantSpeaker: 'b' }) },
  { name: 'bar-muted', has: joined({ microphone: 'off', others: [] }) },
  { name: 'bar-sharing', has: joined({ camera: 'on' }, { sharing: true }) },
  { name: 'bar-reconnecting', has: joined({ microphone: 'unknown', connection: { state: 'lost' } }) },
];
