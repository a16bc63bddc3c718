/** Addresses of rooms, pasted, where one lobby serves two deployments. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';
import { type Keyring, startKeyring } from '../support/keyring';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';
import { type LobbyProxy, startLobbyProxy } from '../support/lobbyProxy';
import { freePort } from '../support/servers';

let keyring: Keyring;
let lobby: LobbyProcess;
let proxy: LobbyProxy;
let eu: JitsiDeployment;
let us: JitsiDeployment;
let ana: DesktopApp;

beforeAll(async () => {
  const [euPort, usPort] = [await freePort(), await freePort()];
  const jitsiUrl = `eu=http://127.0.0.1:${euPort},us=http://127.0.0.1:${usPort}`;
  [keyring, lobby] = await Promise.all([startKeyring(), startLobby({ jitsiUrl })]);
  const asapKeyServer = `${lobby.url}/asap`;
  [eu, us] = await Promise.all([
    startDeployment({ port: euPort, asapKeyServer }),
    startDeployment({ port: usPort, asapKeyServer }),
  ]);
  proxy = await startLobbyProxy(lobby.url);
  ana = await startDesktop({ env: keyring.env });
  await ana.saveSettings({ lobby: proxy.url, name: 'Ana', token: await lobby.addToken('ana') });
});
afterAll(async () => {
  await ana.close();
  await proxy.stop();
  await Promise.all([eu.stop(), us.stop()]);
  await lobby.stop();
  await keyring.stop();
});

const roomsAsked = () => proxy.requests.filter(({ path }) => path === '/api/v1/calls').length;

it('lead to the deployment in them, to each of the two', async () => {
  for (const deployment of [us, eu]) {
    await ana.join(`${deployment.url}/standup`);
    expect(await ana.inCall()).toBe('standup');
    await deployment.waitFor('standup', ([person]) => person?.displayName === 'Ana');
    await ana.leave();
  }
});

it('to a third are refused, and no room is asked for', async () => {
  const before = roomsAsked();
  await ana.join('https://meet.example.com/standup');
  await ana.alert.getByText(/a server that the lobby does not serve\. Nothing was opened\./).waitFor();
  expect(roomsAsked()).toBe(before);
});
