/** The others’ pictures while the meeting’s page is out of sight. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RunningSession } from './runningSession';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = () => vi.advanceTimersByTimeAsync(1_000);

async function joined(media: 'audio' | 'video' = 'audio', unseen = false): Promise<RunningSession> {
  const call = new RunningSession({ media });
  call.unseen = unseen;
  call.page.join();
  await pass();
  return call;
}

/** What the page was told since the last look that has to do with pictures. */
const told = ({ page }: RunningSession) =>
  page.posted.splice(0).flatMap(([name, on]) => {
    if (name === 'set-audio-only') return [`sound only: ${on === true ? 'on' : 'off'}`];
    return name === 'toggle-video' || name === 'toggle-share-screen' ? [name] : [];
  });

function place(call: RunningSession, unseen: boolean): void {
  call.unseen = unseen;
  call.session.lookAtPlace();
  // As the page does (recorded).
  for (const [name, enabled] of call.page.posted) {
    if (name === 'set-audio-only') call.page.say('audio-only-changed', { enabled });
  }
}

describe('a page that goes out of sight', () => {
  it('is put in sound only, and back when it is shown', async () => {
    const call = await joined();
    place(call, true);
    place(call, true);
    expect(told(call)).toEqual(['sound only: on']);
    place(call, false);
    place(call, false);
    expect(told(call)).toEqual(['sound only: off']);
  });

  it('is so from the start where the user wants it so', async () => {
    expect(told(await joined('audio', true))).toEqual(['sound only: on']);
  });

  it('stays in sound only when the user had put it there', async () => {
    const call = await joined();
    call.page.say('audio-only-changed', { enabled: true });
    place(call, true);
    place(call, false);
    expect(told(call)).toEqual([]);
  });

  it('is left as the user puts it meanwhile', async () => {
    const call = await joined();
    place(call, true);
    call.session.control({ what: 'audio-only', on: false });
    call.page.say('audio-only-changed', { enabled: false });
    expect(told(call)).toEqual(['sound only: on', 'sound only: off']);
    place(call, false);
    expect(told(call)).toEqual([]);
  });
});

describe('the user’s own camera', () => {
  it('is never closed by it: what is open stays open', async () => {
    const call = await joined('video', true);
    place(call, false);
    place(call, true);
    expect(told(call)).toEqual(['toggle-video']);
    expect(call.page.isOpen('video')).toBe(true);
  });

  it('can be opened while the page is out of sight: that is ended first', async () => {
    const call = await joined('audio', true);
    told(call);
    call.session.setDevice('camera', true);
    await pass();
    expect(told(call)).toEqual(['sound only: off', 'toggle-video']);
    call.session.setDevice('camera', false);
    await pass();
    expect(told(call)).toEqual(['toggle-video', 'sound only: on']);
  });
});

it('the user’s own screen is never taken from the others', async () => {
  const call = await joined('audio', true);
  told(call);
  call.session.control({ what: 'share', on: true });
  expect(told(call)).toEqual(['sound only: off', 'toggle-share-screen']);
  call.page.say('screen-sharing-status-changed', { on: true });
  place(call, false);
  place(call, true);
  expect(told(call)).toEqual([]);
  call.page.say('screen-sharing-status-changed', { on: false });
  expect(told(call)).toEqual(['sound only: on']);
});

it('a screen that the user has not shown after all leaves things as they were', async () => {
  const call = await joined('audio', true);
  told(call);
  call.session.control({ what: 'share', on: true });
  expect(told(call)).toEqual(['sound only: off', 'toggle-share-screen']);
  call.session.control({ what: 'share-dropped' });
  expect(told(call)).toEqual(['sound only: on']);
  call.session.control({ what: 'share', on: true });
  expect(told(call)).toEqual(['sound only: off', 'toggle-share-screen']);
});

it('another screen that the user has not shown after all ends nothing of the one that is', async () => {
  const call = await joined('audio', true);
  call.page.say('screen-sharing-status-changed', { on: true });
  told(call);
  call.session.control({ what: 'share-dropped' });
  expect(told(call)).toEqual([]);
});

it('a page that is left is told nothing more', async () => {
  const call = await joined('audio', true);
  told(call);
  call.session.leave();
  place(call, false);
  expect(told(call)).toEqual([]);
});
