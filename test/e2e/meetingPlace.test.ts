/** What is made for a meeting before the lobby has answered, and what becomes of it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type Keyring, startKeyring } from '../support/keyring';
import { type LobbyProxy, startLobbyProxy } from '../support/lobbyProxy';
import { type Servers, startServers } from '../support/servers';

let keyring: Keyring;
let servers: Servers;
let proxy: LobbyProxy;
let desktop: DesktopApp;

beforeAll(async () => {
  [keyring, servers] = await Promise.all([startKeyring(), startServers()]);
  proxy = await startLobbyProxy(servers.lobby.url);
  desktop = await startDesktop({ env: keyring.env });
  const token = await servers.lobby.addToken('ana');
  await desktop.saveSettings({ lobby: proxy.url, name: 'Ana', token });
  // The lobby has been asked for its regions meanwhile.
  await desktop.button('Start voice call').click();
  await desktop.inCall();
  await desktop.leave();
});
afterAll(async () => {
  await desktop.close();
  await proxy.stop();
  await servers.stop();
  await keyring.stop();
});

/** Ids of all web contents but the toolbar's. */
const others = () =>
  desktop.app.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .filter((contents) => !contents.getURL().startsWith('parley-app:'))
      .map(({ id }) => id),
  );

/** Starts a call whose lobby does not answer before `let` does. */
async function startHeld(status?: number): Promise<{ letAnswer: () => void }> {
  let letAnswer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letAnswer = resolve));
  proxy.tamper(async (real) => {
    await held;
    return status === undefined ? real() : { status, body: '' };
  });
  await desktop.button('Start voice call').click();
  await expect.poll(others).toHaveLength(1);
  return { letAnswer };
}

it('is made while the lobby is asked, and gone when it refuses', async () => {
  expect(await others()).toEqual([]);
  const { letAnswer } = await startHeld(401);
  letAnswer();
  await desktop.alert.getByText('Lobby does not know this token.').waitFor();
  await expect.poll(others).toEqual([]);
});

it('is gone when the user has cancelled', async () => {
  const { letAnswer } = await startHeld();
  await desktop.button('Cancel').click();
  await desktop.ready();
  await expect.poll(others).toEqual([]);
  letAnswer();
});

it('is where the meeting then is', async () => {
  const { letAnswer } = await startHeld();
  const made = await others();
  letAnswer();
  await desktop.inCall();
  expect(await others()).toEqual(made);
  await desktop.leave();
  await expect.poll(others).toEqual([]);
});
