import { describe, expect, it } from 'vitest';
import { decodePageMessage } from '../../../shared/jitsi/codec';
import type { JitsiEvent } from '../../../shared/jitsi/events';
import { type Meeting, meetingAfter, NEW_MEETING, recordingAsked } from '../../../shared/meeting';
import { othersAfter, othersWithRoles, type Participant } from '../../../shared/participants';
import { heardBy, type RecordingFile } from './jitsi/recordings';

/** All that one of the recording's clients was told, and what is known after each of its events. */
function told(
  file: RecordingFile,
  who: string,
): { event: JitsiEvent; meeting: Meeting; others: Participant[] }[] {
  let meeting = NEW_MEETING;
  let others: readonly Participant[] = [];
  return heardBy(file, who).flatMap((text) => {
    const message = decodePageMessage(text);
    if (message?.kind !== 'event') return [];
    meeting = meetingAfter(meeting, message.event);
    others = othersAfter(others, message.event);
    return [{ event: message.event, meeting, others: [...others] }];
  });
}

const after = (...events: JitsiEvent[]) => events.reduce(meetingAfter, NEW_MEETING);
const notice = (title: string, description?: string): JitsiEvent => ({
  name: 'notification-triggered',
  title,
  description,
});
const knock = (id: string, name?: string): JitsiEvent => ({
  name: 'knocking-participant',
  participant: { id, name },
});
const lobby = (event: string, value: unknown, name?: string): JitsiEvent => ({
  name: 'non-participant-message-received',
  message: { type: 'lobby-notify', event, value, name },
});
const recording = (on: boolean, mode: string, error?: string): JitsiEvent => ({
  name: 'recording-status-changed',
  on,
  mode,
  error,
});

describe('the recorded call', () => {
  const ana = told('one-to-one-call.jsonl', 'A');
  const bob = told('one-to-one-call.jsonl', 'B');
  /** The values that something took, without repetitions. */
  const values = <T>(steps: typeof ana, read: (step: (typeof ana)[number]) => T): T[] =>
    steps.map(read).filter((value, index, all) => index === 0 || value !== all[index - 1]);

  it('is read as it went, by the one who did it all', () => {
    expect(values(ana, ({ meeting }) => meeting.moderator)).toEqual([false, true]);
    expect(values(ana, ({ meeting }) => meeting.handRaised)).toEqual([false, true, false]);
    expect(values(ana, ({ meeting }) => meeting.tileView)).toEqual([false, true, false]);
    expect(values(ana, ({ meeting }) => meeting.subject)).toEqual(['', 'Pairing']);
    expect(values(ana, ({ meeting }) => meeting.chat.unread)).toEqual([0, 1, 0]);
    expect(values(ana, ({ meeting }) => meeting.chat.open)).toEqual([false, true, false]);
    expect(values(ana, ({ meeting }) => meeting.participantsPane)).toEqual([false, true, false]);
    expect(values(ana, ({ meeting }) => meeting.audioOnly)).toEqual([false, true, false]);
    expect(values(ana, ({ meeting }) => meeting.sharing)).toEqual([false, true, false]);
    expect(values(ana, ({ meeting }) => meeting.waitingRoom.on)).toEqual([undefined, true, false]);
    expect(values(ana, ({ meeting }) => meeting.peerToPeer)).toEqual([false, true, false]);
    expect(values(ana, ({ meeting }) => meeting.dominantSpeaker)).toEqual([
      undefined,
      '3431e759',
      '986a61f5',
      '3431e759',
      undefined,
    ]);
    expect(ana.at(-1)?.meeting.recording).toEqual(NEW_MEETING.recording);
  });

  it('is read as it went, by the other', () => {
    expect(values(bob, ({ meeting }) => meeting.moderator)).toEqual([false]);
    expect(values(bob, ({ meeting }) => meeting.password)).toEqual(['unknown', 'set']);
    expect(values(bob, ({ meeting }) => meeting.waitingRoom.on)).toEqual([undefined, true, false]);
    expect(values(bob, ({ others }) => others[0]?.handRaised)).toEqual([
      undefined,
      false,
      true,
      false,
      undefined,
    ]);
    expect(values(bob, ({ others }) => others[0]?.displayName)).toEqual([
      undefined,
      'Ana',
      'Ana Maria',
      undefined,
    ]);
  });

  it('tells of microphones what it tells: the first opening is heard, and not said', () => {
    expect(values(ana, ({ others }) => others[0]?.muted)).toEqual([undefined, false, true, undefined]);
    expect(values(bob, ({ others }) => others[0]?.muted)).toEqual([undefined, false, undefined]);
  });

  it('tells nothing of encryption, and that there is nobody who writes subtitles', () => {
    const steps = told('devices-and-e2ee.jsonl', 'A');
    expect(values(steps, ({ meeting }) => meeting.transcription)).toEqual(['off', 'unavailable']);
    expect(values(steps, ({ meeting }) => meeting.peerToPeer)).toEqual([false, true, false]);
  });
});

describe('the waiting room', () => {
  it('holds who knocks, once each', () => {
    const meeting = after(knock('x', 'Eve'), knock('y'), knock('x', 'Eve'));
    expect(meeting.waitingRoom).toEqual({
      on: true,
      knocking: [
        { id: 'y', name: '' },
        { id: 'x', name: 'Eve' },
      ],
    });
  });

  it.each<[string, JitsiEvent]>([
    ['was let in by somebody', lobby('LOBBY-ACCESS-GRANTED', 'x@guests/1', 'Eve')],
    ['was refused by somebody', lobby('LOBBY-ACCESS-DENIED', 'x@guests/1', 'Eve')],
    ['has come in', { name: 'participant-joined', id: 'z', displayName: 'Eve' }],
  ])('loses who %s', (_what, event) => {
    const knocking = [knock('x', 'Eve'), knock('y', 'Mallory'), knock('n')];
    expect(after(...knocking, event).waitingRoom.knocking.map(({ id }) => id)).toEqual(['y', 'n']);
  });

  it('loses only one of two who have the same name', () => {
    const meeting = after(knock('x', 'Eve'), knock('y', 'Eve'), {
      name: 'participant-joined',
      id: 'z',
      displayName: 'Eve',
    });
    expect(meeting.waitingRoom.knocking).toHaveLength(1);
  });

  it('is empty once it is closed, and is told of by other messages too', () => {
    expect(after(knock('x'), lobby('LOBBY-ENABLED', false)).waitingRoom).toEqual({ on: false, knocking: [] });
    expect(after(notice('lobby.notificationTitle', 'lobby.notificationLobbyEnabled')).waitingRoom.on).toBe(
      true,
    );
    expect(after(lobby('something else', true)).waitingRoom.on).toBeUndefined();
  });
});

describe('a recording', () => {
  const asked = recordingAsked(NEW_MEETING, 'file', 'asked');
  const state = (meeting: Meeting) => meeting.recording.file;

  it('starts when it is asked for, and is on when the page says so', () => {
    expect(state(asked)).toEqual({ state: 'starting' });
    const on = meetingAfter(asked, recording(true, 'file'));
    expect(state(on)).toEqual({ state: 'on' });
    expect(on.recording.stream).toEqual({ state: 'off' });
    expect(state(meetingAfter(on, recording(false, 'file')))).toEqual({ state: 'off' });
    expect(recordingAsked(on, 'file', 'asked')).toBe(on);
  });

  it('has failed when the page says why, or nothing for long, and stays so', () => {
    const failed = meetingAfter(asked, recording(false, 'file', 'service-unavailable'));
    expect(state(failed)).toEqual({ state: 'failed', detail: 'service-unavailable' });
    expect(state(meetingAfter(failed, recording(false, 'file')))).toEqual(state(failed));
    expect(state(recordingAsked(asked, 'file', 'unanswered'))).toEqual({
      state: 'failed',
      detail: undefined,
    });
  });

  it('has not failed because of silence when it is on', () => {
    const on = meetingAfter(asked, recording(true, 'file'));
    expect(recordingAsked(on, 'file', 'unanswered')).toBe(on);
  });

  it('of this computer alone is none', () => {
    expect(after(recording(true, 'local')).recording).toEqual(NEW_MEETING.recording);
  });
});

it('passwords of others are told by a notice', () => {
  expect(after(notice('notify.passwordSetRemotely')).password).toBe('set');
  expect(after(notice('notify.passwordSetRemotely'), notice('notify.passwordRemovedRemotely')).password).toBe(
    'none',
  );
});

it('what the page says twice is no change', () => {
  const meeting = after(
    { name: 'video-conference-joined', roomName: 'r', id: 'me' },
    { name: 'chat-updated', unreadCount: 1, isOpen: false },
    { name: 'tile-view-changed', enabled: true },
  );
  expect(meetingAfter(meeting, { name: 'chat-updated', unreadCount: 1, isOpen: false })).toBe(meeting);
  expect(meetingAfter(meeting, { name: 'tile-view-changed', enabled: true })).toBe(meeting);
});

it('roles of those who were there before come by an answer', () => {
  const others = othersAfter([], { name: 'participant-joined', id: 'a', displayName: 'Ana' });
  const known = othersWithRoles(others, ['a', 'me']);
  expect(known).toMatchObject([{ id: 'a', moderator: true }]);
  expect(othersWithRoles(known, ['a'])).toBe(known);
  expect(othersWithRoles(known, [])).toMatchObject([{ moderator: false }]);
});
