/** Calls over a line on which everything takes long: what is going on is said, and the call comes. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';
import { type Keyring, startKeyring } from '../support/keyring';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';
import { freePort } from '../support/servers';
import { type SlowLine, startSlowLine } from '../support/slowLine';

/** One way, in ms; there and back it is more than a call is good with, and less than what counts as cut. */
const TO_DEPLOYMENT_MS = 300;
/** The same. The lobby has all the time that its callers' patience leaves. */
const TO_LOBBY_MS = 1_500;

let keyring: Keyring;
let lobby: LobbyProcess;
let deployment: JitsiDeployment;
let toLobby: SlowLine;
let toDeployment: SlowLine;
let desktop: DesktopApp;

beforeAll(async () => {
  const port = await freePort();
  toDeployment = await startSlowLine(port);
  [keyring, lobby] = await Promise.all([startKeyring(), startLobby({ jitsiUrl: toDeployment.url })]);
  toLobby = await startSlowLine(Number(new URL(lobby.url).port));
  deployment = await startDeployment({ port, asapKeyServer: `${lobby.url}/asap` });
  desktop = await startDesktop({ env: keyring.env });
  await desktop.saveSettings({ lobby: toLobby.url, name: 'Ana', token: await lobby.addToken('ana') });
  toLobby.latencyMs = TO_LOBBY_MS;
  toDeployment.latencyMs = TO_DEPLOYMENT_MS;
});
afterAll(async () => {
  await desktop.close();
  await Promise.all([toLobby.stop(), toDeployment.stop()]);
  await deployment.stop();
  await lobby.stop();
  await keyring.stop();
});

it('says what it waits for, and whether one is heard, when each answer takes seconds', async () => {
  await desktop.button('Start voice call').click();
  await desktop.status.getByText('Requesting room…').waitFor();
  await desktop.status.getByText('Connecting…').waitFor();
  const room = await desktop.inCall();
  await desktop.microphoneMuted(false);
  await deployment.waitFor(room, ([person]) => person?.audioMuted === false);
  await desktop.button('Mute microphone').click();
  await desktop.microphoneMuted(true);
  await deployment.waitFor(room, ([person]) => person?.audioMuted === true);
});

it('is a poor line and not a cut one', async () => {
  await desktop.shell.getByLabel('Connection: poor').waitFor();
  expect(await desktop.status.textContent()).toMatch(/In call/);
  await desktop.leave();
});
