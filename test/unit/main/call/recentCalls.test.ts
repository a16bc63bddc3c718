import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RECENT_MAX, type RecentCallRules, RecentCalls } from '../../../../main/call/recentCalls';
import { type CallState, IDLE, next } from '../../../../shared/callState';
import { RoomName } from '../../../../shared/roomName';

const LOBBY = 'https://lobby.example.com';
const FREE = 'https://free.example.com';

let folder: string;
let rules: RecentCallRules;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-recent-'));
  rules = { keepRecentCalls: true, lobbies: [LOBBY], freeUrl: FREE, freeForbidden: false };
});
// What is noted last may still be on its way into the file.
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 10 }));

const file = () => join(folder, 'recent-calls.json');
const read = (onChange: () => void = () => undefined) =>
  RecentCalls.read({ directory: folder, rules: () => rules, onChange });
const stored = async (): Promise<unknown> => JSON.parse(await readFile(file(), 'utf8'));

/** A call in a room, as the page has joined it. */
function joined(name: string, at: number, free = false): CallState {
  const intent = { target: { kind: 'new' }, media: 'audio', free } as const;
  const deployment = free ? FREE : 'https://meet.example.com';
  const room = { name: RoomName.parse(name), deployment, free, invitable: true };
  const page = { name: 'video-conference-joined' as const, roomName: name, id: 'me' };
  return (
    [
      { type: 'requested', intent },
      { type: 'opened', room },
      { type: 'page', event: page, at },
    ] as const
  ).reduce<CallState>((state, event) => next(state, event), IDLE);
}

describe('recent calls', () => {
  it('are noted once joined, newest first, each room once, and are there again after a start', async () => {
    const onChange = vi.fn();
    const recents = await read(onChange);
    recents.follow(joined('brisk-otter', 1000), LOBBY);
    recents.follow(joined('brisk-otter', 1000), LOBBY);
    expect(onChange).toHaveBeenCalledTimes(1);
    recents.follow(joined('calm-heron', 2000, true), undefined);
    recents.follow(joined('brisk-otter', 3000), LOBBY);
    const all = [
      { room: 'brisk-otter', place: LOBBY, free: false, at: 3000 },
      { room: 'calm-heron', place: FREE, free: true, at: 2000 },
    ];
    expect(recents.shown).toEqual(all);
    await expect.poll(stored).toEqual(all);
    expect((await read()).shown).toEqual(all);
  });

  it('are few', async () => {
    const recents = await read();
    for (let at = 1; at <= RECENT_MAX + 3; at++) recents.follow(joined(`room-${at}`, at), LOBBY);
    expect(recents.shown.map(({ at }) => at)).toEqual([8, 7, 6, 5, 4]);
  });

  it('leave out what was not joined, and a lobby where one was a guest', async () => {
    const recents = await read();
    recents.follow(IDLE, undefined);
    recents.follow(joined('brisk-otter', 1000), 'https://other.example.com');
    expect(recents.shown).toEqual([]);
  });

  it('are shown only where they can be joined again, and found only there', async () => {
    const recents = await read();
    recents.follow(joined('brisk-otter', 1000), LOBBY);
    recents.follow(joined('calm-heron', 2000, true), undefined);
    rules = { ...rules, lobbies: [] };
    expect(recents.shown.map(({ room }) => room)).toEqual(['calm-heron']);
    const atLobby = { room: RoomName.parse('brisk-otter'), place: LOBBY, free: false };
    expect(recents.find(atLobby)).toBeUndefined();
    rules = { ...rules, lobbies: [LOBBY], freeForbidden: true };
    expect(recents.shown.map(({ room }) => room)).toEqual(['brisk-otter']);
    expect(recents.find(atLobby)).toMatchObject({ at: 1000 });
    rules = { ...rules, freeForbidden: false, freeUrl: 'https://elsewhere.example.com' };
    expect(recents.shown.map(({ room }) => room)).toEqual(['brisk-otter']);
  });

  it('are not kept when the setting says so, and can be forgotten, in the file too', async () => {
    const recents = await read();
    recents.follow(joined('brisk-otter', 1000), LOBBY);
    await expect.poll(() => stored().catch(() => [])).toHaveLength(1);
    recents.clear();
    expect(recents.shown).toEqual([]);
    await expect.poll(stored).toEqual([]);
    rules = { ...rules, keepRecentCalls: false };
    recents.follow(joined('brisk-otter', 2000), LOBBY);
    rules = { ...rules, keepRecentCalls: true };
    expect(recents.shown).toEqual([]);
  });

  it.each([
    ['no JSON', '[{'],
    ['no list', '{}'],
    ['an entry that is none', '[{"room":"Not A Room","place":"https://a.example","free":false,"at":1}]'],
  ])('in a file with %s are none, and the file is kept aside', async (_, content) => {
    await writeFile(file(), content);
    const recents = await read();
    expect(recents.shown).toEqual([]);
    expect(await readdir(folder)).toEqual(['recent-calls.json.unreadable']);
    recents.follow(joined('brisk-otter', 1000), LOBBY);
    await expect.poll(() => stored().catch(() => [])).toHaveLength(1);
  });
});
