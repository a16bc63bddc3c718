/** What a call costs with its page out of sight, against the same call with the page shown. */
import { setTimeout as delay } from 'node:timers/promises';
import type { DesktopApp } from '../test/support/desktopApp';
import { processorSeconds, processTree } from './processTree';

const SETTLE_MS = 1_500;
const MEASURE_MS = 5_000;

/** Processor time of all of the app's processes, as a share of one processor. */
export interface HiddenCost {
  readonly shown: number[];
  readonly hidden: number[];
}

/** Measures a call that is on, `rounds` times each way, in turn; the user's own camera is on, so that there is something to paint. */
export async function measureHidden(desktop: DesktopApp, rounds: number): Promise<HiddenCost> {
  const camera = desktop.button('Turn on camera');
  await camera.click();
  await camera.and(desktop.shell.locator('[aria-pressed="true"]')).waitFor();
  const cost: HiddenCost = { shown: [], hidden: [] };
  const hide = desktop.button('Hide meeting');
  for (let count = 0; count < rounds; count += 1) {
    cost.shown.push(await share(desktop));
    await hide.click();
    await hide.and(desktop.shell.locator('[aria-pressed="true"]')).waitFor();
    cost.hidden.push(await share(desktop));
    await hide.click();
    await hide.and(desktop.shell.locator('[aria-pressed="false"]')).waitFor();
  }
  await camera.click();
  return cost;
}

async function share(desktop: DesktopApp): Promise<number> {
  const root = desktop.app.process().pid ?? 0;
  await delay(SETTLE_MS);
  const pids = await processTree(root);
  const used = () => pids.reduce((sum, pid) => sum + processorSeconds(pid), 0);
  const [before, startedAt] = [used(), performance.now()];
  await delay(MEASURE_MS);
  return (used() - before) / ((performance.now() - startedAt) / 1000);
}
