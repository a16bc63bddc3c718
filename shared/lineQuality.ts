/**
 * How good the line to a meeting is, put together from what can be known of it: how long the deployment takes to answer
 * small requests of Parley's own, and what the page measures of its sound and picture by WebRTC. Pure.
 */

export type LineQuality = 'unknown' | 'good' | 'fair' | 'poor';

/** What the page has measured of its own media; each of it may be missing. */
export interface MediaReport {
  /** Packets lost both ways, in percent. */
  lossPercent: number | undefined;
  /** To the bridge, or straight to the one other, in ms. */
  roundTripMs: number | undefined;
  /** Jitsi's own mark, 0 to 100: with a camera on also how much of its picture gets through. */
  mark: number | undefined;
}

/** What is known of a line. Each probe is how long its answer took in ms, or `undefined` when none came. */
export interface Line {
  quality: LineQuality;
  probes: readonly (number | undefined)[];
  media: MediaReport | undefined;
  /** Looks in a row that found the line worse than `quality` says, or better; 0 after one that agreed. */
  worse: number;
  better: number;
}

export const NEW_LINE: Line = { quality: 'unknown', probes: [], media: undefined, worse: 0, better: 0 };

/** Probes that are remembered: at one every 2 s, what went wrong counts for 12 s. */
export const PROBES_KEPT = 6;
/** Looks in a row before the line is said to be worse: a single one may be a hiccup. */
export const LOOKS_TO_WORSEN = 2;
/** Looks in a row before it is said to be better: a line that comes and goes must not flicker. */
export const LOOKS_TO_IMPROVE = 4;

/**
 * Round trips in ms up to which a line is good, and fair. Of ITU-T G.114 (150 ms one way are hardly felt, more than 400 ms
 * make talk hard) the way to the deployment and back is taken as one way: the others' part is about as long again.
 */
const GOOD_ROUND_TRIP_MS = 150;
const FAIR_ROUND_TRIP_MS = 400;
/** An answer later than the median by this much, in ms, was sent twice (RFC 6298; Linux waits 200 ms at least). */
const LATE_BY_MS = 200;
/** Loss in percent that Opus hides from nearly everybody, and that it can still make words of. */
const GOOD_LOSS = 2;
const FAIR_LOSS = 8;
/** Marks below which Jitsi's own sign turns from good to middling, and to bad (`ConnectionIndicator.tsx`). */
const GOOD_MARK = 30;
const FAIR_MARK = 10;

/** From best to worst. */
const ORDER = ['good', 'fair', 'poor'] as const;
type Judgement = (typeof ORDER)[number];

/** The line after a probe. */
export function lineProbed(line: Line, roundTripMs: number | undefined): Line {
  return { ...line, probes: [...line.probes, roundTripMs].slice(-PROBES_KEPT) };
}

/** The line after one of the looks that are taken every few seconds, with what the page reports by then. */
export function lineLookedAt(line: Line, media: MediaReport | undefined): Line {
  const seen = { ...line, media };
  const found = judge(seen);
  const { quality } = line;
  if (found === undefined || found === quality) return { ...seen, worse: 0, better: 0 };
  if (quality === 'unknown') return { ...seen, quality: found, worse: 0, better: 0 };
  const isWorse = ORDER.indexOf(found) > ORDER.indexOf(quality);
  const worse = isWorse ? line.worse + 1 : 0;
  const better = isWorse ? 0 : line.better + 1;
  return worse >= LOOKS_TO_WORSEN || better >= LOOKS_TO_IMPROVE
    ? { ...seen, quality: found, worse: 0, better: 0 }
    : { ...seen, worse, better };
}

/** The line after the page has said that its sound and picture got stuck: bad at once, until looks find it better. */
export function lineFailed(line: Line): Line {
  return { ...line, quality: 'poor', worse: 0, better: 0 };
}

/** The round trip to go by, in ms: the media's own where the page tells it, else the median of the probes. */
export function roundTripOf({ media, probes }: Pick<Line, 'media' | 'probes'>): number | undefined {
  return media?.roundTripMs ?? median(answered(probes));
}

/** How many of the remembered probes came to nothing. */
export function missedOf({ probes }: Pick<Line, 'probes'>): number {
  return probes.length - answered(probes).length;
}

const answered = (probes: Line['probes']) => probes.filter((time) => time !== undefined);

function median(times: readonly number[]): number | undefined {
  return [...times].sort((a, b) => a - b)[Math.floor((times.length - 1) / 2)];
}

/** `undefined` while nothing is known. */
function judge(line: Line): Judgement | undefined {
  const { media, probes } = line;
  const marks = [
    byLimits(roundTripOf(line), GOOD_ROUND_TRIP_MS, FAIR_ROUND_TRIP_MS),
    byLimits(media?.lossPercent, GOOD_LOSS, FAIR_LOSS),
    byLimits(media?.mark === undefined ? undefined : -media.mark, -GOOD_MARK, -FAIR_MARK),
    probes.length === 0 ? undefined : byProbes(line),
  ].filter((mark) => mark !== undefined);
  return marks.sort((a, b) => ORDER.indexOf(b) - ORDER.indexOf(a))[0];
}

function byLimits(value: number | undefined, good: number, fair: number): Judgement | undefined {
  if (value === undefined) return undefined;
  if (value <= good) return 'good';
  return value <= fair ? 'fair' : 'poor';
}

function byProbes(line: Line): Judgement {
  const times = answered(line.probes);
  const usual = median(times) ?? 0;
  const missed = missedOf(line);
  const late = times.filter((time) => time > usual + LATE_BY_MS).length;
  if (missed >= 2) return 'poor';
  return missed + late >= 2 || missed === 1 ? 'fair' : 'good';
}
