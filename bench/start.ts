/**
 * `npm run bench:start`: how soon the toolbar is painted and what the idle app weighs, against an empty window on the
 * same runtime; and how soon a click is on its way to the meeting.
 */
import { type ClickTimes, measureClicks, type Step, STEPS } from './callClick';
import { ownRuntime } from './ownRuntime';
import { median, summary } from './statistics';
import type { Runtime } from './windowApp';
import { measureStarts, type Starts } from './windowStart';

const PAIRS = 9;
const CALLS = 9;

export interface BenchOptions extends Runtime {
  /** Takes lines of the result. */
  readonly print: (line: string) => void;
  /** Takes lines that only say how far it is. */
  readonly progress: (line: string) => void;
}

/** Measures, tells how, and ends with one line a figure. */
export async function runBench({ electron, args, print, progress }: BenchOptions): Promise<void> {
  const runtime = await ownRuntime(electron);
  const { parley, empty } = await measureStarts(
    { electron: runtime.electron, args },
    PAIRS,
    progress,
  ).finally(runtime.remove);
  // The call needs the keychain of the tests, and they have one only there.
  const clicks = process.platform === 'linux' ? await measureClicks(CALLS, progress) : [];

  print('Spawn to first contentful paint, and memory (PSS) of all processes when idle:');
  printStarts(print, 'empty window', empty);
  printStarts(print, 'Parley', parley);
  if (clicks.length > 0) printClicks(print, clicks);

  print(`start.paint_ratio: ${ratio(parley.paint, empty.paint)}`);
  print(`start.pss_ratio: ${ratio(parley.memory, empty.memory)}`);
  print(`start.click_ms: ${clicks.length > 0 ? median(clicks.map(totalOf)).toFixed(1) : ONLY_LINUX}`);
}

const ONLY_LINUX = 'not measured (Linux only)';

const ratio = (values: readonly number[], base: readonly number[]) =>
  values.length > 0 ? (median(values) / median(base)).toFixed(3) : ONLY_LINUX;

function printStarts(print: BenchOptions['print'], name: string, { paint, memory }: Starts): void {
  print(`  ${name}: ${summary(paint, 'ms')}${memory.length > 0 ? `, ${summary(memory, 'MiB')}` : ''}`);
}

const steps = Object.keys(STEPS) as Step[];

const totalOf = (times: ClickTimes) => steps.reduce((sum, step) => sum + times[step], 0);

function printClicks(print: BenchOptions['print'], calls: readonly ClickTimes[]): void {
  const totals = calls.map(totalOf);
  const whole = totals.reduce((sum, total) => sum + total, 0);
  print(
    `Click to the start of the view's navigation: ${summary(totals, 'ms')}, the first ${totals[0]?.toFixed(1)} ms`,
  );
  for (const step of steps) {
    const times = calls.map((call) => call[step]);
    const share = (100 * times.reduce((sum, time) => sum + time, 0)) / whole;
    print(`  ${STEPS[step]}: ${summary(times, 'ms')}, ${share.toFixed(0)} % of the time`);
  }
}
