import { describe, expect, it } from 'vitest';
import {
  canStart,
  IDLE,
  next,
  type CallEvent,
  type CallIntent,
  type CallState,
  type Room,
  opensMicrophone,
} from '../../../shared/callState';
import type { CallFailure } from '../../../shared/failure';
import type { JitsiEvent } from '../../../shared/jitsi/events';
import { NEW_MEETING } from '../../../shared/meeting';
import { OTHERS_MAX } from '../../../shared/participants';
import { RoomName } from '../../../shared/roomName';

const intent: CallIntent = { target: { kind: 'new' }, media: 'audio', free: false };
const another: CallIntent = { target: { kind: 'new' }, media: 'video', free: true };
const room: Room = {
  name: RoomName.parse('brisk-otter'),
  deployment: 'https://meet.example.com',
  free: false,
  invitable: true,
};
const failure: CallFailure = { code: 'no-lobby' };

const page = (event: JitsiEvent, at = 1000): CallEvent => ({ type: 'page', event, at });
const joinedPage = page({ name: 'video-conference-joined', roomName: 'brisk-otter', id: 'me' });
const arrival = (id: string, displayName?: string) =>
  page({ name: 'participant-joined', id, ...(displayName === undefined ? {} : { displayName }) });

/** The state that events lead to from the beginning. */
const after = (...events: CallEvent[]): CallState => events.reduce(next, IDLE);

const requested: CallEvent = { type: 'requested', intent };
const opened: CallEvent = { type: 'opened', room };
const states = {
  idle: IDLE,
  requesting: after(requested),
  checking: after(requested, { type: 'answered' }),
  connecting: after(requested, { type: 'answered' }, opened),
  joined: after(requested, { type: 'answered' }, opened, joinedPage),
  leaving: after(requested, opened, joinedPage, { type: 'leaveRequested' }),
  failed: after(requested, { type: 'failed', failure }),
} satisfies Record<CallState['phase'], CallState>;
type Phase = keyof typeof states;
const phases = Object.keys(states) as Phase[];

describe('each event in each phase', () => {
  /** Where each event leads from each phase; a phase that is not named stays the very same state. */
  const table: readonly (readonly [string, CallEvent, Partial<Record<Phase, Phase>>])[] = [
    ['requested', { type: 'requested', intent: another }, { idle: 'requesting', failed: 'requesting' }],
    ['answered', { type: 'answered' }, { requesting: 'checking' }],
    ['opened', opened, { requesting: 'connecting', checking: 'connecting' }],
    ['joined', joinedPage, { connecting: 'joined' }],
    [
      'leaveRequested',
      { type: 'leaveRequested' },
      { requesting: 'idle', checking: 'idle', connecting: 'leaving', joined: 'leaving' },
    ],
    [
      'failed',
      { type: 'failed', failure: { code: 'page-crashed' } },
      { requesting: 'failed', checking: 'failed', connecting: 'failed', joined: 'failed' },
    ],
    [
      'closed',
      { type: 'closed' },
      { requesting: 'idle', checking: 'idle', connecting: 'idle', joined: 'idle', leaving: 'idle' },
    ],
    ['dismissed', { type: 'dismissed' }, { failed: 'idle' }],
    ['device', { type: 'device', device: 'camera', state: 'on' }, { joined: 'joined' }],
    ['connection', { type: 'connection', connection: 'lost' }, { joined: 'joined' }],
    ['hung', { type: 'hung', hung: true }, { connecting: 'connecting', joined: 'joined' }],
    ['rejoining', { type: 'rejoining', because: failure }, { connecting: 'connecting', joined: 'joined' }],
    ['participant-joined', arrival('b'), { connecting: 'connecting', joined: 'joined' }],
  ];

  it.each(
    table.flatMap(([name, event, moves]) =>
      phases.map((phase) => ({ name, event, phase, to: moves[phase] })),
    ),
  )('$name while $phase', ({ event, phase, to }) => {
    const before = states[phase];
    const now = next(before, event);
    if (to === undefined) {
      expect(now).toBe(before);
    } else {
      expect(now).not.toBe(before);
      expect(now.phase).toBe(to);
    }
  });

  it('a start button may be pressed when idle or after a failure, and only then', () => {
    expect(phases.filter((phase) => canStart(states[phase]))).toEqual(['idle', 'failed']);
  });

  it('a failure keeps what the user wanted, so that it can be tried again', () => {
    expect(states.failed).toEqual({ phase: 'failed', intent, failure });
    expect(next(states.failed, { type: 'requested', intent: another })).toEqual({
      phase: 'requesting',
      intent: another,
    });
  });
});

describe('joining', () => {
  it('is at the moment the page says so, with devices that are unknown', () => {
    expect(
      after(requested, { type: 'answered' }, opened, { ...joinedPage, at: 12_345 } as CallEvent),
    ).toEqual({
      phase: 'joined',
      intent,
      room,
      joinedAt: 12_345,
      microphone: 'unknown',
      microphoneWanted: true,
      microphoneFault: undefined,
      camera: 'unknown',
      cameraFault: undefined,
      others: [],
      meeting: { ...NEW_MEETING, selfId: 'me' },
      connection: { state: 'up' },
      line: 'unknown',
      hung: false,
    });
  });

  it('keeps those who were said to be there before', () => {
    expect(after(requested, opened, arrival('b', 'Bob'), joinedPage)).toMatchObject({
      phase: 'joined',
      others: [{ id: 'b', displayName: 'Bob' }],
    });
  });

  it('is not said twice: the clock of the call goes on', () => {
    const again = page({ name: 'video-conference-joined', roomName: 'brisk-otter', id: 'me' }, 99_999);
    expect(next(states.joined, again)).toBe(states.joined);
  });
});

describe('a page that is lost', () => {
  const lost = next(states.joined, { type: 'rejoining', because: failure });

  it('leaves the call as it was, with nothing known of its devices and of the others', () => {
    const busy = after(
      requested,
      opened,
      joinedPage,
      arrival('b', 'Bob'),
      { type: 'device', device: 'microphone', state: 'on' },
      { type: 'hung', hung: true },
    );
    expect(next(busy, { type: 'rejoining', because: failure })).toEqual({
      ...states.joined,
      intent: { ...intent, target: { kind: 'room', room: room.name } },
      meeting: NEW_MEETING,
      connection: { state: 'rejoining', because: failure },
    });
  });

  it('is made good by a page that joins', () => {
    expect(next(lost, { type: 'connection', connection: 'up' })).toBe(lost);
    expect(next(lost, { ...joinedPage, at: 99_999 } as CallEvent)).toMatchObject({
      joinedAt: 1000,
      connection: { state: 'up' },
    });
  });

  it('keeps what led to the room, unless that would make a new one', () => {
    const byInvite: CallIntent = {
      ...intent,
      target: { kind: 'invite', lobby: 'https://lobby.example.com', invite: 'a.b.c' },
    };
    const call = after({ type: 'requested', intent: byInvite }, opened, joinedPage);
    expect(next(call, { type: 'rejoining', because: failure })).toMatchObject({ intent: byInvite });
  });
});

describe('devices', () => {
  it.each<JitsiEvent>([
    { name: 'audio-mute-status-changed', muted: false },
    { name: 'audio-availability-changed', available: true },
    { name: 'video-mute-status-changed', muted: false },
    { name: 'video-availability-changed', available: true },
  ])('are not believed from an event: $name', (event) => {
    expect(next(states.joined, page(event))).toBe(states.joined);
  });

  it('are what the answer says, each for itself', () => {
    const on = next(states.joined, { type: 'device', device: 'microphone', state: 'on' });
    expect(on).toMatchObject({ microphone: 'on', camera: 'unknown' });
    expect(next(on, { type: 'device', device: 'camera', state: 'off' })).toMatchObject({
      microphone: 'on',
      camera: 'off',
    });
    expect(next(on, { type: 'device', device: 'microphone', state: 'on' })).toBe(on);
    expect(next(on, { type: 'device', device: 'microphone', state: 'unknown' })).toMatchObject({
      microphone: 'unknown',
    });
  });

  it('what a press asks for is the contrary of what is, and of what is wished while nobody knows', () => {
    const wished = next(states.joined, { type: 'wanted', microphone: false });
    expect(next(wished, { type: 'wanted', microphone: false })).toBe(wished);
    const opens = (call: CallState) => opensMicrophone(call as CallState & { phase: 'joined' });
    expect([opens(states.joined), opens(wished)]).toEqual([false, true]);
    const known = (state: 'on' | 'off') =>
      (['joined', 'wished'] as const).map((from) =>
        opens(
          next(from === 'joined' ? states.joined : wished, { type: 'device', device: 'microphone', state }),
        ),
      );
    expect([known('on'), known('off')]).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  it.each([
    ['gum.permission_denied', 'blocked'],
    ['gum.not_found', 'missing'],
    ['gum.general', 'failed'],
    [undefined, 'failed'],
  ])('the fault %s is shown as %s, until the device opens', (type, fault) => {
    const of = (name: 'mic-error' | 'camera-error') =>
      page({ name, ...(type === undefined ? {} : { type }) });
    const faulty = next(next(states.joined, of('mic-error')), of('camera-error'));
    expect(faulty).toMatchObject({ microphoneFault: fault, cameraFault: fault });
    const stillOff = next(faulty, { type: 'device', device: 'microphone', state: 'off' });
    expect(stillOff).toMatchObject({ microphoneFault: fault });
    const open = next(stillOff, { type: 'device', device: 'microphone', state: 'on' });
    expect(open).toMatchObject({ microphone: 'on', microphoneFault: undefined, cameraFault: fault });
    const both = next(open, { type: 'device', device: 'camera', state: 'on' });
    expect(both).toMatchObject({ cameraFault: undefined });
  });
});

describe('the others', () => {
  const names = (state: CallState) =>
    'others' in state ? state.others.map(({ id, displayName }) => `${id}:${displayName}`) : [];

  it('stand in the order they came, change their names, and go', () => {
    const three = [arrival('a', 'Ada'), arrival('b', 'Bob'), arrival('c')].reduce(next, states.joined);
    expect(names(three)).toEqual(['a:Ada', 'b:Bob', 'c:']);
    const renamed = next(three, page({ name: 'display-name-change', id: 'a', displayname: 'Ana' }));
    expect(names(renamed)).toEqual(['a:Ana', 'b:Bob', 'c:']);
    const left = next(renamed, page({ name: 'participant-left', id: 'b' }));
    expect(names(left)).toEqual(['a:Ana', 'c:']);
  });

  it('are each there once, though the page says it twice', () => {
    const twice = [arrival('a', 'Ada'), arrival('b'), arrival('a', 'Ana')].reduce(next, states.joined);
    expect(names(twice)).toEqual(['a:Ana', 'b:']);
  });

  it("do not grow by a stranger's change of name, such as our own", () => {
    const ours = page({ name: 'display-name-change', id: 'me', displayname: 'Me' });
    expect(next(states.joined, ours)).toBe(states.joined);
  });

  it('are bounded: a page that invents participants does not make the process grow', () => {
    let state = states.joined;
    for (let index = 0; index < OTHERS_MAX + 5; index += 1) state = next(state, arrival(String(index)));
    expect(names(state)).toHaveLength(OTHERS_MAX);
    const renamed = next(state, arrival('0', 'first'));
    expect(names(renamed)[0]).toBe('0:first');
  });
});
