/** What holds in every state, whatever happens in whatever order. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { IDLE, next, type CallEvent, type CallState } from '../../../shared/callState';
import type { JitsiEvent } from '../../../shared/jitsi/events';
import { KNOCKING_MAX } from '../../../shared/meeting';
import { OTHERS_MAX } from '../../../shared/participants';
import { RoomName } from '../../../shared/roomName';

const id = fc.constantFrom('a', 'b', 'c');
const type = fc.constantFrom('gum.permission_denied', 'gum.not_found', 'gum.general');
const muted = fc.boolean();
const joinedEvent: JitsiEvent = { name: 'video-conference-joined', roomName: 'brisk-otter', id: 'me' };
const pageEvent: fc.Arbitrary<JitsiEvent> = fc.oneof(
  fc.constantFrom<JitsiEvent>(
    joinedEvent,
    { name: 'video-conference-left' },
    { name: 'video-ready-to-close' },
  ),
  fc.record({ name: fc.constant('participant-joined' as const), id, displayName: fc.string() }),
  fc.record({ name: fc.constant('participant-left' as const), id }),
  fc.record({ name: fc.constant('display-name-change' as const), id, displayname: fc.string() }),
  fc.record({ name: fc.constantFrom('mic-error' as const, 'camera-error' as const), type }),
  fc.record({
    name: fc.constantFrom('audio-mute-status-changed' as const, 'video-mute-status-changed' as const),
    muted,
  }),
  fc.record({
    name: fc.constant('participant-role-changed' as const),
    id,
    role: fc.constantFrom('moderator', 'participant'),
  }),
  fc.record({ name: fc.constant('dominant-speaker-changed' as const), id }),
  fc.record({ name: fc.constant('raise-hand-updated' as const), id, handRaised: fc.nat() }),
  fc.record({
    name: fc.constant('knocking-participant' as const),
    participant: fc.record({ id, name: fc.string() }),
  }),
  fc.record({
    name: fc.constant('recording-status-changed' as const),
    on: fc.boolean(),
    mode: fc.constantFrom('file', 'stream', 'local'),
  }),
);
const room = {
  name: RoomName.parse('brisk-otter'),
  deployment: 'https://meet.example.com',
  free: false,
  invitable: true,
};
const intent = fc.record({
  target: fc.constant({ kind: 'new' as const }),
  media: fc.constantFrom('audio' as const, 'video' as const),
  free: fc.boolean(),
});
const event: fc.Arbitrary<CallEvent> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant('requested' as const), intent }) },
  { weight: 3, arbitrary: fc.constant<CallEvent>({ type: 'opened', room }) },
  {
    weight: 8,
    arbitrary: fc.record({ type: fc.constant('page' as const), event: pageEvent, at: fc.nat() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('device' as const),
      device: fc.constantFrom('microphone' as const, 'camera' as const),
      state: fc.constantFrom('unknown' as const, 'off' as const, 'on' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('wanted' as const), microphone: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<CallEvent>(
      { type: 'answered' },
      { type: 'leaveRequested' },
      { type: 'failed', failure: { code: 'page-crashed' } },
      { type: 'closed' },
      { type: 'dismissed' },
      { type: 'rejoining', because: { code: 'page-crashed' } },
      { type: 'connection', connection: 'lost' },
      { type: 'hung', hung: true },
      { type: 'line', quality: 'poor' },
      { type: 'waiting', waiting: 'password' },
      { type: 'roles', moderators: ['a', 'gone'] },
      { type: 'recording', mode: 'file', step: 'asked' },
      { type: 'recording', mode: 'file', step: 'unanswered' },
      { type: 'answeredKnocking', id: 'b' },
    ),
  },
);

/** Exactly the fields of each member of the union. */
const FIELDS: Record<CallState['phase'], string[]> = {
  idle: [],
  requesting: ['intent'],
  checking: ['intent'],
  connecting: ['hung', 'intent', 'meeting', 'others', 'room'],
  joined: [
    'camera',
    'cameraFault',
    'connection',
    'hung',
    'intent',
    'joinedAt',
    'line',
    'meeting',
    'microphone',
    'microphoneFault',
    'microphoneWanted',
    'others',
    'room',
  ],
  leaving: ['room'],
  failed: ['failure', 'intent'],
};

function checkMember(state: CallState): void {
  const fields = Object.keys(state).filter((name) => name !== 'phase');
  expect(fields.sort()).toEqual(FIELDS[state.phase]);
  if (!('others' in state)) return;
  expect(state.others.length).toBeLessThanOrEqual(OTHERS_MAX);
  expect(new Set(state.others.map((other) => other.id)).size).toBe(state.others.length);
  const { knocking } = state.meeting.waitingRoom;
  expect(knocking.length).toBeLessThanOrEqual(KNOCKING_MAX);
  expect(new Set(knocking.map((person) => person.id)).size).toBe(knocking.length);
}

const intended = { target: { kind: 'new' as const }, media: 'audio' as const, free: false };
/** A sequence through every phase, so that each is looked at in every run. */
const wholeCall: CallEvent[] = [
  { type: 'requested', intent: intended },
  { type: 'answered' },
  { type: 'opened', room },
  { type: 'page', event: joinedEvent, at: 1 },
  { type: 'leaveRequested' },
  { type: 'closed' },
  { type: 'requested', intent: intended },
  { type: 'failed', failure: { code: 'page-crashed' } },
];

it('every order of events stays within the union, and "joined" only follows the page saying so', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      let state: CallState = IDLE;
      let answered = new Set<string>();
      for (const happened of events) {
        const before = state;
        state = next(before, happened);
        reached.add(state.phase);
        checkMember(state);
        if (state.phase !== 'joined') continue;
        if (before.phase !== 'joined') {
          expect(before.phase).toBe('connecting');
          expect(happened).toMatchObject({ type: 'page', event: joinedEvent });
          answered = new Set();
        }
        if (happened.type === 'device') answered.add(happened.device);
        if (!answered.has('microphone')) expect(state.microphone).toBe('unknown');
        if (!answered.has('camera')) expect(state.camera).toBe('unknown');
      }
    }),
    { numRuns: 500, examples: [[wholeCall]] },
  );
  expect([...reached].sort()).toEqual(Object.keys(FIELDS).sort());
});
