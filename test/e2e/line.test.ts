/** How good the line of a call is, by what its page measures and its deployment answers. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { axeFindings } from '../support/axeFindings';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type Keyring, startKeyring } from '../support/keyring';
import { screenPicture } from '../support/screenPicture';
import { type Servers, startServers } from '../support/servers';

let keyring: Keyring;
let servers: Servers;
let desktop: DesktopApp;

beforeAll(async () => {
  [keyring, servers] = await Promise.all([startKeyring(), startServers()]);
  desktop = await startDesktop({ env: keyring.env });
  const token = await servers.lobby.addToken('ana');
  await desktop.saveSettings({ lobby: servers.lobby.url, name: 'Ana', token });
});
afterAll(async () => {
  await desktop.close();
  await servers.stop();
  await keyring.stop();
});

const sign = (quality: string) => desktop.shell.getByLabel(`Connection: ${quality}`).waitFor();

/** Has the page say something to its embedder, as the web client does. */
const say = (page: Page, name: string) =>
  page.evaluate((event) => {
    const scope = 'jitsi_meet_external_api_7';
    const params = { type: 'event', data: { name: event } };
    window.postMessage(JSON.stringify({ postis: true, scope, method: 'message', params }), '*');
  }, name);

/** Has the page measure a loss, as Jitsi's own client does. The stand-in carries no sound, so it measures nothing. */
const lose = (page: Page, percent: number) =>
  page.evaluate((total) => {
    const getStats = () => ({ connectionQuality: 100, jvbRTT: 12, packetLoss: { total } });
    Object.assign(window, { APP: { conference: { getStats } } });
  }, percent);

it('is shown by what the deployment answers, and by what the page measures', async () => {
  await desktop.button('Start voice call').click();
  await desktop.inCall();
  await sign('good');
  const page = await desktop.meeting();
  await lose(page, 20);
  await sign('poor');
});

it('is told in detail beside the meeting, by keyboard as well', async () => {
  await desktop.shell.getByLabel('Connection: poor').focus();
  await desktop.shell.keyboard.press('Enter');
  const details = desktop.shell.getByRole('complementary', { name: 'Connection' });
  await details.getByText('12 ms (sound)').waitFor();
  await details.getByText('20 %').waitFor();
  await details.getByText(new URL(servers.deployment.url).host).waitFor();
  await details.getByText('by the meeting server').waitFor();
  await details.getByText('The lobby does not watch the meeting server.').waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await desktop.shell.emulateMedia({ colorScheme });
    expect(await axeFindings(desktop.shell)).toEqual([]);
    await screenPicture(`connection-${colorScheme}.png`);
  }
  await desktop.shell.keyboard.press('Escape');
  await details.waitFor({ state: 'detached' });
});

it('is poor at once when the bridge is gone, and good again once the page measures that', async () => {
  const page = await desktop.meeting();
  await lose(page, 0);
  await sign('good');
  await say(page, 'peer-connection-failure');
  await sign('poor');
  await sign('good');
});

it('is looked at whenever the computer wakes up', async () => {
  const wakes = 20;
  const { requests } = servers.deployment;
  const probes = () => requests.filter(({ method }) => method === 'HEAD').length;
  const before = probes();
  await desktop.app.evaluate(({ powerMonitor }, times) => {
    for (let time = 0; time < times; time += 1) powerMonitor.emit('resume');
  }, wakes);
  // In that time it is looked at some times in any case, but not so often.
  await expect.poll(() => probes() - before, { timeout: 10_000 }).toBeGreaterThanOrEqual(wakes);
});

it('is lost when it is cut', async () => {
  servers.deployment.fail('drop');
  await sign('lost');
  servers.deployment.restore();
  await desktop.status.getByText(/In call/).waitFor();
  await desktop.leave();
});
