import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, importPKCS8, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallReply } from '../../shared/lobbyApi';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type Keyring, startKeyring } from '../support/keyring';
import { type LobbyProxy, startLobbyProxy } from '../support/lobbyProxy';
import { leaksToTheEnd } from '../support/secretSearch';
import { type Servers, startServers } from '../support/servers';

type PrivateKey = Parameters<SignJWT['sign']>[0];

/** The lobby's token with other claims, signed by `key`, in a reply that is otherwise the lobby's own. */
async function resigned(
  reply: CallReply,
  claims: Record<string, unknown>,
  key: PrivateKey,
): Promise<CallReply> {
  const token = await new SignJWT({ ...decodeJwt(reply.token), ...claims })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'CWMKey' })
    .sign(key);
  return { ...reply, token, url: reply.url.replace(/jwt=.*/, `jwt=${token}`) };
}

describe('a lobby that fails', () => {
  let keyring: Keyring;
  let servers: Servers;
  let proxy: LobbyProxy;
  let desktop: DesktopApp;
  let token: string;

  beforeAll(async () => {
    [keyring, servers] = await Promise.all([startKeyring(), startServers()]);
    proxy = await startLobbyProxy(servers.lobby.url);
    desktop = await startDesktop({ env: keyring.env });
    token = await servers.lobby.addToken('ana');
    await desktop.saveSettings({ lobby: proxy.url, name: 'Ana', token });
  });
  afterAll(async () => {
    const found = await leaksToTheEnd(desktop, [token]);
    await desktop.close();
    await proxy.stop();
    await servers.stop();
    await keyring.stop();
    expect(found).toEqual([]);
  });
  beforeEach(() => proxy.tamper());

  /** After each failure: the settings are all there, and the next call works. */
  afterEach(async () => {
    proxy.tamper();
    await desktop.ready();
    await desktop.button('Settings').click();
    expect(await desktop.field('Lobby address').inputValue()).toBe(proxy.url);
    expect(await desktop.field('Display name').inputValue()).toBe('Ana');
    await desktop.shell.getByText('A token is stored in the system’s keychain.').waitFor();
    await desktop.button('Done').click();
    await desktop.button('Start voice call').click();
    await desktop.inCall();
    await desktop.leave();
  });

  /** Starts a call that is to fail, and gives what the alert says. */
  async function failure(): Promise<string> {
    await desktop.button('Start voice call').click();
    await desktop.alert.waitFor();
    return (await desktop.alert.innerText()).replace(/\s+/g, ' ');
  }

  it('that is down', async () => {
    await proxy.refuse();
    expect(await failure()).toBe(
      `Lobby does not answer. ${new URL(proxy.url).host} refused the connection. Check the address or your network.`,
    );
    await proxy.listen();
    await desktop.button('Try again').click();
    await desktop.inCall();
    await desktop.leave();
  });

  it('that is slow: cancel works at once, and the request is given up', async () => {
    proxy.tamper(() => Promise.resolve('hang'));
    const abandoned = proxy.abandoned();
    await desktop.button('Start voice call').click();
    await desktop.status.getByText('Requesting room…').waitFor();
    await desktop.button('Cancel').click();
    await desktop.ready();
    await abandoned;
  });

  it('that never answers', async () => {
    proxy.tamper(() => Promise.resolve('hang'));
    expect(await failure()).toContain('Lobby does not answer.');
  });

  it('that does not know the token', async () => {
    proxy.tamper(() => Promise.resolve({ status: 401, body: '' }));
    expect(await failure()).toMatch(/^Lobby does not know this token\. It may have been revoked\./);
    await desktop.button('Enter a new token').click();
    await expect
      .poll(() => desktop.shell.evaluate(() => document.activeElement?.getAttribute('name')))
      .toBe('token');
    await desktop.button('Done').click();
    await desktop.button('Close').click();
  });

  it('that has an error of its own', async () => {
    proxy.tamper(() => Promise.resolve({ status: 500, body: { type: 'about:blank' } }));
    expect(await failure()).toMatch(/^Lobby has a fault of its own\. .* \(500\)/);
  });

  it('that does not say which its deployments are: nothing is opened on its word alone', async () => {
    const question = 'GET /api/v1/deployments';
    const asked = () => proxy.requests.filter(({ method, path }) => `${method} ${path}` === question).length;
    const before = [asked(), servers.deployment.requests.length];
    proxy.tamper(() => Promise.resolve({ status: 503, body: '' }), question);
    expect(await failure()).toMatch(/^Lobby has a fault of its own\. .* \(503\)/);
    expect(asked() - (before[0] ?? 0)).toBe(2);
    expect(servers.deployment.requests.slice(before[1]).filter(({ path }) => path.includes('-'))).toEqual([]);
  });

  it('that refuses: it is asked once', async () => {
    const before = proxy.requests.length;
    proxy.tamper(() =>
      Promise.resolve({ status: 403, body: { type: 'x', title: 'No.', status: 403, detail: 'Not today.' } }),
    );
    expect(await failure()).toMatch(/^Lobby refused the call\. .* Not today\./);
    expect(proxy.requests.slice(before).filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('that is no lobby', async () => {
    proxy.tamper(() => Promise.resolve({ status: 200, body: '<html>Welcome</html>', type: 'text/html' }));
    expect(await failure()).toMatch(/^This is not a lobby\./);
  });

  describe('a room link that is not to be trusted', () => {
    const elsewhere = createServer((_request, response) => response.end('evil'));
    let visits = 0;
    let evil = '';
    let lobbyKey: PrivateKey;
    const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

    beforeAll(async () => {
      lobbyKey = await importPKCS8(await readFile(servers.lobby.keyFile, 'utf8'), 'RS256');
      elsewhere.on('connection', () => (visits += 1));
      await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
      evil = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
    });
    afterAll(() => elsewhere.close());

    /** Answers with the lobby's own reply, changed. */
    const reply = (change: (reply: CallReply) => CallReply | Promise<CallReply>) =>
      proxy.tamper(async (real) => {
        const { status, body } = await real();
        return { status, body: await change(body as CallReply) };
      });
    const deploymentVisits = () =>
      servers.deployment.requests.filter(({ path }) => !path.startsWith('/static')).length;

    async function refused(): Promise<string> {
      const before = deploymentVisits();
      const words = await failure();
      expect(words).toMatch(/^Room link not trusted\. .* Nothing was opened\.$/);
      expect(visits).toBe(0);
      expect(deploymentVisits()).toBe(before);
      return words;
    }

    it('because the lobby sends the client on to another host', async () => {
      proxy.tamper(() => Promise.resolve({ status: 307, body: '', location: `${evil}/api/v1/calls` }));
      expect(await failure()).toMatch(/^This is not a lobby\./);
      expect(visits).toBe(0);
    });

    it('because it leads elsewhere', async () => {
      reply((real) => ({ ...real, url: real.url.replace(servers.deployment.url, evil) }));
      expect(await refused()).toContain(`a room on ${new URL(evil).host}, which it had not announced`);
    });

    it('because it leads elsewhere and says so', async () => {
      reply((real) => ({
        ...real,
        url: real.url.replace(servers.deployment.url, evil),
        deployment: { ...real.deployment, url: evil },
      }));
      expect(await refused()).toContain('which it had not announced');
    });

    it('because it is not protected', async () => {
      reply((real) => ({
        ...real,
        url: real.url.replace(servers.deployment.url, 'http://meet.example.com'),
      }));
      expect(await refused()).toContain('meet.example.com that is not protected');
    });

    it('because it is another room', async () => {
      reply(async (real) => ({ ...(await resigned(real, { room: 'other-room' }, lobbyKey)) }));
      expect(await refused()).toContain('another room (other-room)');
    });

    it('because it has expired', async () => {
      reply((real) => resigned(real, { exp: Math.floor(Date.now() / 1000) - 63 }, lobbyKey));
      expect(await refused()).toContain('has expired');
    });

    it('because another key signed it', async () => {
      reply((real) => resigned(real, {}, otherKey));
      expect(await refused()).toContain('was not signed by the lobby’s key');
    });
  });
});
