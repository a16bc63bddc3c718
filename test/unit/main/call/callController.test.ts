import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallController } from '../../../../main/call/callController';
import type { CallSettings, FindResult, FoundRoom, RoomFinder } from '../../../../main/call/roomFinder';
import type { CallIntent, CallState } from '../../../../shared/callState';
import type { CallFailure } from '../../../../shared/failure';
import { PlayedPage } from './playedPage';
import { newRoom } from './runningSession';
import { asByDefault } from './asByDefault';

const voice: CallIntent = { target: { kind: 'new' }, media: 'audio', free: false };
const video: CallIntent = { target: { kind: 'new' }, media: 'video', free: false };
const found: FindResult = {
  ok: true,
  found: {
    room: newRoom(false),
    url: 'https://meet.example.com/brisk-otter#jwt=%22a.b.c%22',
    inviteUrl: 'https://lobby.example.com/join/a.b.c',
    region: 'eu',
    jti: '7a1c',
    renewal: { by: 'account', lobby: 'https://lobby.example.com', deployment: 'eu' },
  },
};
const unauthorized: CallFailure = { code: 'lobby-unauthorized', host: 'lobby.example.com', tokenSent: true };

interface Search {
  intent: CallIntent;
  settings: CallSettings;
  signal: AbortSignal;
  onAnswer: () => void;
  end: (result: FindResult) => void;
  break: (error: Error) => void;
}

interface RenewalAsked {
  before: FoundRoom;
  signal: AbortSignal;
  end: (result: FindResult) => void;
}

let searches: Search[];
let renewals: RenewalAsked[];
let pages: { page: PlayedPage; url: string }[];
let states: CallState[];
/** What a page had been told, read at each change of state. */
let told: () => readonly string[];
let toldAtChange: (readonly string[])[];
let settings: CallSettings;
let calls: CallController;

beforeEach(() => {
  vi.useFakeTimers();
  searches = [];
  pages = [];
  states = [];
  told = () => [];
  toldAtChange = [];
  settings = {
    ...asByDefault,
    lobbyUrl: 'https://lobby.example.com',
    freeUrl: 'https://meet.jit.si',
    displayName: 'Ada',
  };
  renewals = [];
  const finder: Pick<RoomFinder, 'find' | 'renew'> = {
    renew: (before, _settings, signal) =>
      new Promise((resolve) => {
        renewals.push({ before, signal, end: resolve });
      }),
    find: (intent, given, signal, onAnswer) =>
      new Promise((resolve, reject) => {
        searches.push({ intent, settings: given, signal, onAnswer, end: resolve, break: reject });
      }),
  };
  calls = new CallController({
    finder: finder as RoomFinder,
    settings: () => settings,
    openView(url, events) {
      const page = new PlayedPage();
      pages.push({ page, url });
      return page.open(events);
    },
    unseen: () => false,
    onSharing: () => undefined,
    onDeviceList: () => undefined,
    network: { probe: () => Promise.resolve(true), isOnline: () => true },
    onChange: (state) => {
      states.push(state);
      toldAtChange.push(told());
    },
    random: () => 0.5,
    monotonic: () => Date.now(),
    wallClock: () => Date.now(),
  });
});
afterEach(() => {
  calls.abandon();
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);
/** The phases that were shown, each change once. */
const phases = () => states.map(({ phase }) => phase).filter((phase, index, all) => phase !== all[index - 1]);

/** The newest search. */
function search(): Search {
  const newest = searches.at(-1);
  if (newest === undefined) throw new Error('Nothing was searched for.');
  return newest;
}

async function join(): Promise<PlayedPage> {
  void calls.start(voice);
  search().onAnswer();
  search().end(found);
  await settle();
  const { page } = pages.at(-1) ?? {};
  if (page === undefined) throw new Error('No page was opened.');
  page.join();
  return page;
}

describe('a call', () => {
  it('goes from the click to the room, each step shown', async () => {
    await join();
    expect(phases()).toEqual(['requesting', 'checking', 'connecting', 'joined']);
    expect(pages.map(({ url }) => url)).toEqual(['https://meet.example.com/brisk-otter#jwt=%22a.b.c%22']);
    expect(calls.inviteUrl).toBe('https://lobby.example.com/join/a.b.c');
    expect(calls.view).toBe(pages[0]?.page);
  });

  it('shows no token in any state', async () => {
    await join();
    expect(JSON.stringify(states)).not.toMatch(/a\.b\.c|jwt/);
  });

  it('is one: a second click does nothing while one is under way', async () => {
    void calls.start(voice);
    void calls.start(video);
    expect(searches).toHaveLength(1);
    search().end(found);
    await settle();
    void calls.start(video);
    expect(searches).toHaveLength(1);
    expect(pages).toHaveLength(1);
  });

  it('ends where it began: no view, no invite, and the next one may start', async () => {
    const page = await join();
    calls.leave();
    expect(page.told('video-hangup')).toBe(1);
    page.say('video-ready-to-close');
    expect(calls.state).toEqual({ phase: 'idle' });
    expect([calls.view, calls.inviteUrl, page.closed]).toEqual([undefined, undefined, true]);
    await join();
    expect(calls.state.phase).toBe('joined');
    expect(pages).toHaveLength(2);
  });

  it('follows its devices', async () => {
    const page = await join();
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls.state).toMatchObject({ microphone: 'on', camera: 'off' });
    calls.setDevice('camera', true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls.state).toMatchObject({ camera: 'on' });
    expect(page.commands).toEqual(['toggle-audio', 'toggle-video']);
  });

  it('tells the page of a device before it tells all others', async () => {
    const page = await join();
    await vi.advanceTimersByTimeAsync(1000);
    told = () => page.commands.slice(1);
    calls.setDevice('microphone', false);
    expect(toldAtChange.at(-1)).toEqual(['toggle-audio']);
  });
});

describe('cancelling', () => {
  it('is at once, while the lobby is still silent', () => {
    void calls.start(voice);
    calls.leave();
    expect(calls.state).toEqual({ phase: 'idle' });
    expect(search().signal.aborted).toBe(true);
  });

  it.each<[string, (late: Search) => void]>([
    ['a room', (late) => late.end(found)],
    ['a failure', (late) => late.end({ ok: false, failure: unauthorized })],
    ['an error', (late) => late.break(new Error('late'))],
    ['the word that the lobby has answered', (late) => late.onAnswer()],
  ])('holds against %s that comes late', async (_what, comeLate) => {
    void calls.start(voice);
    calls.leave();
    comeLate(search());
    await settle();
    expect(pages).toEqual([]);
    expect(phases()).toEqual(['requesting', 'idle']);
    expect(calls.inviteUrl).toBeUndefined();
  });

  it("a late answer is not taken for the next call's", async () => {
    void calls.start(voice);
    calls.leave();
    void calls.start(video);
    searches[0]?.onAnswer();
    searches[0]?.end({ ok: false, failure: unauthorized });
    await settle();
    expect(calls.state).toEqual({ phase: 'requesting', intent: video });
    expect(search().signal.aborted).toBe(false);
    search().end(found);
    await settle();
    expect(calls.state.phase).toBe('connecting');
  });

  it('while the link is checked opens nothing', async () => {
    void calls.start(voice);
    search().onAnswer();
    calls.leave();
    search().end(found);
    await settle();
    expect(phases()).toEqual(['requesting', 'checking', 'idle']);
    expect(pages).toEqual([]);
  });

  it('while the page loads closes it', async () => {
    void calls.start(voice);
    search().end(found);
    await settle();
    calls.leave();
    expect(calls.state).toEqual({ phase: 'idle' });
    expect(pages.map(({ page }) => page.closed)).toEqual([true]);
  });
});

describe('a failure', () => {
  const fail = async () => {
    search().end({ ok: false, failure: unauthorized });
    await settle();
  };

  it('is shown with what was wanted, and can be put away', async () => {
    void calls.start(voice);
    await fail();
    expect(calls.state).toEqual({ phase: 'failed', intent: voice, failure: unauthorized });
    calls.dismiss();
    expect(calls.state).toEqual({ phase: 'idle' });
    calls.retry();
    expect(searches).toHaveLength(1);
  });

  it('can be tried again: the same wish, with the settings of now', async () => {
    void calls.start(video);
    await fail();
    settings = { ...settings, lobbyUrl: 'https://new.example.com' };
    calls.retry();
    expect(search().intent).toEqual(video);
    expect(search().settings.lobbyUrl).toBe('https://new.example.com');
    search().end(found);
    await settle();
    expect(phases()).toEqual(['requesting', 'failed', 'requesting', 'connecting']);
  });

  it('of the finder itself is shown, not swallowed', async () => {
    void calls.start(voice);
    search().break(new Error(`out of order: eyJhbGciOiJSUzI1NiJ9.e30.${'s'.repeat(64)}`));
    await settle();
    expect(calls.state).toMatchObject({
      failure: { code: 'internal', detail: 'Error: out of order: <token>' },
    });
  });

  it('of the page closes it and takes the invite back', async () => {
    const page = await join();
    page.say('error-occurred', { error: { name: 'conference.destroyed', type: 'CONFERENCE' } });
    expect(calls.state).toEqual({
      phase: 'failed',
      intent: voice,
      failure: { code: 'room-ended', host: 'meet.example.com' },
    });
    expect([page.closed, calls.view, calls.inviteUrl]).toEqual([true, undefined, undefined]);
    calls.leave();
    expect(calls.state.phase).toBe('failed');
  });
});

it('an app that quits ends the call and the search for one', async () => {
  const page = await join();
  calls.abandon();
  expect(page.closed).toBe(true);
  expect(calls.state).toEqual({ phase: 'idle' });
  void calls.start(voice);
  calls.abandon();
  expect(search().signal.aborted).toBe(true);
});
