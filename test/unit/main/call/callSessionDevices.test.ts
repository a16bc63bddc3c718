/** The microphone trap: what the toolbar shows, and how often the page is told to toggle. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ANSWER_TIMEOUT_MS } from '../../../../main/call/deviceTruth';
import { OPENING_MS } from './playedPage';
import { RunningSession } from './runningSession';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const later = (ms = 1000) => vi.advanceTimersByTimeAsync(ms);

describe('joining by voice', () => {
  it('shows the microphone as unknown, off, on: never as on before the page has answered so', async () => {
    const call = new RunningSession();
    call.page.join();
    expect(call.shown('microphone')).toBe('unknown');
    await later(0);
    expect(call.shown('microphone')).toBe('off');
    await later();
    expect(call.shown('microphone')).toBe('on');
    expect(call.microphone).toEqual(['unknown', 'off', 'on']);
  });

  it('opens the microphone with one command, and leaves the camera alone', async () => {
    const call = new RunningSession();
    call.page.join();
    await later(10_000);
    expect(call.page.commands).toEqual(['toggle-audio']);
    expect(call.shown('camera')).toBe('off');
  });

  it('sends nothing before the page has joined and answered', async () => {
    const call = new RunningSession();
    call.page.say('audio-mute-status-changed', { muted: true });
    call.page.say('audio-availability-changed', { available: true });
    await later();
    expect(call.page.commands).toEqual([]);
    expect(call.page.takeQuestions()).toEqual([]);
    call.page.answers = false;
    call.page.join();
    await later(10_000);
    expect(call.page.commands).toEqual([]);
    expect(call.shown('microphone')).toBe('unknown');
  });

  it('sends nothing when the page says that it is heard already: a toggle would mute it', async () => {
    const call = new RunningSession();
    call.page.change('audio', false);
    call.page.join();
    await later(10_000);
    expect(call.page.commands).toEqual([]);
    expect(call.shown('microphone')).toBe('on');
  });

  it('sends its one command though the page is slow to follow and goes on saying "muted"', async () => {
    const call = new RunningSession();
    call.page.follows = false;
    call.page.join();
    for (let round = 0; round < 20; round += 1) {
      call.page.say('audio-availability-changed', { available: false });
      await later(500);
    }
    expect(call.page.commands).toEqual(['toggle-audio']);
    expect(call.shown('microphone')).toBe('off');
  });

  it('does not open the microphone when the user has muted before the first answer', async () => {
    const call = new RunningSession();
    call.page.answers = false;
    call.page.join();
    call.session.setDevice('microphone', false);
    call.page.answers = true;
    await later(10_000);
    expect(call.page.commands).toEqual([]);
    expect(call.shown('microphone')).toBe('off');
  });

  it('happens once: joining again after a cut does not open what the user has closed', async () => {
    const call = new RunningSession();
    call.page.join();
    await later();
    call.session.setDevice('microphone', false);
    await later();
    call.page.say('video-conference-left', { roomName: 'brisk-otter' });
    call.page.say('video-conference-joined', { roomName: 'brisk-otter', id: 'me' });
    await later();
    expect(call.page.told('toggle-audio')).toBe(2);
    expect(call.shown('microphone')).toBe('off');
  });
});

it('joining by video opens microphone and camera, each with one command', async () => {
  const call = new RunningSession({ media: 'video' });
  call.page.join();
  await later(10_000);
  expect([...call.page.commands].sort()).toEqual(['toggle-audio', 'toggle-video']);
  expect([call.shown('microphone'), call.shown('camera')]).toEqual(['on', 'on']);
});

describe('the button', () => {
  async function inCall(): Promise<RunningSession> {
    const call = new RunningSession();
    call.page.join();
    await later();
    expect(call.shown('microphone')).toBe('on');
    return call;
  }

  it('mutes and unmutes, with one command each', async () => {
    const call = await inCall();
    call.session.setDevice('microphone', false);
    await later();
    expect(call.shown('microphone')).toBe('off');
    call.session.setDevice('microphone', true);
    await later();
    expect(call.shown('microphone')).toBe('on');
    expect(call.page.told('toggle-audio')).toBe(3);
  });

  it('shows what is true within a fifth of a second', async () => {
    const call = await inCall();
    await later(10_000);
    call.session.setDevice('microphone', false);
    await later(OPENING_MS + 100);
    expect(call.shown('microphone')).toBe('off');
  });

  it('pressed twice in a hurry is one command: two would undo each other', async () => {
    const call = await inCall();
    call.session.setDevice('microphone', false);
    call.session.setDevice('microphone', false);
    await later(OPENING_MS / 2);
    call.session.setDevice('microphone', false);
    await later();
    expect(call.page.told('toggle-audio')).toBe(2);
    expect(call.shown('microphone')).toBe('off');
  });

  it.each([
    ['muted while it still opens, ends muted', true],
    ['opened while it is still being muted, ends open', false],
  ])('%s', async (_what, first) => {
    const call = await inCall();
    call.session.setDevice('microphone', false);
    await later();
    if (!first) {
      call.session.setDevice('microphone', true);
      await later();
    }
    call.session.setDevice('microphone', first);
    await later(OPENING_MS / 2);
    call.session.setDevice('microphone', !first);
    await later();
    expect(call.shown('microphone')).toBe(first ? 'off' : 'on');
    expect(call.page.isOpen('audio')).toBe(!first);
  });

  it('a mute while nobody knows what the microphone is counts as soon as it is known', async () => {
    const call = await inCall();
    call.page.answers = false;
    await later(5000);
    expect(call.shown('microphone')).toBe('unknown');
    call.session.setDevice('microphone', false);
    call.page.answers = true;
    await later(3000);
    expect([call.shown('microphone'), call.page.isOpen('audio')]).toEqual(['off', false]);
  });

  it.each([500, 2500, 4500])(
    'a microphone that opens after 5 s is muted, when that was said after %d ms',
    async (ms) => {
      const call = await inCall();
      call.session.setDevice('microphone', false);
      await later();
      call.page.opening = 5000;
      call.session.setDevice('microphone', true);
      await later(ms);
      call.session.setDevice('microphone', false);
      await later(4900 - ms);
      call.page.opening = OPENING_MS;
      await later(400);
      expect([call.shown('microphone'), call.page.isOpen('audio')]).toEqual(['off', false]);
      expect(call.page.told('toggle-audio')).toBe(4);
    },
  );

  it('a mute that the page could not have followed is not held against an opening of its own', async () => {
    const call = await inCall();
    call.session.setDevice('microphone', false);
    await later();
    call.page.follows = false;
    call.session.setDevice('microphone', true);
    call.session.setDevice('microphone', false);
    call.page.say('mic-error', { type: 'gum.not_found' });
    await later();
    call.page.follows = true;
    call.page.change('audio', false);
    await later(3000);
    expect(call.shown('microphone')).toBe('on');
  });

  it('sends nothing for what is so already', async () => {
    const call = await inCall();
    call.session.setDevice('microphone', true);
    call.session.setDevice('camera', false);
    await later();
    expect(call.page.told('toggle-audio')).toBe(1);
    expect(call.page.told('toggle-video')).toBe(0);
  });

  it('pressed again when the page has not followed is a new command', async () => {
    const call = await inCall();
    call.page.follows = false;
    call.session.setDevice('microphone', false);
    await later(5000);
    expect(call.shown('microphone')).toBe('on');
    call.page.follows = true;
    call.session.setDevice('microphone', false);
    await later();
    expect(call.shown('microphone')).toBe('off');
    expect(call.page.told('toggle-audio')).toBe(3);
  });

  it('pressed again at once after a device error is a new attempt', async () => {
    const call = await inCall();
    call.page.follows = false;
    call.session.setDevice('camera', true);
    call.page.say('camera-error', { type: 'gum.not_found' });
    expect(call.state).toMatchObject({ cameraFault: 'missing' });
    call.page.follows = true;
    call.session.setDevice('camera', true);
    await later();
    expect(call.page.told('toggle-video')).toBe(2);
    expect(call.shown('camera')).toBe('on');
    expect(call.state).toMatchObject({ cameraFault: undefined });
  });

  it('does not wait for the page: a command to one device leaves the other free', async () => {
    const call = await inCall();
    call.session.setDevice('microphone', false);
    call.session.setDevice('camera', true);
    await later();
    expect([call.shown('microphone'), call.shown('camera')]).toEqual(['off', 'on']);
  });
});

describe('what happens without us', () => {
  it('shows: muted by a moderator or in the page itself', async () => {
    const call = new RunningSession();
    call.page.join();
    await later();
    call.page.change('audio', true);
    call.page.say('audio-mute-status-changed', { muted: true });
    await later(0);
    expect(call.shown('microphone')).toBe('off');
    expect(call.page.told('toggle-audio')).toBe(1);
  });

  it('shows within a second, though no event says so', async () => {
    const call = new RunningSession();
    call.page.join();
    await later(10_000);
    call.page.change('audio', true);
    await later(1000);
    expect(call.shown('microphone')).toBe('off');
  });

  it('an event that says the contrary of the answer is not believed', async () => {
    const call = new RunningSession();
    call.page.follows = false;
    call.page.join();
    await later();
    call.page.say('audio-mute-status-changed', { muted: false });
    await later();
    expect(call.microphone).toEqual(['unknown', 'off']);
  });

  it('a page that falls silent is shown as unknown, not as what it last said', async () => {
    const call = new RunningSession();
    call.page.join();
    await later(10_000);
    call.page.answers = false;
    await later(ANSWER_TIMEOUT_MS + 2000);
    expect(call.shown('microphone')).toBe('unknown');
    call.page.answers = true;
    await later(1000);
    expect(call.shown('microphone')).toBe('on');
    expect(call.page.told('toggle-audio')).toBe(1);
  });
});
