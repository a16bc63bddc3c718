/** This computer's clock is set, by ten minutes either way, while a call is on. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type Keyring, startKeyring } from '../support/keyring';
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
afterEach(() => setClock(0));

/** Has all that runs in the app see a clock that is so many minutes off. */
async function setClock(minutes: number): Promise<void> {
  const set = (ms: number) => {
    const scope = globalThis as typeof globalThis & { TrueDate?: DateConstructor };
    const True = (scope.TrueDate ??= Date);
    scope.Date = class extends True {
      constructor(...given: [] | [number]) {
        if (given.length === 0) super(True.now() + ms);
        else super(...given);
      }
      static override now() {
        return True.now() + ms;
      }
    } as DateConstructor;
  };
  const ms = minutes * 60_000;
  await desktop.app.evaluate((_electron, text) => (0, eval)(text) as unknown, `(${String(set)})(${ms})`);
  await Promise.all(desktop.app.windows().map((page) => page.evaluate(set, ms)));
}

const lasted = async () => (await desktop.status.locator('[aria-live=off]').textContent()) ?? '';

it.each([-10, 10])('the call goes on, is entered anew, and so is the next one: %i min', async (minutes) => {
  await desktop.button('Start voice call').click();
  const room = await desktop.inCall();
  await desktop.microphoneMuted(false);
  await desktop.button('Mute microphone').click();
  await desktop.microphoneMuted(true);
  const before = await lasted();

  await setClock(minutes);
  // It goes on counting, from where it was.
  await expect.poll(lasted).not.toBe(before);
  expect(await lasted()).toMatch(/^[01]:\d\d$/);
  await desktop.app.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .find((contents) => contents.getURL().startsWith('http:'))
      ?.forcefullyCrashRenderer(),
  );
  await desktop.status.getByText('Reconnecting…').waitFor();
  expect(await desktop.inCall()).toBe(room);
  await desktop.microphoneMuted(true);
  await servers.deployment.waitFor(room, (people) => people.some(({ audioMuted }) => audioMuted));
  await desktop.leave();

  await desktop.button('Start voice call').click();
  await desktop.inCall();
  await desktop.microphoneMuted(false);
  await desktop.leave();
});
