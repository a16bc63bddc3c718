import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LineWatch, LOOK_EVERY_MS } from '../../../../main/call/lineWatch';
import { LOOKS_TO_WORSEN, type LineQuality, type MediaReport } from '../../../../shared/lineQuality';
import { RunningSession } from './runningSession';

const GOOD: MediaReport = { lossPercent: 0, roundTripMs: 20, mark: 100 };
const LOSSY: MediaReport = { ...GOOD, lossPercent: 20 };

let report: MediaReport | undefined;
let hangs: boolean;
let asked: number;
let qualities: LineQuality[];
let watch: LineWatch | undefined;

beforeEach(() => {
  vi.useFakeTimers();
  report = GOOD;
  hangs = false;
  asked = 0;
  qualities = [];
});
afterEach(() => {
  watch?.stop();
  vi.useRealTimers();
});

function begin(): void {
  watch = new LineWatch({
    readMedia: () => {
      asked += 1;
      return hangs ? new Promise(() => undefined) : Promise.resolve(report);
    },
    onQuality: (quality) => qualities.push(quality),
  });
}

const look = (times = 1) => vi.advanceTimersByTimeAsync(times * LOOK_EVERY_MS);

describe('the line of a call', () => {
  it('tells each change of its quality once', async () => {
    begin();
    await look(5);
    report = LOSSY;
    await look(LOOKS_TO_WORSEN + 3);
    expect(qualities).toEqual(['good', 'poor']);
  });

  it('is told by probes alone when the page measures nothing', async () => {
    report = undefined;
    begin();
    await look(2);
    expect(qualities).toEqual([]);
    watch?.onProbe(20);
    await look();
    expect(qualities).toEqual(['good']);
    expect(watch?.line).toMatchObject({ media: undefined, probes: [20] });
  });

  it('asks a page that hangs only once, and forgets what it said before', async () => {
    begin();
    await look();
    hangs = true;
    await look(2);
    const before = asked;
    await look(5);
    expect(asked).toBe(before);
    expect(watch?.line.media).toBeUndefined();
  });

  it('is poor when the page says that its media failed', () => {
    begin();
    watch?.onMediaFailure();
    expect(qualities).toEqual(['poor']);
  });

  it('is not looked at any more once it is stopped', async () => {
    begin();
    watch?.stop();
    const before = asked;
    await look(5);
    expect(asked).toBe(before);
    expect(qualities).toEqual([]);
  });
});

describe('a call', () => {
  it('shows the line by what page and probes tell, and no more after the page is gone', async () => {
    const call = new RunningSession();
    const line = () => (call.state.phase === 'joined' ? call.state.line : call.state.phase);
    call.page.media = LOSSY;
    call.page.join();
    expect(line()).toBe('unknown');
    await look();
    expect(line()).toBe('poor');
    expect(call.session.line?.media).toEqual(LOSSY);
    call.page.fail({ code: 'page-crashed' });
    expect(line()).toBe('unknown');
    await look(3);
    expect(line()).toBe('unknown');
  });

  it('shows a poor line when the page says that its media failed', async () => {
    const call = new RunningSession();
    call.page.media = GOOD;
    call.page.join();
    await look();
    call.page.say('peer-connection-failure', { isP2P: false, wasConnected: true });
    expect(call.state).toMatchObject({ line: 'poor' });
    call.session.abandon();
  });
});
