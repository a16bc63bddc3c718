/** Holding to talk: over a session with a played page, so that what counts is whether the page's microphone is open. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PushToTalk } from '../../../../main/shell/pushToTalk';
import { OPENING_MS } from '../call/playedPage';
import { RunningSession } from '../call/runningSession';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const later = (ms = 3000) => vi.advanceTimersByTimeAsync(ms);

async function inCall({ muted }: { muted: boolean }): Promise<{ call: RunningSession; talk: PushToTalk }> {
  const call = new RunningSession();
  const setMicrophone = (on: boolean) => call.session.setDevice('microphone', on);
  call.page.join();
  await later();
  if (muted) setMicrophone(false);
  await later();
  return { call, talk: new PushToTalk({ call: () => call.state, setMicrophone }) };
}

describe('holding to talk', () => {
  it('opens the microphone until it is let go', async () => {
    const { call, talk } = await inCall({ muted: true });
    talk.press();
    talk.press();
    await later();
    expect(call.page.isOpen('audio')).toBe(true);
    talk.release();
    await later();
    expect([call.page.isOpen('audio'), call.shown('microphone')]).toEqual([false, 'off']);
  });

  it.each([0, 1, OPENING_MS / 2, OPENING_MS - 1, OPENING_MS, OPENING_MS + 1])(
    'for %d ms leaves it closed, however slow the page is to open it',
    async (held) => {
      const { call, talk } = await inCall({ muted: true });
      talk.press();
      await later(held);
      talk.release();
      await later();
      expect([call.page.isOpen('audio'), call.shown('microphone')]).toEqual([false, 'off']);
    },
  );

  it('again and again, faster than the page can follow, ends closed', async () => {
    const { call, talk } = await inCall({ muted: true });
    for (let round = 0; round < 7; round += 1) {
      talk.press();
      await later(13);
      talk.release();
      await later(29);
    }
    await later();
    expect([call.page.isOpen('audio'), call.shown('microphone')]).toEqual([false, 'off']);
  });

  it('changes nothing for somebody who is heard already', async () => {
    const { call, talk } = await inCall({ muted: false });
    talk.press();
    talk.release();
    await later();
    expect(call.page.isOpen('audio')).toBe(true);
  });
});
