import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CallLine } from '../../../../main/call/callLine';
import { PROBE_EVERY_MS, SPARED_PROBE_EVERY_MS } from '../../../../main/call/connectionWatch';
import { newRoom } from './runningSession';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it.each([
  ['a lobby’s deployment is probed as ever', false, false, PROBE_EVERY_MS],
  ['a public one is spared probes', true, false, SPARED_PROBE_EVERY_MS],
  ['from the one other a public one is probed as ever', true, true, PROBE_EVERY_MS],
])('while sound comes in %s', async (_which, free, peerToPeer, everyMs) => {
  const probe = vi.fn(() => Promise.resolve(true));
  let received = 0;
  const line = new CallLine({
    room: newRoom(free),
    network: { probe, isOnline: () => true },
    view: {
      readMedia: () => Promise.resolve(undefined),
      readReceived: () => Promise.resolve((received += 1000)),
    },
    meeting: () => ({ peerToPeer }),
    tell: () => undefined,
    onStuck: () => undefined,
    now: () => Date.now(),
  });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(probe).toHaveBeenCalledTimes(60_000 / everyMs);
  line.stop();
});
