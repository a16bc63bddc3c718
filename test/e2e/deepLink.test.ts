/** Links that open Parley: at its start, while it runs, and during a call. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axeFindings';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type Keyring, startKeyring } from '../support/keyring';
import { type Servers, startServers } from '../support/servers';

describe('a link', () => {
  let keyring: Keyring;
  let own: Servers;
  let foreign: Servers;
  let ana: DesktopApp;
  let bob: DesktopApp;

  beforeAll(async () => {
    [keyring, own, foreign] = await Promise.all([startKeyring(), startServers(), startServers()]);
    ana = await startDesktop({ env: keyring.env });
    await ana.saveSettings({ lobby: own.lobby.url, name: 'Ana', token: await own.lobby.addToken('ana') });
  });
  afterAll(async () => {
    await ana.close();
    await bob.close();
    await Promise.all([own.stop(), foreign.stop()]);
    await keyring.stop();
  });

  /** A call at a lobby, and what its invite page offers to the app. */
  async function invited({ lobby }: Servers): Promise<{ room: string; link: string }> {
    const call = await fetch(`${lobby.url}/api/v1/calls`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await lobby.addToken('host')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ displayName: 'Host' }),
    });
    const { room, invite } = (await call.json()) as { room: string; invite: { url: string } };
    const page = await (await fetch(invite.url, { headers: { accept: 'text/html' } })).text();
    const link = /parley:\/\/join\?[^"]+/.exec(page)?.[0].replaceAll('&amp;', '&');
    if (link === undefined) throw new Error('The invite page has no link for the app.');
    return { room, link };
  }

  /** Opens a link as the system does while the app runs: by another start of it. */
  async function open(desktop: DesktopApp, link: string): Promise<void> {
    const { command, args } = await desktop.app.evaluate(({ app }) => ({
      command: process.execPath,
      args: [app.getAppPath(), ...process.argv.filter((argument) => argument === '--no-sandbox')],
    }));
    const second = spawn(command, [...args, link], {
      env: { ...process.env, ...keyring.env, PARLEY_USER_DATA_DIR: desktop.profile },
      stdio: 'ignore',
    });
    await once(second, 'exit');
  }

  const heading = (desktop: DesktopApp, name: string) =>
    desktop.shell.getByRole('heading', { name, exact: true });

  it('that starts the app asks first; a lobby that is not the user’s is named as such', async () => {
    const { room, link } = await invited(foreign);
    const { host } = new URL(foreign.lobby.url);
    bob = await startDesktop({ env: { ...keyring.env, PARLEY_DISPLAY_NAME: 'Bob' }, args: [link] });
    await heading(bob, `Join ${room} at ${host}?`).waitFor();
    await bob.alert.getByText(`${host} is not one of your lobbies.`).waitFor();
    expect(await axeFindings(bob.shell)).toEqual([]);
    expect(await foreign.deployment.waitFor(room, () => true)).toEqual([]);

    await bob.button('Join with voice').click();
    expect(await bob.inCall()).toBe(room);
    await foreign.deployment.waitFor(room, (people) =>
      people.some(({ displayName, audioMuted }) => displayName === 'Bob' && !audioMuted),
    );
    await bob.leave();
    await bob.shell.getByRole('heading', { name: 'Where do your calls go?' }).waitFor();
    expect(await keyring.lookup('Parley', foreign.lobby.url)).toBeUndefined();
  });

  it('that is opened while the app runs can be put away, and then nothing was opened', async () => {
    const { room, link } = await invited(own);
    await open(ana, link);
    await heading(ana, `Join ${room} at ${new URL(own.lobby.url).host}?`).waitFor();
    expect(await ana.alert.count()).toBe(0);
    await ana.shell.keyboard.press('Escape');
    await ana.button('Voice call').waitFor();
    await ana.status.getByText('Ready', { exact: true }).waitFor();
    expect(await own.deployment.waitFor(room, () => true)).toEqual([]);
  });

  it('during a call says so; the call is left only on a yes', async () => {
    await ana.button('Start voice call').click();
    const first = await ana.inCall();
    const { room, link } = await invited(own);
    await open(ana, link);
    await ana.shell.getByText('You are in a call; you can be in one at a time.').waitFor();
    await ana.button('Stay in this call').click();
    expect(await ana.inCall()).toBe(first);

    await open(ana, link);
    await ana.button('Leave, then join with voice').click();
    await ana.status.getByText(room).waitFor();
    await own.deployment.waitFor(first, (people) => people.length === 0);
    await own.deployment.waitFor(room, (people) => people.some(({ audioMuted }) => !audioMuted));
    await ana.leave();
  });

  it('as macOS hands it over starts a call by the lobby in use', async () => {
    const event = (link: string) =>
      ana.app.evaluate(({ app }, text) => {
        app.emit('open-url', { preventDefault: () => undefined }, text);
      }, link);
    await event('parley://call');
    await heading(ana, 'Start a call?').waitFor();
    await ana.shell.locator('.panel').getByRole('button', { name: 'Voice call', exact: true }).click();
    const room = await ana.inCall();
    await own.deployment.waitFor(room, (people) => people.length === 1);
    await ana.leave();
  });

  it('that carries anything else is refused, and says why', async () => {
    const { link } = await invited(own);
    await open(ana, `${link}&config.startSilent=true`);
    await ana.alert.getByText('Parley does not take this link. Nothing was opened.').waitFor();
    await ana.alert.getByText('It carries more than a room, a lobby and an invite.').waitFor();
    await ana.button('Close').click();
    const lobby = foreign.lobby.url;
    await open(ana, `parley://join?${new URLSearchParams({ lobby, room: 'brisk-otter' }).toString()}`);
    await ana.alert.getByText('is not one of your lobbies, and the link holds no invite').waitFor();
    await ana.button('Close').click();
    await ana.ready();
    expect(ana.output).not.toContain('eyJ');
  });
});
