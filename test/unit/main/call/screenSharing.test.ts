import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { REFRESH_MS, ScreenSharing, WORD_MS } from '../../../../main/call/screenSharing';
import type { ShareSource } from '../../../../shared/ipc/snapshot';

const source = (id: string): ShareSource => ({
  id,
  name: `The one at ${id}`,
  kind: id.startsWith('screen') ? 'screen' : 'window',
  thumbnail: undefined,
});
const screen = source('screen:1:0');
const window = source('window:7:0');

let found: readonly ShareSource[] | Error;
let looks: number;
let changes: number;
let dropped: number;
let sharing: ScreenSharing;
const newSharing = (systemPicks: boolean) =>
  new ScreenSharing({
    sources: () => {
      looks += 1;
      return found instanceof Error ? Promise.reject(found) : Promise.resolve(found);
    },
    systemPicks,
    onDropped: () => (dropped += 1),
    onChange: () => (changes += 1),
  });

beforeEach(() => {
  vi.useFakeTimers();
  found = [screen, window];
  looks = 0;
  changes = 0;
  dropped = 0;
  sharing = newSharing(false);
});
afterEach(() => {
  sharing.cancel();
  sharing.said(false);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('a meeting that asks for the screen', () => {
  it('gets the source that the user picks, and no other', async () => {
    const asked = sharing.ask('meet.example.com');
    expect(sharing.state).toEqual({
      picker: { host: 'meet.example.com', sources: undefined },
      shared: undefined,
    });
    await settle();
    expect(sharing.state.picker?.sources).toEqual([screen, window]);
    sharing.pick('window:7:0');
    expect(await asked).toEqual(window);
    expect(dropped).toBe(0);
    expect(sharing.state).toEqual({ picker: undefined, shared: window.name });
  });

  it('gets nothing for an id that was not on offer', async () => {
    const asked = sharing.ask('meet.example.com');
    sharing.pick('screen:1:0');
    await settle();
    sharing.pick('screen:9:0');
    expect(sharing.state.picker).toBeDefined();
    expect(dropped).toBe(0);
    sharing.cancel();
    expect(await asked).toBeUndefined();
    expect(sharing.state).toEqual({ picker: undefined, shared: undefined });
    expect(dropped).toBe(1);
  });

  it('twice: the first question is answered with nothing', async () => {
    const first = sharing.ask('meet.example.com');
    const second = sharing.ask('meet.example.com');
    expect(await first).toBeUndefined();
    await settle();
    sharing.pick('screen:1:0');
    expect(await second).toEqual(screen);
    expect(dropped).toBe(0);
  });

  it('is shown what there is now, again and again, until it is answered', async () => {
    void sharing.ask('meet.example.com');
    await settle();
    found = [window];
    await vi.advanceTimersByTimeAsync(REFRESH_MS);
    expect(sharing.state.picker?.sources).toEqual([window]);
    expect(looks).toBe(2);
    sharing.cancel();
    const before = changes;
    await vi.advanceTimersByTimeAsync(10 * REFRESH_MS);
    expect([looks, changes]).toEqual([2, before]);
  });

  it('is shown nothing where the system gives nothing', async () => {
    found = new Error('no permission');
    void sharing.ask('meet.example.com');
    await settle();
    expect(sharing.state.picker?.sources).toEqual([]);
  });

  it('does not ask a second time where the system asks', async () => {
    sharing = newSharing(true);
    found = [screen];
    expect(await sharing.ask('meet.example.com')).toEqual(screen);
    expect(sharing.state).toEqual({ picker: undefined, shared: screen.name });
    expect(dropped).toBe(0);
    found = [];
    expect(await sharing.ask('meet.example.com')).toBeUndefined();
    expect(dropped).toBe(1);
  });
});

describe('what was picked', () => {
  const pick = async (id: string) => {
    void sharing.ask('meet.example.com');
    await settle();
    sharing.pick(id);
  };
  const shared = () => sharing.state.shared;

  it('is shown until the page says that it ended, whatever the user has pressed', async () => {
    await pick('screen:1:0');
    sharing.said(true);
    vi.advanceTimersByTime(10 * WORD_MS);
    sharing.stop();
    expect(shared()).toBe(screen.name);
    sharing.said(false);
    expect(shared()).toBeUndefined();
    expect(dropped).toBe(0);
    const before = changes;
    sharing.said(false);
    expect(changes).toBe(before);
  });

  it('is not shown where the page does not say so in time: it could not have it', async () => {
    await pick('screen:1:0');
    const before = changes;
    vi.advanceTimersByTime(WORD_MS - 1);
    expect([shared(), changes]).toEqual([screen.name, before]);
    vi.advanceTimersByTime(1);
    expect([shared(), changes]).toEqual([undefined, before + 1]);
    expect(dropped).toBe(1);
  });

  it('is not shown once the user stops it before the page has said anything', async () => {
    await pick('screen:1:0');
    sharing.stop();
    expect(shared()).toBeUndefined();
    expect(dropped).toBe(1);
  });

  it('takes the place of what is shown, which stays when nothing is picked', async () => {
    await pick('screen:1:0');
    sharing.said(true);
    await pick('window:7:0');
    vi.advanceTimersByTime(WORD_MS);
    expect(shared()).toBe(window.name);
    void sharing.ask('meet.example.com');
    sharing.cancel();
    expect(shared()).toBe(window.name);
  });
});
