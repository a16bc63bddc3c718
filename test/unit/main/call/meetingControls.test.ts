import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RECORDER_PATIENCE_MS } from '../../../../main/call/meetingControls';
import type { MeetingControl } from '../../../../shared/meetingControl';
import { RunningSession } from './runningSession';

let call: RunningSession;

beforeEach(() => {
  vi.useFakeTimers();
  call = new RunningSession();
  call.page.join();
});
afterEach(() => {
  vi.useRealTimers();
});

const moderate = (moderator = true) =>
  call.page.say('participant-role-changed', { id: 'me', role: moderator ? 'moderator' : 'participant' });
/** What the page was told since the last look, without the devices. */
const told = () => call.page.posted.splice(0).filter(([name]) => name !== 'toggle-audio');
const control = (...controls: MeetingControl[]) => {
  for (const each of controls) call.session.control(each);
  return told();
};
const meeting = () => (call.state.phase === 'joined' ? call.state.meeting : undefined);

describe('what the page can only toggle', () => {
  it.each<[string, MeetingControl & { on: boolean }, string, object, object]>([
    [
      'hand',
      { what: 'hand', on: true },
      'toggle-raise-hand',
      { id: 'me', handRaised: 7 },
      { id: 'me', handRaised: 0 },
    ],
    ['tile view', { what: 'tile-view', on: true }, 'toggle-tile-view', { enabled: true }, { enabled: false }],
    [
      'chat',
      { what: 'chat', on: true },
      'toggle-chat',
      { unreadCount: 0, isOpen: true },
      { unreadCount: 0, isOpen: false },
    ],
    ['screen', { what: 'share', on: true }, 'toggle-share-screen', { on: true }, { on: false }],
  ])('%s: is told once, until the page has followed', (_name, on, command, isOn, isOff) => {
    const event: Record<string, string> = {
      'toggle-raise-hand': 'raise-hand-updated',
      'toggle-tile-view': 'tile-view-changed',
      'toggle-chat': 'chat-updated',
      'toggle-share-screen': 'screen-sharing-status-changed',
    };
    const off = { ...on, on: false };
    expect(control(off)).toEqual([]);
    expect(control(on, on)).toEqual([[command]]);
    call.page.say(event[command] ?? '', isOn);
    expect(control(on)).toEqual([]);
    expect(control(off)).toEqual([[command]]);
    call.page.say(event[command] ?? '', isOff);
    expect(control(off)).toEqual([]);
  });

  it('is taken back at once when the user is quicker than the page', () => {
    expect(control({ what: 'hand', on: true }, { what: 'hand', on: false })).toEqual([
      ['toggle-raise-hand'],
      ['toggle-raise-hand'],
    ]);
  });

  it('is told again when the page has not followed for long', () => {
    expect(control({ what: 'hand', on: true })).toHaveLength(1);
    vi.advanceTimersByTime(2_100);
    expect(control({ what: 'hand', on: true })).toHaveLength(1);
  });
});

describe('the other controls', () => {
  it.each<[MeetingControl, unknown[]]>([
    [{ what: 'participants-pane', on: true }, ['toggle-participants-pane', true]],
    [{ what: 'audio-only', on: true }, ['set-audio-only', true]],
    [{ what: 'noise-suppression', on: true }, ['set-noise-suppression-enabled', { enabled: true }]],
    [{ what: 'encryption', on: false }, ['toggle-e2ee', false]],
    [{ what: 'subtitles' }, ['toggle-subtitles']],
  ])('%o is for anyone', (wish, command) => {
    expect(control(wish)).toEqual([command]);
  });

  it.each<[MeetingControl, unknown[]]>([
    [{ what: 'record', on: true }, ['start-recording', { mode: 'file' }]],
    [{ what: 'record', on: false }, ['stop-recording', 'file']],
    [
      { what: 'stream', key: 'abcd-1234' },
      ['start-recording', { mode: 'stream', youtubeStreamKey: 'abcd-1234' }],
    ],
    [
      { what: 'stream', key: 'rtmps://live.example/x/k' },
      ['start-recording', { mode: 'stream', rtmpStreamKey: 'rtmps://live.example/x/k' }],
    ],
    [{ what: 'stop-stream' }, ['stop-recording', 'stream']],
    [{ what: 'set-password', text: 's3cret' }, ['password', 's3cret']],
    [{ what: 'waiting-room', on: true }, ['toggle-lobby', true]],
    [{ what: 'admit', id: 'x' }, ['answer-knocking-participant', 'x', true]],
    [{ what: 'refuse', id: 'x' }, ['answer-knocking-participant', 'x', false]],
    [{ what: 'subject', text: 'Pairing' }, ['subject', 'Pairing']],
    [{ what: 'mute-everyone' }, ['mute-everyone', 'audio']],
    [{ what: 'end-for-all' }, ['end-conference']],
    [{ what: 'mute', id: 'b' }, ['mute-remote-participant', 'b', 'audio']],
    [{ what: 'make-moderator', id: 'b' }, ['grant-moderator', 'b']],
    [{ what: 'remove', id: 'b' }, ['kick-participant', 'b']],
  ])('%o is for moderators', (wish, command) => {
    expect(control(wish)).toEqual([]);
    moderate();
    expect(control(wish)).toEqual([command]);
    moderate(false);
    expect(control(wish)).toEqual([]);
  });

  it('do nothing before the room is entered, nor after it is left', () => {
    const early = new RunningSession();
    early.session.control({ what: 'hand', on: true });
    expect(early.page.posted).toEqual([]);
    early.session.abandon();
    call.session.leave();
    told();
    expect(control({ what: 'hand', on: true })).toEqual([]);
  });
});

it('a recorder that says nothing is said to have failed', () => {
  moderate();
  control({ what: 'record', on: true });
  expect(meeting()?.recording.file).toEqual({ state: 'starting' });
  vi.advanceTimersByTime(RECORDER_PATIENCE_MS);
  expect(meeting()?.recording.file).toEqual({ state: 'failed', detail: undefined });
});

it('a recorder that has come is not said to have failed', () => {
  moderate();
  control({ what: 'record', on: true });
  call.page.say('recording-status-changed', { on: true, mode: 'file' });
  vi.advanceTimersByTime(RECORDER_PATIENCE_MS);
  expect(meeting()?.recording.file).toEqual({ state: 'on' });
});

it('who is answered waits no longer', () => {
  moderate();
  call.page.say('knocking-participant', { participant: { id: 'x', name: 'Eve' } });
  expect(meeting()?.waitingRoom.knocking).toHaveLength(1);
  control({ what: 'refuse', id: 'x' });
  expect(meeting()?.waitingRoom.knocking).toEqual([]);
});

it('asks who moderates, of those who were there before', async () => {
  call.page.answersTo['rooms-info'] = {
    rooms: [
      {
        isMainRoom: true,
        participants: [
          { id: 'me', role: 'participant' },
          { id: 'b', role: 'moderator' },
        ],
      },
    ],
  };
  call.page.say('participant-joined', { id: 'b', displayName: 'Bob' });
  await vi.advanceTimersByTimeAsync(1);
  expect(call.state).toMatchObject({ others: [{ id: 'b', moderator: true }] });
});
