/** A call's life: joining, leaving, and every way it ends. The devices have a file of their own. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GONE_TIMEOUT_MS, HANGUP_TIMEOUT_MS } from '../../../../main/call/callSessionParts';
import { JOIN_TIMEOUT_MS } from '../../../../main/call/door';
import { heardBy } from '../../shared/jitsi/recordings';
import { HOST, RunningSession } from './runningSession';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A call that has been joined. */
async function joined(options?: ConstructorParameters<typeof RunningSession>[0]): Promise<RunningSession> {
  const call = new RunningSession(options);
  call.page.join();
  await vi.advanceTimersByTimeAsync(1000);
  expect(call.state.phase).toBe('joined');
  return call;
}

/** Nothing of the call is left: its page is closed, no clock runs, and the page cannot be heard any more. */
function expectOver(call: RunningSession): void {
  expect(call.page.closed).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
  const { state } = call;
  call.page.join();
  call.session.setDevice('microphone', true);
  call.session.leave();
  call.session.abandon();
  expect(call.state).toBe(state);
  expect(vi.getTimerCount()).toBe(0);
}

describe('joining', () => {
  it('takes as long as it takes, up to the limit; then the call has failed and the page is gone', async () => {
    const call = new RunningSession();
    await vi.advanceTimersByTimeAsync(JOIN_TIMEOUT_MS - 1);
    expect(call.failures).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(call.failures).toEqual([{ code: 'deployment-timeout', host: HOST, seconds: 45 }]);
    expectOver(call);
  });

  it('has no limit once a free page is there: its host may have to log in', async () => {
    const call = new RunningSession({ free: true });
    call.page.hear(heardBy('refusals-and-cuts.jsonl', 'notoken')[0] ?? '');
    await vi.advanceTimersByTimeAsync(10 * JOIN_TIMEOUT_MS);
    expect(call.failures).toEqual([]);
    call.page.join();
    expect(call.state.phase).toBe('joined');
  });

  it('has its limit where a free page never comes', async () => {
    const call = new RunningSession({ free: true });
    await vi.advanceTimersByTimeAsync(JOIN_TIMEOUT_MS);
    expect(call.failures).toMatchObject([{ code: 'deployment-timeout' }]);
  });

  it('ends the wait: a joined call goes on for hours', async () => {
    const call = await joined();
    await vi.advanceTimersByTimeAsync(3 * 3_600_000);
    expect(call.failures).toEqual([]);
    expect(call.state.phase).toBe('joined');
  });
});

describe('the refusals of the recordings', () => {
  it.each([
    ['expired', 'Not acceptable by exp (63.0 sec since expired)'],
    ['wrongroom', 'Room and token mismatched'],
    ['notoken', 'token required'],
    ['badsig', 'Invalid signature'],
  ])('%s: the call has failed, with the words of the recording', (who, detail) => {
    const call = new RunningSession();
    for (const text of heardBy('refusals-and-cuts.jsonl', who)) call.page.hear(text);
    expect(call.failures).toEqual([{ code: 'deployment-refused-token', host: HOST, detail }]);
    expect(call.state).toMatchObject({ phase: 'failed', failure: { detail } });
    expectOver(call);
  });

  it('cutexp: in a call it is a loss, which a fresh token can make good', () => {
    const call = new RunningSession();
    for (const text of heardBy('refusals-and-cuts.jsonl', 'cutexp')) call.page.hear(text);
    const detail = 'Not acceptable by exp (10.0 sec since expired)';
    expect(call.losses).toEqual([{ code: 'deployment-refused-token', host: HOST, detail }]);
    expect(call.failures).toEqual([]);
    expectOver(call);
  });

  it('a connection that heals by itself is no failure', async () => {
    const call = new RunningSession();
    for (const text of heardBy('refusals-and-cuts.jsonl', 'cut')) call.page.hear(text);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(call.failures).toEqual([]);
    expect(call.state.phase).toBe('joined');
  });

  it('in free mode a page that asks for a login has not failed', () => {
    const call = new RunningSession({ free: true });
    for (const text of heardBy('refusals-and-cuts.jsonl', 'notoken')) call.page.hear(text);
    expect(call.failures).toEqual([]);
    expect(call.state).toMatchObject({ phase: 'connecting', meeting: { waiting: 'login' } });
    expect(call.page.focused).toBe(1);
    expect(call.page.closed).toBe(false);
  });

  describe('in free mode a login that is asked for in mid-call', () => {
    const refusal = heardBy('refusals-and-cuts.jsonl', 'notoken').find((text) =>
      text.includes('recoverable'),
    );
    async function asked(): Promise<RunningSession> {
      const call = new RunningSession({ free: true });
      call.page.join();
      await vi.advanceTimersByTimeAsync(1_000);
      call.page.speakXmpp('opening');
      call.page.hear(refusal ?? '');
      return call;
    }

    it('is waited for, with the keyboard on the page, for as long as it takes', async () => {
      const call = await asked();
      const waits = { phase: 'joined', meeting: { waiting: 'login' }, connection: { state: 'up' } };
      expect(call.state).toMatchObject(waits);
      expect(call.page.focused).toBe(1);
      call.reachable = false;
      for (let tries = 0; tries < 10; tries += 1) call.page.speakXmpp('failed');
      await vi.advanceTimersByTimeAsync(600_000);
      expect(call.state).toMatchObject(waits);
      expect(call.losses).toEqual([]);
    });

    it('is followed by the call as it was, watched as before', async () => {
      const call = await asked();
      call.page.change('audio', true);
      call.page.say('video-conference-joined', { roomName: 'brisk-otter', id: 'me-too' });
      await vi.advanceTimersByTimeAsync(100);
      expect(call.state).toMatchObject({
        phase: 'joined',
        microphone: 'off',
        meeting: { waiting: undefined },
      });
      call.reachable = false;
      await vi.advanceTimersByTimeAsync(5_000);
      expect(call.state).toMatchObject({ connection: { state: 'lost' } });
    });

    it('leaves the call when the user cancels it; later the same page is a loss', async () => {
      const cancelled = await asked();
      cancelled.page.reload('/static/close.html');
      expect([cancelled.closed, cancelled.failures, cancelled.losses]).toEqual([1, [], []]);
      const call = await asked();
      call.page.say('video-conference-joined', { roomName: 'brisk-otter', id: 'me-too' });
      call.page.reload('/');
      expect(call.losses).toMatchObject([{ code: 'connection-lost' }]);
    });
  });

  it('in free mode a refusal that cannot be made good is a failure', () => {
    const call = new RunningSession({ free: true });
    for (const text of heardBy('refusals-and-cuts.jsonl', 'badsig')) call.page.hear(text);
    expect(call.failures).toMatchObject([{ code: 'deployment-refused-token', detail: 'Invalid signature' }]);
  });
});

describe('a room that is closed for all', () => {
  const closeRoom = (call: RunningSession) => {
    call.page.say('error-occurred', { error: { name: 'conference.destroyed', type: 'CONFERENCE' } });
  };
  const promoted = async () => {
    const call = await joined();
    call.page.say('participant-role-changed', { id: 'me', role: 'moderator' });
    return call;
  };

  it('by the user is no failure', async () => {
    const call = await promoted();
    call.session.control({ what: 'end-for-all' });
    expect(call.page.commands).toContain('end-conference');
    closeRoom(call);
    expect(call.failures).toEqual([]);
    expect(call.closed).toBe(1);
    expectOver(call);
  });

  it('by somebody else is said', async () => {
    const call = await promoted();
    closeRoom(call);
    expect(call.failures).toEqual([{ code: 'room-ended', host: HOST }]);
    expectOver(call);
  });

  it('by the user, who may not, is said as well: it was not their doing', async () => {
    const call = await joined();
    call.session.control({ what: 'end-for-all' });
    expect(call.page.commands).not.toContain('end-conference');
    closeRoom(call);
    expect(call.failures).toMatchObject([{ code: 'room-ended' }]);
  });
});

it('gives the page the keyboard when the user opens the chat, and only then', async () => {
  const call = await joined();
  call.session.control({ what: 'hand', on: true });
  call.session.control({ what: 'chat', on: false });
  expect(call.page.focused).toBe(0);
  call.session.control({ what: 'chat', on: true });
  expect(call.page.focused).toBe(1);
});

describe('errors', () => {
  it.each(['CONNECTION', 'CONFERENCE'])('of type %s before joining: the call has failed', (type) => {
    const call = new RunningSession();
    call.page.say('error-occurred', { error: { name: 'connection.otherError', type, isFatal: false } });
    expect(call.failures).toEqual([
      { code: 'deployment-error', host: HOST, detail: 'connection.otherError' },
    ]);
  });

  it("of other types, or after joining of other names, are the page's own to heal", async () => {
    const early = new RunningSession();
    early.page.say('error-occurred', { error: { name: 'gum.general', type: 'DEVICE' } });
    expect(early.failures).toEqual([]);
    early.session.abandon();
    const late = await joined();
    late.page.say('error-occurred', { error: { name: 'conference.chatError', type: 'CONFERENCE' } });
    expect([late.failures, late.losses]).toEqual([[], []]);
  });

  it('of the view before joining end the call once', () => {
    const call = new RunningSession();
    call.page.fail({ code: 'page-crashed' });
    call.page.fail({ code: 'internal', detail: 'again' });
    expect(call.failures).toEqual([{ code: 'page-crashed' }]);
    expect(call.losses).toEqual([]);
    expectOver(call);
  });

  it('of the view in a call lose it once', async () => {
    const call = await joined();
    call.page.fail({ code: 'page-crashed' });
    call.page.fail({ code: 'internal', detail: 'again' });
    expect(call.losses).toEqual([{ code: 'page-crashed' }]);
    expect(call.failures).toEqual([]);
    expectOver(call);
  });

  it('a page that goes elsewhere before joining is at work: it may be a login', () => {
    const call = new RunningSession();
    call.page.reload();
    expect([call.failures, call.losses]).toEqual([[], []]);
    call.page.join();
    expect(call.state.phase).toBe('joined');
  });
});

describe('being put out', () => {
  it('by a moderator is said with their name (recorded)', () => {
    const call = new RunningSession();
    for (const text of heardBy('one-to-one-call.jsonl', 'B')) call.page.hear(text);
    expect(call.failures).toEqual([{ code: 'kicked', by: 'Ana Maria' }]);
    expectOver(call);
  });

  it('is not ours when another was', async () => {
    const call = await joined();
    call.page.say('participant-joined', { id: 'b', displayName: 'Bob' });
    call.page.say('participant-kicked-out', {
      kicked: { id: 'b', local: false, name: 'Bob' },
      kicker: { id: 'me', local: true },
    });
    expect(call.failures).toEqual([]);
    expect(call.page.closed).toBe(false);
  });

  it('when the page leaves and stays, after a moment', async () => {
    const call = await joined();
    call.page.say('video-conference-left', { roomName: 'brisk-otter' });
    await vi.advanceTimersByTimeAsync(GONE_TIMEOUT_MS - 1);
    expect(call.failures).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(call.failures).toEqual([{ code: 'ended-by-page', host: HOST }]);
    expectOver(call);
  });

  it('not when the page leaves and joins again', async () => {
    const call = await joined();
    call.page.say('video-conference-left', { roomName: 'brisk-otter' });
    call.page.say('video-conference-joined', { roomName: 'brisk-otter', id: 'me2' });
    await vi.advanceTimersByTimeAsync(2 * GONE_TIMEOUT_MS);
    expect(call.failures).toEqual([]);
    expect(call.state.phase).toBe('joined');
  });
});

describe('hanging up', () => {
  it('tells the page, and ends when it is ready to close', async () => {
    const call = await joined();
    call.leave();
    expect(call.page.commands.at(-1)).toBe('video-hangup');
    expect(call.state.phase).toBe('leaving');
    call.page.say('video-conference-left', { roomName: 'brisk-otter' });
    expect(call.closed).toBe(0);
    call.page.say('video-ready-to-close');
    expect(call.closed).toBe(1);
    expect(call.state.phase).toBe('idle');
    expectOver(call);
  });

  it('ends without the page when that says nothing', async () => {
    const call = await joined();
    call.leave();
    await vi.advanceTimersByTimeAsync(HANGUP_TIMEOUT_MS - 1);
    expect(call.closed).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(call.closed).toBe(1);
    expect(call.failures).toEqual([]);
    expectOver(call);
  });

  it('is said once, and nothing else is said after it', async () => {
    const call = await joined();
    call.page.takeQuestions();
    call.leave();
    call.session.leave();
    call.session.setDevice('microphone', true);
    call.session.setDevice('camera', true);
    call.page.say('audio-mute-status-changed', { muted: true });
    await vi.advanceTimersByTimeAsync(HANGUP_TIMEOUT_MS - 1);
    expect(call.page.commands.slice(call.page.commands.indexOf('video-hangup'))).toEqual(['video-hangup']);
    expect(call.page.takeQuestions()).toEqual([]);
  });

  it('is no failure, though the page breaks on its way out', async () => {
    const call = await joined();
    call.leave();
    call.page.fail({ code: 'page-crashed' });
    expect(call.failures).toEqual([]);
    expect(call.closed).toBe(1);
    expectOver(call);
  });

  it('before joining closes the page at once: nobody knows of us', () => {
    const call = new RunningSession();
    call.leave();
    expect(call.page.commands).toEqual([]);
    expect(call.closed).toBe(1);
    expectOver(call);
  });

  it("by the page's own button ends the call as it should (recorded)", () => {
    const call = new RunningSession();
    for (const text of heardBy('one-to-one-call.jsonl', 'A')) call.page.hear(text);
    expect(call.failures).toEqual([]);
    expect(call.closed).toBe(1);
    expectOver(call);
  });
});

it('an app that quits closes the page without a word', async () => {
  const call = await joined();
  const before = call.page.commands.length;
  call.session.abandon();
  expect(call.page.commands).toHaveLength(before);
  expect([call.closed, call.failures]).toEqual([0, []]);
  expectOver(call);
});
