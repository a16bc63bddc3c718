/**
 * Many calls in one run of the app: each works, and none leaves anything behind. The short form runs with the other tests;
 * `npm run soak` sets PARLEY_SOAK=long, for 500 calls.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PAGE_MESSAGE_CHANNEL } from '../../shared/ipc/channels';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';

const LONG = process.env['PARLEY_SOAK'] === 'long';
const CALLS = LONG ? 500 : 15;
/** Calls before the first look: what is loaded once is loaded by then. */
const FIRST_CALLS = LONG ? 20 : 5;
/** What memory of all processes moves by between two collections, in MiB. */
const GROWTH_MAX_MIB = 64;
const HANDLES_MAX = 8;

let deployment: JitsiDeployment;
let desktop: DesktopApp;
beforeAll(async () => {
  deployment = await startDeployment({ tokenRequired: false });
  desktop = await startDesktop({ env: { PARLEY_FREE_URL: deployment.url } });
});
afterAll(async () => {
  await desktop.close();
  await deployment.stop();
});

async function callOnce(mute: boolean): Promise<void> {
  const room = await desktop.startFreeCall();
  if (mute) {
    await desktop.button('Mute microphone').click();
    await desktop.microphoneMuted(true);
    await deployment.waitFor(room, ([person]) => person?.audioMuted === true);
  }
  await desktop.leave();
  await deployment.waitFor(room, (people) => people.length === 0);
}

/** What the app holds between two calls. */
async function held() {
  // A page that was closed is gone a moment later.
  const processes = () => desktop.app.evaluate(({ app }) => app.getAppMetrics().length);
  const pages = () => desktop.app.evaluate(({ webContents }) => webContents.getAllWebContents().length);
  await expect.poll(pages).toBe(1);
  return {
    processes: await processes(),
    ...(await desktop.app.evaluate(({ app, ipcMain }, channel) => {
      const active = process as unknown as { getActiveResourcesInfo(): string[] };
      return {
        listeners: ipcMain.listenerCount(channel),
        handles: active.getActiveResourcesInfo().length,
        memory: app.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize, 0) / 1024,
      };
    }, PAGE_MESSAGE_CHANNEL)),
  };
}

it(`${CALLS} calls in one run leave nothing behind`, { timeout: LONG ? 1_100_000 : 60_000 }, async () => {
  for (let call = 0; call < FIRST_CALLS; call += 1) await callOnce(call % 5 === 0);
  const before = await held();
  for (let call = FIRST_CALLS; call < CALLS; call += 1) await callOnce(call % 5 === 0);
  const grownBy = async () => (await held()).memory - before.memory;
  const after = await held();
  expect(after.listeners).toBe(0);
  expect(after.handles - before.handles).toBeLessThan(HANDLES_MAX);
  await expect.poll(async () => (await held()).processes).toBeLessThanOrEqual(before.processes);
  await expect.poll(grownBy).toBeLessThan(GROWTH_MAX_MIB);
  expect(await desktop.alert.count()).toBe(0);
  process.stdout.write(`${CALLS} calls; ${Math.round(await grownBy())} MiB more than after ${FIRST_CALLS}\n`);
});
