/** From spawn to the first paint, and the memory when idle: the app against an empty window, in turn. */
import { fileURLToPath } from 'node:url';
import { DevTools, type PageTools } from './devTools';
import { idleMemory } from './processTree';
import { inTime, type Runtime, startWindowApp, type WindowApp } from './windowApp';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const EMPTY_WINDOW = fileURLToPath(new URL('./emptyWindow', import.meta.url));

/** Longest wait for a window's page to paint and to be ready, in ms. */
const PAGE_MS = 30_000;

/** An app to be measured. */
interface Subject {
  /** `undefined`: packed with its runtime. */
  directory: string | undefined;
  /** The environment variable that tells it where its profile is. */
  profileVariable: string;
  /** Origin of its window's page. */
  origin: string;
  /** Waits until the page is complete; throws when its first paint was of something else than it should be. */
  complete(page: PageTools): Promise<void>;
}

const PARLEY: Subject = {
  directory: ROOT,
  profileVariable: 'PARLEY_USER_DATA_DIR',
  origin: 'parley-app://shell',
  async complete(page) {
    if (!(await page.evaluate(paintedToolbarFirst)))
      throw new Error('the first paint of the app was not that of its toolbar');
    await page.evaluate(toolbarReady);
  },
};

const EMPTY: Subject = {
  directory: EMPTY_WINDOW,
  profileVariable: 'EMPTY_WINDOW_USER_DATA_DIR',
  origin: 'file://',
  complete: () => Promise.resolve(),
};

/** What one subject took, a value for each of its starts. */
export class Starts {
  /** From spawn to first contentful paint, in ms. */
  readonly paint: number[] = [];
  /** Proportional memory of all processes when idle, in MiB; empty where the system does not tell. */
  readonly memory: number[] = [];
}

/** Starts both `pairs` times, one after the other, after a start of each that does not count. */
export async function measureStarts(
  runtime: Runtime,
  pairs: number,
  progress: (line: string) => void,
): Promise<{ parley: Starts; empty: Starts }> {
  const starts = { parley: new Starts(), empty: new Starts() };
  for (let pair = 0; pair <= pairs; pair += 1) {
    const counted = pair > 0;
    await measureStart(runtime, EMPTY, counted ? starts.empty : new Starts());
    await measureStart(runtime, PARLEY, counted ? starts.parley : new Starts());
    if (counted)
      progress(`start ${pair} of ${pairs}: ${lastOf(starts.empty)} empty, ${lastOf(starts.parley)}`);
  }
  return starts;
}

/** Starts the packed app and the one in the tree, as {@link measureStarts} does. */
export async function measurePackedStarts(
  packed: Runtime,
  tree: Runtime,
  pairs: number,
  progress: (line: string) => void,
): Promise<{ packed: Starts; tree: Starts }> {
  const starts = { packed: new Starts(), tree: new Starts() };
  for (let pair = 0; pair <= pairs; pair += 1) {
    const counted = pair > 0;
    await measureStart(tree, PARLEY, counted ? starts.tree : new Starts());
    await measureStart(packed, { ...PARLEY, directory: undefined }, counted ? starts.packed : new Starts());
    if (counted)
      progress(`start ${pair} of ${pairs}: ${lastOf(starts.tree)}, packed ${lastOf(starts.packed)}`);
  }
  return starts;
}

async function measureStart(runtime: Runtime, subject: Subject, into: Starts): Promise<void> {
  const app = await startWindowApp(runtime, subject.directory, subject.profileVariable);
  try {
    const painted = await inTime(
      paintOf(app, subject),
      PAGE_MS,
      `the page of ${subject.origin} was not there`,
    );
    into.paint.push(painted - app.spawnedAt);
    if (process.platform === 'linux') into.memory.push(await idleMemory(app.pid));
  } finally {
    await app.stop();
  }
}

/** When the first contentful paint was, in ms since the Unix epoch. Nothing is attached to the app any more then. */
async function paintOf(app: WindowApp, subject: Subject): Promise<number> {
  const tools = await DevTools.connect(app.devTools);
  try {
    const page = await tools.attach(subject.origin);
    const painted = await page.evaluate(firstContentfulPaint);
    await subject.complete(page);
    return painted;
  } finally {
    await tools.close();
  }
}

function lastOf({ paint, memory }: Starts): string {
  const [ms, mebibytes] = [paint.at(-1), memory.at(-1)];
  return `${ms?.toFixed(0) ?? '-'} ms ${mebibytes?.toFixed(1) ?? '-'} MiB`;
}

// The functions below run in the page.

function firstContentfulPaint(): Promise<number> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      const [first] = list.getEntriesByName('first-contentful-paint');
      if (first !== undefined) resolve(performance.timeOrigin + first.startTime);
    });
    observer.observe({ type: 'paint', buffered: true });
  });
}

/** Whether the first thing painted was drawn together with the toolbar: before that, the page is empty. */
function paintedToolbarFirst(): Promise<boolean> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      const [first] = list.getEntries() as LargestContentfulPaint[];
      const whole = document.querySelector('[role="toolbar"]')?.closest('body > *');
      resolve(whole?.contains(first?.element ?? null) ?? false);
    });
    observer.observe({ type: 'largest-contentful-paint', buffered: true });
  });
}

/** Resolves when the page has had its first snapshot: a call can be started. */
function toolbarReady(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.querySelector('button[aria-label="Start voice call"]:enabled') === null) return;
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true });
    look();
  });
}
