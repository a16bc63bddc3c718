/** A call whose page is lost and whose room is entered anew. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallController } from '../../../../main/call/callController';
import { ASK_EVERY_MS, HUNG_AFTER_MS } from '../../../../main/call/answerWatch';
import { JOIN_TIMEOUT_MS } from '../../../../main/call/door';
import { PROBE_EVERY_MS, STUCK_AFTER_MS } from '../../../../main/call/connectionWatch';
import { RECOVERED_AFTER_MS, REJOIN_FOR_MS } from '../../../../main/call/rejoin';
import type { FindResult, FoundRoom, RoomFinder } from '../../../../main/call/roomFinder';
import type { CallIntent, CallState } from '../../../../shared/callState';
import type { CallFailure } from '../../../../shared/failure';
import { heardBy } from '../../shared/jitsi/recordings';
import { PlayedPage } from './playedPage';
import { HOST, newRoom } from './runningSession';
import { asByDefault } from './asByDefault';

const voice: CallIntent = { target: { kind: 'new' }, media: 'audio', free: false };
const room = newRoom(false);
const newFound = (jti: string): FoundRoom => ({
  room,
  url: `https://${HOST}/brisk-otter#${jti}`,
  inviteUrl: 'https://lobby.example.com/join/a.b.c',
  region: 'eu',
  jti,
  renewal: { by: 'account', lobby: 'https://lobby.example.com', deployment: 'eu' },
});
const unreachable: CallFailure = { code: 'lobby-unreachable', host: 'lobby.example.com', fault: 'refused' };

let renewals: { before: FoundRoom; signal: AbortSignal; end: (result: FindResult) => void }[];
let pages: { page: PlayedPage; url: string }[];
let states: CallState[];
let reachable: boolean;
let calls: CallController;

beforeEach(() => {
  vi.useFakeTimers();
  renewals = [];
  pages = [];
  states = [];
  reachable = true;
  const finder: Pick<RoomFinder, 'find' | 'renew'> = {
    find: () => Promise.resolve({ ok: true, found: newFound('first') }),
    renew: (before, _settings, signal) =>
      new Promise((resolve) => {
        renewals.push({ before, signal, end: resolve });
      }),
  };
  calls = new CallController({
    finder: finder as RoomFinder,
    settings: () => ({
      ...asByDefault,
      lobbyUrl: 'https://lobby.example.com',
      freeUrl: '',
      displayName: 'Ada',
    }),
    openView(url, events) {
      const page = new PlayedPage();
      pages.push({ page, url });
      return page.open(events);
    },
    unseen: () => false,
    onSharing: () => undefined,
    onDeviceList: () => undefined,
    network: { probe: () => Promise.resolve(reachable), isOnline: () => true },
    onChange: (state) => states.push(state),
    monotonic: () => Date.now(),
    wallClock: () => Date.now(),
    random: () => 0.5,
  });
});
afterEach(() => {
  calls.abandon();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

async function join(): Promise<PlayedPage> {
  await calls.start(voice);
  const page = newest();
  page.join();
  await pass(1_000);
  expect(calls.state).toMatchObject({ phase: 'joined', microphone: 'on' });
  return page;
}

function newest(): PlayedPage {
  const last = pages.at(-1);
  if (last === undefined) throw new Error('No page was opened.');
  return last.page;
}

/** Lets time pass until a fresh link was asked for so many times. */
async function nextRenewal(count: number): Promise<void> {
  for (let waited = 0; waited < 30_000 && renewals.length < count; waited += 50) await pass(50);
  expect(renewals).toHaveLength(count);
}

/** Answers the newest question for a fresh link. */
async function renew(result: FindResult = { ok: true, found: newFound('fresh') }): Promise<void> {
  renewals.at(-1)?.end(result);
  await pass(0);
}

const losses: [string, (page: PlayedPage) => Promise<void> | void][] = [
  ['the page crashes', (page) => page.fail({ code: 'page-crashed' })],
  ['the page reloads itself', (page) => page.reload()],
  ['the computer was asleep', (page) => page.say('suspend-detected')],
  [
    'the connection is dropped for good',
    (page) => page.say('error-occurred', error('connection.droppedError')),
  ],
  ['the bridge is gone', (page) => page.say('error-occurred', error('conference.videobridgeNotAvailable'))],
  [
    'the token has died (recorded)',
    (page) =>
      page.hear(heardBy('refusals-and-cuts.jsonl', 'cutexp').find((text) => text.includes('by exp')) ?? ''),
  ],
  [
    'the page does not get back by itself',
    async (page) => {
      page.speakXmpp('opening');
      page.speakXmpp('failed');
      await pass(STUCK_AFTER_MS);
    },
  ],
  [
    'the user has enough of a page that hangs',
    async (page) => {
      page.answers = false;
      await pass(HUNG_AFTER_MS + 1_000);
      expect(calls.state).toMatchObject({ phase: 'joined', hung: true, microphone: 'unknown' });
      calls.rejoin();
    },
  ],
];
const error = (name: string) => ({
  error: { name, type: name.split('.')[0]?.toUpperCase(), isFatal: false },
});

describe.each(losses)('when %s', (_what, lose) => {
  it('the room is entered anew with a fresh link, and the call is the same', async () => {
    const page = await join();
    const before = calls.state as CallState & { phase: 'joined' };
    await lose(page);
    expect(page.closed).toBe(true);
    expect(calls.state).toMatchObject({
      phase: 'joined',
      connection: { state: 'rejoining' },
      microphone: 'unknown',
      others: [],
    });
    await pass(1);
    expect(renewals.map(({ before: { jti } }) => jti)).toEqual(['first']);
    await renew();
    expect(pages.map(({ url }) => url)).toEqual([
      `https://${HOST}/brisk-otter#first`,
      `https://${HOST}/brisk-otter#fresh`,
    ]);
    newest().join();
    await pass(1_000);
    expect(calls.state).toMatchObject({
      phase: 'joined',
      connection: { state: 'up' },
      microphone: 'on',
      hung: false,
    });
    expect((calls.state as typeof before).joinedAt).toBe(before.joinedAt);
    expect(newest().told('toggle-audio')).toBe(1);
  });
});

describe('the microphone', () => {
  it('that was muted stays muted: the new page is never told to open it', async () => {
    const page = await join();
    calls.setDevice('microphone', false);
    await pass(1_000);
    page.fail({ code: 'page-crashed' });
    await pass(0);
    await renew();
    newest().join();
    await pass(5_000);
    expect(calls.state).toMatchObject({ microphone: 'off', connection: { state: 'up' } });
    expect(newest().commands).toEqual([]);
  });

  it('that a moderator muted stays muted', async () => {
    const page = await join();
    page.change('audio', true);
    await pass(2_000);
    page.fail({ code: 'page-crashed' });
    await pass(0);
    await renew();
    newest().join();
    await pass(5_000);
    expect(newest().commands).toEqual([]);
  });

  it('can be muted while there is no page', async () => {
    const page = await join();
    page.fail({ code: 'page-crashed' });
    expect(calls.state).toMatchObject({ microphone: 'unknown', microphoneWanted: true });
    calls.setDevice('microphone', false);
    expect(calls.state).toMatchObject({ microphone: 'unknown', microphoneWanted: false });
    await pass(0);
    await renew();
    newest().join();
    await pass(5_000);
    expect(newest().commands).toEqual([]);
  });

  it('can be muted while the next page is on its way in: a push-to-talk key that is let go then counts', async () => {
    const page = await join();
    page.fail({ code: 'page-crashed' });
    await pass(0);
    await renew();
    calls.setDevice('microphone', false);
    newest().join();
    await pass(5_000);
    expect(newest().commands).toEqual([]);
    expect(calls.state).toMatchObject({ microphone: 'off', connection: { state: 'up' } });
  });

  it('is never open in the room while the toolbar shows it muted, whatever comes in whatever order', async () => {
    const step = fc.constantFrom(
      'crash',
      'renewed',
      'refused',
      'joins',
      'mute',
      'unmute',
      'moderator',
      'second',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        await join();
        for (const name of steps) {
          const page = newest();
          if (name === 'crash' && !page.closed) page.fail({ code: 'page-crashed' });
          if (name === 'renewed') renewals.at(-1)?.end({ ok: true, found: newFound('fresh') });
          if (name === 'refused') renewals.at(-1)?.end({ ok: false, failure: unreachable });
          if (name === 'joins' && !page.closed) page.join();
          if (name === 'mute') calls.setDevice('microphone', false);
          if (name === 'unmute') calls.setDevice('microphone', true);
          if (name === 'moderator') page.change('audio', true);
          await pass(name === 'second' ? 1_000 : 30);
        }
        // What the page does and what is shown agree once it has had time to answer; until then "unknown" may stand.
        await pass(3_000);
        const { state } = calls;
        const open = !newest().closed && newest().isOpen('audio');
        if (state.phase === 'joined' && state.microphone === 'off') expect(open).toBe(false);
        if (state.phase !== 'joined') expect(open).toBe(false);
        calls.abandon();
      }),
      { numRuns: 60 },
    );
  });
});

describe('what the user has chosen for the call', () => {
  it('is told to the next page before it opens anything, and forgotten with the call', async () => {
    const page = await join();
    calls.control({ what: 'noise-suppression', on: true });
    calls.control({ what: 'encryption', on: false });
    calls.control({ what: 'encryption', on: true });
    calls.control({ what: 'tile-view', on: true });
    page.fail({ code: 'page-crashed' });
    await pass(0);
    await renew();
    newest().join();
    await pass(1_000);
    expect(newest().posted).toEqual([
      ['set-noise-suppression-enabled', { enabled: true }],
      ['toggle-e2ee', true],
      ['toggle-audio'],
    ]);
    calls.abandon();
    expect((await join()).posted).toEqual([['toggle-audio']]);
  });

  it.each(['enter-password', 'set-password'] as const)(
    'the password by "%s" opens the door again',
    async (what) => {
      const page = await join();
      calls.control({ what, text: 'sesame' });
      page.fail({ code: 'page-crashed' });
      await pass(0);
      await renew();
      newest().load();
      newest().say('password-required');
      await pass(0);
      expect(newest().posted).toEqual([['password', 'sesame']]);
    },
  );
});

describe('attempts', () => {
  it('go on, ever slower, while lobby or deployment are away', async () => {
    (await join()).fail({ code: 'page-crashed' });
    const begun = Date.now();
    const at: number[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      await nextRenewal(attempt + 1);
      at.push(Math.round((Date.now() - begun) / 500) * 500);
      await renew({ ok: false, failure: unreachable });
    }
    const pauses = at.map((time, index) => time - (at[index - 1] ?? 0));
    expect(pauses).toEqual([0, 500, 1_000, 2_000, 4_000, 8_000]);
    expect(calls.state).toMatchObject({ connection: { state: 'rejoining', because: unreachable } });
  });

  it('take a page that does not get in for one more', async () => {
    (await join()).fail({ code: 'page-crashed' });
    await pass(0);
    await renew();
    await pass(JOIN_TIMEOUT_MS);
    expect(newest().closed).toBe(true);
    expect(calls.state).toMatchObject({
      phase: 'joined',
      connection: { because: { code: 'deployment-timeout' } },
    });
    await pass(1_000);
    expect(renewals).toHaveLength(2);
  });

  it('end after some minutes, with what was wrong last; trying again leads into the same room', async () => {
    (await join()).fail({ code: 'page-crashed' });
    for (let waited = 0; waited < REJOIN_FOR_MS + 60_000; waited += 1_000) {
      renewals.at(-1)?.end({ ok: false, failure: unreachable });
      await pass(1_000);
    }
    expect(calls.state).toMatchObject({
      phase: 'failed',
      failure: unreachable,
      intent: { target: { kind: 'room', room: 'brisk-otter' } },
    });
  });

  it.each<CallFailure>([
    { code: 'lobby-unauthorized', host: 'lobby.example.com', tokenSent: true },
    { code: 'keychain', fault: 'locked' },
    { code: 'room-link-refused', host: 'lobby.example.com', fault: 'signature', detail: '' },
  ])('end at once when they are refused: $code', async (failure) => {
    (await join()).fail({ code: 'page-crashed' });
    await pass(0);
    await renew({ ok: false, failure });
    expect(calls.state).toMatchObject({ phase: 'failed', failure });
    await pass(60_000);
    expect(renewals).toHaveLength(1);
  });

  it('end when the deployment refuses a fresh token', async () => {
    (await join()).fail({ code: 'page-crashed' });
    await pass(0);
    await renew();
    newest().say('error-occurred', {
      error: { name: 'connection.passwordRequired', type: 'CONNECTION', message: 'Invalid signature' },
    });
    expect(calls.state).toMatchObject({ phase: 'failed', failure: { code: 'deployment-refused-token' } });
  });

  it('go on when short tokens die one after the other: each page had got in', async () => {
    let page = await join();
    for (let minutes = 0; minutes < 5; minutes += 0.5) {
      page.say('error-occurred', {
        error: { name: 'connection.passwordRequired', type: 'CONNECTION', message: 'Not acceptable by exp' },
      });
      await nextRenewal(1 + minutes * 2);
      await renew();
      page = newest();
      page.join();
      await pass(30_000);
      expect(calls.state).toMatchObject({ phase: 'joined', connection: { state: 'up' } });
    }
  });

  it('begin from the start after a call that had recovered, and not after one that breaks at once', async () => {
    (await join()).fail({ code: 'page-crashed' });
    for (const lasting of [1_000, RECOVERED_AFTER_MS + 1_000]) {
      await pass(60_000);
      await renew();
      newest().join();
      await pass(lasting);
      const before = renewals.length;
      newest().fail({ code: 'page-crashed' });
      await pass(0);
      expect(renewals.length - before).toBe(lasting > RECOVERED_AFTER_MS ? 1 : 0);
    }
  });

  it.each(['before the lobby answers', 'while the page loads'])(
    'end when the user leaves %s',
    async (when) => {
      (await join()).fail({ code: 'page-crashed' });
      await pass(0);
      if (when === 'while the page loads') await renew();
      calls.leave();
      expect(calls.state).toEqual({ phase: 'idle' });
      expect(newest().closed).toBe(true);
      renewals.at(-1)?.end({ ok: true, found: newFound('late') });
      await pass(60_000);
      expect(calls.state).toEqual({ phase: 'idle' });
      expect(pages.length).toBeLessThanOrEqual(2);
    },
  );
});

describe('a connection that is cut and heals by itself', () => {
  it('is shown while it lasts, and the page stays', async () => {
    const page = await join();
    reachable = false;
    await pass(5_000);
    expect(calls.state).toMatchObject({ phase: 'joined', connection: { state: 'lost' } });
    reachable = true;
    await pass(PROBE_EVERY_MS);
    expect(calls.state).toMatchObject({ phase: 'joined', connection: { state: 'up' } });
    expect([page.closed, renewals.length]).toEqual([false, 0]);
  });

  it('is looked for at once when the computer wakes up', async () => {
    await join();
    await pass(PROBE_EVERY_MS / 2);
    reachable = false;
    calls.lookAtConnection();
    await pass(500);
    expect(calls.state).toMatchObject({ connection: { state: 'lost' } });
  });
});

it('a page that answers again after a pause does not hang', async () => {
  const page = await join();
  page.answers = false;
  await pass(HUNG_AFTER_MS + 1_000);
  expect(calls.state).toMatchObject({ hung: true });
  page.answers = true;
  await pass(2_000);
  expect(calls.state).toMatchObject({ hung: false, microphone: 'on' });
});

describe('a page that stops answering on its way in', () => {
  async function hung(): Promise<PlayedPage> {
    await calls.start(voice);
    const page = newest();
    page.load();
    await pass(HUNG_AFTER_MS + 1_000);
    expect(calls.state).toMatchObject({ phase: 'connecting', hung: false });
    page.answers = false;
    await pass(HUNG_AFTER_MS + ASK_EVERY_MS);
    expect(calls.state).toMatchObject({ phase: 'connecting', hung: true });
    return page;
  }

  it('hangs no longer once it answers', async () => {
    await calls.start(voice);
    const page = newest();
    let answer: () => void = () => undefined;
    const media = vi
      .spyOn(page, 'readMedia')
      .mockImplementation(() => new Promise((resolve) => (answer = () => resolve(undefined))));
    page.load();
    await pass(HUNG_AFTER_MS + ASK_EVERY_MS);
    expect(calls.state).toMatchObject({ hung: true });
    media.mockRestore();
    answer();
    await pass(HUNG_AFTER_MS + ASK_EVERY_MS);
    expect(calls.state).toMatchObject({ phase: 'connecting', hung: false });
  });

  it('gives way to another, with a fresh link, when the user has enough of it', async () => {
    const page = await hung();
    calls.rejoin();
    expect(page.closed).toBe(true);
    expect(calls.state).toMatchObject({ phase: 'connecting', hung: false });
    await nextRenewal(1);
    await renew();
    newest().join();
    await pass(1_000);
    expect(pages).toHaveLength(2);
    expect(calls.state).toMatchObject({ phase: 'joined', hung: false, microphone: 'on' });
  });

  it('can be left, and so can the call while the next page is on its way', async () => {
    await hung();
    calls.rejoin();
    calls.leave();
    expect(calls.state).toEqual({ phase: 'idle' });
    await pass(60_000);
    expect(pages).toHaveLength(1);
  });
});
