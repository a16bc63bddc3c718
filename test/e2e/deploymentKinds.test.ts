/** A deployment that checks tokens by a shared secret (HS256), whose rooms are those of one of its tenants. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type Keyring, startKeyring } from '../support/keyring';
import { type Servers, startServers } from '../support/servers';

const secret = 'correct-horse-battery-staple-0123';

let keyring: Keyring;
let servers: Servers;
let ana: DesktopApp;

beforeAll(async () => {
  const env = { JITSI_RSA_JWT_KEY_FILE: '', JWT_APP_SECRET: secret, JITSI_TENANT: 'acme' };
  [keyring, servers] = await Promise.all([startKeyring(), startServers(env, { secret, tenant: 'acme' })]);
  ana = await startDesktop({ env: keyring.env });
  const token = await servers.lobby.addToken('ana');
  await ana.saveSettings({ lobby: servers.lobby.url, name: 'Ana', token });
});
afterAll(async () => {
  await ana.close();
  await servers.stop();
  await keyring.stop();
});

it('has a call, in a room of the tenant', async () => {
  await ana.button('Start voice call').click();
  const room = await ana.inCall();
  await servers.deployment.waitFor(room, ([person]) => person?.displayName === 'Ana' && !person.audioMuted);
  expect((await ana.meeting()).url()).toBe(`${servers.deployment.url}/acme/${room}`);
  const pages = servers.deployment.requests.filter(({ path }) => path.endsWith(`/${room}`));
  expect(pages.map(({ path }) => path)).toEqual([`/acme/${room}`]);
  await ana.leave();
});

it('goes on, with a token that the lobby has renewed, when its page crashes', async () => {
  await ana.button('Start voice call').click();
  const room = await ana.inCall();
  const [first] = await servers.deployment.waitFor(room, ([person]) => person?.audioMuted === false);
  await ana.app.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .find((contents) => contents.getURL().startsWith('http:'))
      ?.forcefullyCrashRenderer(),
  );
  await ana.status.getByText('Reconnecting…').waitFor();
  expect(await ana.inCall()).toBe(room);
  await servers.deployment.waitFor(room, (people) =>
    people.some(({ id, audioMuted }) => id !== first?.id && !audioMuted),
  );
  await ana.leave();
});

it('is joined by the address of a room, and not by that of another tenant', async () => {
  await ana.join(`${servers.deployment.url}/acme/planning`);
  expect(await ana.inCall()).toBe('planning');
  await ana.leave();
  await ana.join(`${servers.deployment.url}/other/planning`);
  await ana.alert.getByText(/a server that the lobby does not serve/).waitFor();
});
