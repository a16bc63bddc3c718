import { describe, expect, it } from 'vitest';
import {
  type Line,
  lineFailed,
  lineLookedAt,
  lineProbed,
  type LineQuality,
  LOOKS_TO_IMPROVE,
  LOOKS_TO_WORSEN,
  type MediaReport,
  missedOf,
  NEW_LINE,
  PROBES_KEPT,
  roundTripOf,
} from '../../../shared/lineQuality';

const media = (report: Partial<MediaReport>): MediaReport => ({
  lossPercent: undefined,
  roundTripMs: undefined,
  mark: undefined,
  ...report,
});
const probed = (...times: (number | undefined)[]): Line => times.reduce(lineProbed, NEW_LINE);

/** The qualities after each of so many looks that find the same. */
function looks(line: Line, report: MediaReport | undefined, times: number): LineQuality[] {
  const seen: LineQuality[] = [];
  for (let look = 0, now = line; look < times; look += 1) {
    now = lineLookedAt(now, report);
    seen.push(now.quality);
  }
  return seen;
}

describe('the first look', () => {
  it('finds nothing while nothing is known', () => {
    expect(lineLookedAt(NEW_LINE, undefined).quality).toBe('unknown');
    expect(roundTripOf(NEW_LINE)).toBeUndefined();
  });

  it.each<[what: string, line: Line, report: MediaReport | undefined, quality: LineQuality]>([
    ['answers at once', probed(20, 25, 22), undefined, 'good'],
    ['answers after 150 ms', probed(150), undefined, 'good'],
    ['answers after 151 ms', probed(151), undefined, 'fair'],
    ['answers after 401 ms', probed(401), undefined, 'poor'],
    ['one late answer among quick ones', probed(20, 25, 300, 22), undefined, 'good'],
    ['two late answers among quick ones', probed(20, 25, 300, 22, 280), undefined, 'fair'],
    ['one answer that never came', probed(20, undefined, 22), undefined, 'fair'],
    ['two answers that never came', probed(20, undefined, 22, undefined), undefined, 'poor'],
    ['no answer at all', probed(undefined, undefined), undefined, 'poor'],
    ['2 % loss', NEW_LINE, media({ lossPercent: 2 }), 'good'],
    ['3 % loss', NEW_LINE, media({ lossPercent: 3 }), 'fair'],
    ['9 % loss, though the deployment answers at once', probed(20), media({ lossPercent: 9 }), 'poor'],
    ['a good mark', NEW_LINE, media({ mark: 30 }), 'good'],
    ['a middling mark', NEW_LINE, media({ mark: 29 }), 'fair'],
    ['a bad mark', NEW_LINE, media({ mark: 9 }), 'poor'],
    ['a media round trip longer than the probes', probed(20), media({ roundTripMs: 200 }), 'fair'],
    ['a straight connection to a neighbour by a far server', probed(300), media({ roundTripMs: 5 }), 'good'],
  ])('%s', (_what, line, report, quality) => {
    expect(lineLookedAt(line, report).quality).toBe(quality);
  });
});

describe('a line that changes', () => {
  const good = lineLookedAt(NEW_LINE, media({ lossPercent: 0 }));
  const poor = lineLookedAt(NEW_LINE, media({ lossPercent: 20 }));

  it('is worse after two looks in a row, not after one', () => {
    expect(looks(good, media({ lossPercent: 20 }), 3)).toEqual(['good', 'poor', 'poor']);
    expect(LOOKS_TO_WORSEN).toBe(2);
  });

  it('is better only after four', () => {
    expect(looks(poor, media({ lossPercent: 0 }), 5)).toEqual(['poor', 'poor', 'poor', 'good', 'good']);
    expect(LOOKS_TO_IMPROVE).toBe(4);
  });

  it('does not flicker when it comes and goes', () => {
    let line = good;
    for (let look = 0; look < 20; look += 1) {
      line = lineLookedAt(line, media({ lossPercent: look % 2 === 0 ? 20 : 0 }));
      expect(line.quality).toBe('good');
    }
  });

  it('is poor at once when the page says that its media failed, and recovers', () => {
    const failed = lineFailed(good);
    expect(failed.quality).toBe('poor');
    expect(looks(failed, media({ lossPercent: 0 }), 4).at(-1)).toBe('good');
  });

  it('keeps what it was when nothing is known any more', () => {
    expect(looks(good, undefined, 5)).toEqual(['good', 'good', 'good', 'good', 'good']);
  });
});

it('remembers the last probes alone', () => {
  const line = probed(undefined, ...Array<number>(PROBES_KEPT).fill(20));
  expect(line.probes).toHaveLength(PROBES_KEPT);
  expect(missedOf(line)).toBe(0);
});
