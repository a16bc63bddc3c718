import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inviteTimes, readInviteLifetimes } from '../../../../lobby/invites/inviteTimes';

const DAY = 24 * 3600;
const now = new Date('2026-03-01T12:00:00.400Z');
const lifetimes = { usual: DAY, longest: 7 * DAY };
const times = (wish?: { opensAt?: string; expiresAt?: string }) => inviteTimes(wish, lifetimes, now);
const date = (text: string) => new Date(text);

describe('the times of an invite', () => {
  it('are the usual ones when nobody wishes for others', () => {
    const usual = { opensAt: undefined, expiresAt: date('2026-03-02T12:00:00Z') };
    expect(times()).toEqual(usual);
    expect(times({})).toEqual(usual);
  });

  it('are those that the caller wishes for, to the second', () => {
    expect(times({ opensAt: '2026-03-02T10:00:00.9+01:00', expiresAt: '2026-03-02T11:00:00Z' })).toEqual({
      opensAt: date('2026-03-02T09:00:00Z'),
      expiresAt: date('2026-03-02T11:00:00Z'),
    });
    expect(times({ expiresAt: '2026-03-08T12:00:00Z' })).toMatchObject({
      expiresAt: date('2026-03-08T12:00:00Z'),
    });
  });

  it('count from the opening when only that is wished for, within the longest life', () => {
    expect(times({ opensAt: '2026-03-03T12:00:00Z' })).toEqual({
      opensAt: date('2026-03-03T12:00:00Z'),
      expiresAt: date('2026-03-04T12:00:00Z'),
    });
    expect(times({ opensAt: '2026-03-08T06:00:00Z' })).toMatchObject({
      expiresAt: date('2026-03-08T12:00:00Z'),
    });
  });

  it('need no opening that has passed', () => {
    expect(times({ opensAt: '2026-03-01T11:00:00Z' })).toEqual(times());
  });

  it.each([
    [{ expiresAt: '2026-03-01T12:00:00Z' }, 'invite.expiresAt: has passed already'],
    [
      { expiresAt: '2026-03-08T12:00:01Z' },
      'invite.expiresAt: must be 2026-03-08T12:00:00.000Z at the latest',
    ],
    [
      { opensAt: '2026-03-02T11:00:00Z', expiresAt: '2026-03-02T11:00:00Z' },
      'invite.opensAt: must be before invite.expiresAt',
    ],
    [
      { opensAt: '2026-03-08T12:00:00Z' },
      'invite.opensAt: must be before 2026-03-08T12:00:00.000Z, when the longest invite expires',
    ],
  ])('refuses %j', (wish, fault) => {
    expect(times(wish)).toEqual({ fault });
  });

  it('are always in order and within bounds, whatever is wished for', () => {
    const time = fc.date({ noInvalidDate: true, min: date('2026-02-20'), max: date('2026-03-20') });
    const wish = fc.record({ opensAt: fc.option(time), expiresAt: fc.option(time) });
    fc.assert(
      fc.property(wish, ({ opensAt, expiresAt }) => {
        const read = times({
          ...(opensAt === null ? {} : { opensAt: opensAt.toISOString() }),
          ...(expiresAt === null ? {} : { expiresAt: expiresAt.toISOString() }),
        });
        if ('fault' in read) return;
        expect(read.expiresAt.getTime()).toBeGreaterThan(now.getTime());
        expect(read.expiresAt.getTime() - now.getTime()).toBeLessThanOrEqual(lifetimes.longest * 1000);
        if (read.opensAt === undefined) return;
        expect(read.opensAt.getTime()).toBeGreaterThan(now.getTime());
        expect(read.opensAt.getTime()).toBeLessThan(read.expiresAt.getTime());
      }),
    );
  });
});

describe('lifetimes', () => {
  it('have defaults', () => {
    expect(readInviteLifetimes({})).toEqual({ value: { usual: DAY, longest: 30 * DAY } });
    expect(readInviteLifetimes({ LOBBY_INVITE_TTL_MAX: '3600' })).toEqual({
      value: { usual: 3600, longest: 3600 },
    });
  });

  it.each(['59', '2592001', '1e4', '-5', '10.5', 'day'])('refuse %j, naming the variable', (text) => {
    expect(readInviteLifetimes({ LOBBY_INVITE_TTL: text })).toEqual({
      faults: ['LOBBY_INVITE_TTL takes 60 to 2592000 seconds (30 days), as a whole number.'],
    });
    expect(readInviteLifetimes({ LOBBY_INVITE_TTL_MAX: text })).toEqual({
      faults: ['LOBBY_INVITE_TTL_MAX takes 60 to 2592000 seconds (30 days), as a whole number.'],
    });
  });

  it('refuse a usual one that is longer than the longest', () => {
    const read = readInviteLifetimes({ LOBBY_INVITE_TTL: '7200', LOBBY_INVITE_TTL_MAX: '3600' });
    expect(read).toEqual({
      faults: ['LOBBY_INVITE_TTL is 7200 seconds, more than LOBBY_INVITE_TTL_MAX (3600).'],
    });
  });
});
