import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newRoomName, ROOM_NAME_MAX, ROOM_WORDS, RoomName } from '../../../shared/roomName';

const read = (text: string): string | undefined => RoomName.safeParse(text).data;

describe('a new room name', () => {
  it('is four words of the list that can be read out, joined by hyphens', () => {
    for (let round = 0; round < 200; round += 1) {
      const parts = newRoomName(randomInt).split('-');
      expect(parts).toHaveLength(4);
      for (const word of parts) expect(ROOM_WORDS).toContain(word);
    }
  });

  it('holds at least 50 bits, from words of plain letters that stand once each', () => {
    expect(4 * Math.log2(ROOM_WORDS.length)).toBeGreaterThan(50);
    expect(new Set(ROOM_WORDS).size).toBe(ROOM_WORDS.length);
    expect(ROOM_WORDS.filter((word) => !/^[a-z]+$/.test(word))).toEqual([]);
  });

  it('takes every word from the random source it is given, over the whole list', () => {
    const bounds: number[] = [];
    const last = ROOM_WORDS.length - 1;
    const picks = [0, last, 1, last - 1];
    const name = newRoomName((bound) => {
      bounds.push(bound);
      return picks[bounds.length - 1] ?? 0;
    });
    expect(name).toBe(picks.map((pick) => ROOM_WORDS[pick]).join('-'));
    expect(bounds).toEqual(picks.map(() => ROOM_WORDS.length));
  });

  it('is never too long, whatever the words', () => {
    const longest = Math.max(...ROOM_WORDS.map((word) => word.length));
    expect(4 * longest + 3).toBeLessThanOrEqual(ROOM_NAME_MAX);
  });
});

describe('reading a room name', () => {
  it.each([
    ['brisk-otter', 'brisk-otter'],
    ['  Brisk-Otter\n', 'brisk-otter'],
    ['7', '7'],
    ['a--b', 'a--b'],
    ['x'.repeat(ROOM_NAME_MAX), 'x'.repeat(ROOM_NAME_MAX)],
  ])('%j is %j', (text, room) => {
    expect(read(text)).toBe(room);
  });

  it.each([
    ['nothing', ' '],
    ['a hyphen outside', '-otter'],
    ['a hyphen at the end', 'otter-'],
    ['a dot', 'brisk.otter'],
    ['an underscore', 'brisk_otter'],
    ['a space inside', 'brisk otter'],
    ['a line break inside', 'brisk\notter'],
    ['an escape', 'brisk%20otter'],
    ['a slash', 'a/b'],
    ['another alphabet', 'öttér'],
    ['a letter that only looks like ours', 'оtter'],
    ['too many characters', 'x'.repeat(ROOM_NAME_MAX + 1)],
  ])('refuses %s', (_what, text) => {
    expect(read(text)).toBeUndefined();
  });

  it('gives a name that Prosody compares as it stands, or nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
        const room = read(text);
        if (room === undefined) return;
        expect(room).toMatch(/^[a-z0-9-]{1,100}$/);
        expect(read(room)).toBe(room);
      }),
    );
  });

  it('takes every name of our alphabet', () => {
    const inner = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?$/);
    fc.assert(
      fc.property(inner, (name) => {
        expect(read(name.toUpperCase())).toBe(name);
      }),
    );
  });
});
