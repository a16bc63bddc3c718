/** What the lobby wants different in its calls reaches the meeting page, in the address that it is opened with. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type Keyring, startKeyring } from '../support/keyring';
import { type Servers, startServers } from '../support/servers';

let keyring: Keyring;
let servers: Servers;
let desktop: DesktopApp;

beforeAll(async () => {
  const env = { LOBBY_MEETING_CONFIG: '{"disablePolls":true,"subject":"Pairing & tests"}' };
  [keyring, servers] = await Promise.all([startKeyring(), startServers(env)]);
  desktop = await startDesktop({ env: keyring.env });
  const token = await servers.lobby.addToken('ana');
  await desktop.saveSettings({ lobby: servers.lobby.url, name: 'Ana', token });
});
afterAll(async () => {
  await desktop.close();
  await servers.stop();
  await keyring.stop();
});

it('stands in the hash, and the call is joined without media all the same', async () => {
  // The page strips its address once it has joined.
  await desktop.app.evaluate(({ app }) => {
    app.once('web-contents-created', (_created, contents) => {
      contents.on('did-start-navigation', (_event, url) => {
        if (url.startsWith('http')) process.env['OPENED'] ??= new URL(url).hash;
      });
    });
  });
  await desktop.button('Start voice call').click();
  await desktop.inCall();
  const hash = (await desktop.app.evaluate(() => process.env['OPENED'])) ?? '';
  const [token, ...parameters] = hash.split('&');
  expect(token).toMatch(/^#jwt=%22ey/);
  expect(parameters).toEqual([
    'config.enableTalkWhileMuted=true',
    'config.disablePolls=true',
    'config.subject=%22Pairing%20%26%20tests%22',
    'config.prejoinConfig.enabled=false',
    'config.startWithVideoMuted=true',
    'jitsi_meet_external_api_id=7',
  ]);
  await desktop.leave();
});
