import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type Keyring, startKeyring } from '../support/keyring';
import { freePort, type Servers, startServers } from '../support/servers';

describe('"Test connection"', () => {
  let keyring: Keyring;
  let servers: Servers;
  let desktop: DesktopApp;
  const website = createServer((_request, response) => response.end('<html>Hello</html>'));
  let site: string;

  beforeAll(async () => {
    [keyring, servers] = await Promise.all([startKeyring(), startServers()]);
    website.listen(0, '127.0.0.1');
    await once(website, 'listening');
    site = `127.0.0.1:${(website.address() as AddressInfo).port}`;
    desktop = await startDesktop({ env: keyring.env });
    await desktop.button('Settings').click();
  });
  afterAll(async () => {
    await desktop.close();
    website.close();
    await servers.stop();
    await keyring.stop();
  });

  /** Asks with what stands in the form, which need not be saved. */
  async function test(lobby: string, token = ''): Promise<void> {
    await desktop.field('Lobby address').fill(lobby);
    await desktop.field('Access token').fill(token);
    await desktop.button('Test connection').click();
  }
  const says = (words: string) => desktop.alert.getByText(words).waitFor();

  it('names what is wrong with the address', async () => {
    await test('not an address');
    await says('This is not a web address.');
    await test('http://lobby.example.com');
    await says('http is not protected: anyone on the way could take your token.');
  });

  it('names what is wrong with the network', async () => {
    const nobody = `127.0.0.1:${await freePort()}`;
    await test(`http://${nobody}`);
    await says(`${nobody} refused the connection.`);
    await test(`https://${site}`);
    await says(`No secure connection to ${site}`);
    await test('https://lobby.invalid');
    await says('There is no server of the name lobby.invalid.');
  });

  it('tells a website from a lobby', async () => {
    await test(`http://${site}`);
    await says(`${site} answers, but it is not a lobby.`);
  });

  it('tells a wrong token from none, and both from a good one', async () => {
    const { url } = servers.lobby;
    const { host } = new URL(url);
    await test(url);
    await says(`${host} is there, and wants an access token.`);
    await test(url, 'parley_wrong');
    await says(`${host} does not know this token.`);
    await test(url, await servers.lobby.addToken('ana'));
    await desktop.shell.getByText(`${host} is a lobby, and knows you.`).waitFor();
    expect(await keyring.lookup('Parley', url)).toBeUndefined();
  });

  it('tells a token from a text that cannot be one, and takes the origin of a longer address', async () => {
    await test(servers.lobby.url, 'parley_é');
    await says('This is not a token');
    await test(`${servers.lobby.url}/join/some-invite`, await servers.lobby.addToken('ana'));
    await desktop.shell.getByText('is a lobby, and knows you.').waitFor();
  });

  it('saves nothing that could not be used', async () => {
    await desktop.field('Lobby address').fill('');
    await desktop.field('Access token').fill('parley_token');
    await desktop.button('Save').click();
    await says('Enter the lobby’s address first');
    expect(await desktop.field('Access token').inputValue()).toBe('parley_token');
  });
});
