import { beforeEach, expect, it } from 'vitest';
import { HiddenMeeting } from '../../../../main/shell/hiddenMeeting';
import { type CallState, IDLE } from '../../../../shared/callState';
import type { Media } from '../../../../shared/lobbyApi';
import type { Meeting } from '../../../../shared/meeting';
import { joinedCall } from '../../../support/joinedCall';

let call: CallState;
let kinds: readonly Media[];
/** The settings cannot be written. */
let full: boolean;
let asked: unknown[];
let hiddenMeeting: HiddenMeeting;

beforeEach(() => {
  call = joinedCall({});
  kinds = [];
  full = false;
  asked = [];
  hiddenMeeting = new HiddenMeeting({
    call: () => call,
    kinds: () => kinds,
    keep: (kept) => {
      if (full) return Promise.resolve({ ok: false, fault: 'ENOSPC' });
      kinds = kept;
      return Promise.resolve({ ok: true });
    },
    control: (control) => asked.push(control),
    onChange: () => undefined,
  });
});

const calls = (media: Media, meeting: Partial<Meeting> = {}) => {
  const joined = joinedCall(meeting);
  return { ...joined, intent: { ...joined.intent, media } };
};

it('is remembered for voice and for video apart', async () => {
  call = calls('audio');
  await hiddenMeeting.set(true);
  expect(hiddenMeeting.hidden).toBe(true);
  call = calls('video');
  expect(hiddenMeeting.hidden).toBe(false);
  await hiddenMeeting.set(true);
  call = calls('audio');
  await hiddenMeeting.set(false);
  expect(hiddenMeeting.hidden).toBe(false);
  expect(kinds).toEqual(['video']);
});

it('is done for this run where it cannot be written, and written the next time', async () => {
  full = true;
  call = calls('audio');
  await hiddenMeeting.set(true);
  expect([hiddenMeeting.hidden, kinds]).toEqual([true, []]);
  full = false;
  call = calls('video');
  await hiddenMeeting.set(true);
  expect(kinds).toEqual(['audio', 'video']);
});

it.each<Partial<Meeting>>([
  { waiting: 'login' },
  { waiting: 'host' },
  { chat: { unread: 0, open: true } },
  { participantsPane: true },
])('is not hidden while the page is needed: %j', (meeting) => {
  kinds = ['audio'];
  call = calls('audio', meeting);
  expect(hiddenMeeting.hidden).toBe(false);
});

it('closes what stands open in the page before it goes out of sight', async () => {
  call = calls('audio', { chat: { unread: 0, open: true }, participantsPane: true });
  await hiddenMeeting.set(true);
  expect(asked).toEqual([
    { what: 'chat', on: false },
    { what: 'participants-pane', on: false },
  ]);
});

it('is nothing without a call', async () => {
  call = IDLE;
  await hiddenMeeting.set(true);
  expect(kinds).toEqual([]);
  kinds = ['audio', 'video'];
  expect(hiddenMeeting.hidden).toBe(false);
});
