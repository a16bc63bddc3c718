import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NOTICE_MS, PeopleNotices } from '../../../../main/shell/peopleNotices';
import { type CallState, IDLE } from '../../../../shared/callState';
import type { Meeting } from '../../../../shared/meeting';
import { joinedCall } from '../../../support/joinedCall';

let wanted: boolean;
let attentionWanted: boolean;
let away: boolean;
let told: unknown[];
let changes: number;
let notices: PeopleNotices;

beforeEach(() => {
  vi.useFakeTimers();
  [wanted, attentionWanted, away, told, changes] = [true, true, false, [], 0];
  notices = new PeopleNotices({
    wanted: () => wanted,
    attentionWanted: () => attentionWanted,
    away: () => away,
    tell: (notice) => told.push(notice),
    onChange: () => (changes += 1),
    now: () => Date.now(),
  });
});
afterEach(() => vi.useRealTimers());

const withPeople = (...names: string[]): CallState => ({
  ...joinedCall({}),
  others: names.map((displayName) => ({
    id: displayName,
    displayName,
    muted: undefined,
    handRaised: false,
    moderator: false,
  })),
});

it('says who joins and who leaves, for a while', () => {
  notices.update(withPeople('Ana'));
  expect(notices.notice).toBeUndefined();
  notices.update(withPeople('Ana', 'Bea'));
  expect(notices.notice).toEqual({ what: 'joined', name: 'Bea' });
  notices.update(withPeople('Bea'));
  expect(notices.notice).toEqual({ what: 'left', name: 'Ana' });
  vi.advanceTimersByTime(NOTICE_MS);
  expect(notices.notice).toBeUndefined();
  expect(changes).toBe(1);
  expect(told).toEqual([]);
});

it('says nothing of whom one finds there, at first and after coming back', () => {
  notices.update(IDLE);
  notices.update(withPeople('Ana'));
  notices.update({
    ...(withPeople('Ana') as CallState & { phase: 'joined' }),
    connection: { state: 'rejoining', because: { code: 'page-crashed' } },
  });
  notices.update(withPeople('Ana', 'Bea'));
  expect(notices.notice).toBeUndefined();
});

it('says nothing when nobody wants to know', () => {
  wanted = false;
  notices.update(withPeople('Ana'));
  notices.update(withPeople());
  expect(notices.notice).toBeUndefined();
});

it('has the system say it while one looks elsewhere, and not without end', () => {
  away = true;
  notices.update(withPeople());
  notices.update(withPeople('Ana'));
  notices.update(withPeople('Ana', 'Bea'));
  expect(told).toEqual([{ what: 'joined', name: 'Ana' }]);
  vi.advanceTimersByTime(10_000);
  notices.update(withPeople('Ana'));
  expect(told).toHaveLength(2);
});

it('has the system say who knocks, and that one talks muted, whoever wants to know who joins', () => {
  wanted = false;
  const at = (meeting: Partial<Meeting>) => notices.update(joinedCall(meeting));
  const knocking = (...names: string[]) => ({
    waitingRoom: { on: true, knocking: names.map((name) => ({ id: name, name })) },
  });
  at({});
  at(knocking('Eve'));
  expect(told).toEqual([]);
  away = true;
  at(knocking('Eve', 'Ada'));
  at({ ...knocking('Eve', 'Ada'), talkedMuted: 1 });
  expect(told).toEqual([{ what: 'knocking', name: 'Ada' }, { what: 'talked-muted' }]);
  vi.advanceTimersByTime(10_000);
  at({ talkedMuted: 1 });
  notices.update({ ...joinedCall({ talkedMuted: 2 }), microphone: 'on' });
  expect(told).toHaveLength(2);
});

it('has the system say neither to those who do not want to know that, but who joins all the same', () => {
  [attentionWanted, away] = [false, true];
  notices.update(withPeople());
  const knocking = [{ id: 'Eve', name: 'Eve' }];
  notices.update(joinedCall({ waitingRoom: { on: true, knocking }, talkedMuted: 1 }));
  expect(told).toEqual([]);
  notices.update(withPeople('Ana'));
  expect(told).toEqual([{ what: 'joined', name: 'Ana' }]);
});
