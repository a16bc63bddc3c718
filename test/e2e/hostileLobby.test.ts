/** A lobby that turns against its users: it signs with keys of its own, and says whatever it likes. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type Keyring, startKeyring } from '../support/keyring';

const ACCESS_TOKEN = 'secret-of-ana-that-no-other-host-may-see';

interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}
interface Seen {
  host: string;
  path: string;
  all: string;
}

/** A server on this machine that notes all that it is asked. */
async function startPlayed(
  seen: Seen[],
  answer: (request: IncomingMessage) => Promise<Reply> | Reply,
): Promise<{ server: Server; url: string; host: string }> {
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { host = '' } = request.headers;
    const path = request.url ?? '';
    seen.push({
      host,
      path,
      all: `${path} ${JSON.stringify(request.rawHeaders)} ${Buffer.concat(chunks).toString()}`,
    });
    const { status, body, headers } = await answer(request);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { server, url: `http://${host}`, host };
}

describe('a hostile lobby', { timeout: 15_000 }, () => {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const seen: Seen[] = [];
  /** What the lobby answers instead of what it should, by path. */
  const lies = new Map<string, Reply>();
  /** Where it says that its deployment is. */
  let announced = '';
  let lobby: Awaited<ReturnType<typeof startPlayed>>;
  let elsewhere: Awaited<ReturnType<typeof startPlayed>>;
  let keyring: Keyring;
  let desktop: DesktopApp;

  async function truth(path: string): Promise<Reply> {
    const deployment = { id: 'eu', url: announced, region: 'eu' };
    switch (path) {
      case '/.well-known/jwks.json':
        return {
          status: 200,
          body: { keys: [{ ...(await exportJWK(key.publicKey)), kid: 'k', alg: 'RS256' }] },
        };
      case '/api/v1/deployments':
        return { status: 200, body: { deployments: [deployment] } };
      case '/api/v1/regions':
        return { status: 200, body: { regions: [] } };
      case '/api/v1/auth':
        return { status: 200, body: { methods: [{ kind: 'token' }] } };
      default: {
        const token = await new SignJWT({ room: 'brisk-otter', context: { user: { name: 'Ana' } } })
          .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'k' })
          .setIssuer('CodeWithMe')
          .setAudience('CodeWithMe')
          .setSubject('*')
          .setExpirationTime('10m')
          .sign(key.privateKey);
        return {
          status: 201,
          body: {
            ...{ room: 'brisk-otter', url: `${announced}/brisk-otter?jwt=${token}`, token, deployment },
            expiresAt: new Date(Date.now() + 600_000).toISOString(),
          },
        };
      }
    }
  }

  beforeAll(async () => {
    lobby = await startPlayed(seen, async ({ url = '' }) => lies.get(url) ?? truth(url));
    elsewhere = await startPlayed(seen, () => ({ status: 200, body: {} }));
    keyring = await startKeyring();
    desktop = await startDesktop({ env: keyring.env });
    desktop.shell.setDefaultTimeout(6_000);
    await desktop.app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = (url: string) => {
        opened.push(url);
        return Promise.resolve();
      };
    });
    announced = lobby.url;
    await desktop.saveSettings({ lobby: lobby.url, name: 'Ana', token: ACCESS_TOKEN });
  });
  afterAll(async () => {
    await desktop.close();
    await keyring.stop();
    lobby.server.close();
    elsewhere.server.close();
  });
  beforeEach(() => {
    lies.clear();
    seen.length = 0;
    announced = lobby.url;
  });

  const opened = () => desktop.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
  const pages = () =>
    desktop.app.evaluate(({ webContents }) => webContents.getAllWebContents().map((each) => each.getURL()));
  const elsewhereSeen = () => seen.filter(({ host }) => host === elsewhere.host);

  /** Starts a call, which comes to nothing, and gives what the alert says. */
  async function failure(): Promise<string> {
    await desktop.button('Start voice call').click();
    await desktop.alert.waitFor();
    const words = (await desktop.alert.innerText()).replace(/\s+/g, ' ');
    expect(await pages()).toEqual([expect.stringMatching(/^parley-app:/)]);
    await desktop.button('Close').click();
    await desktop.ready();
    return words;
  }

  it.each([302, 307, 308])('sends nobody elsewhere by %d, and no token with them', async (status) => {
    for (const path of ['/api/v1/calls', '/api/v1/deployments', '/.well-known/jwks.json', '/api/v1/auth']) {
      lies.clear();
      lies.set(path, { status, body: '', headers: { location: `${elsewhere.url}${path}` } });
      await desktop.button('Settings').click();
      await desktop.button('Test connection').click();
      await desktop.shell
        .getByText(/is a lobby|not a lobby|does not answer|could not/i)
        .first()
        .waitFor();
      await desktop.button('Done').click();
      if (path === '/api/v1/calls') expect(await failure()).toMatch(/^This is not a lobby/);
    }
    expect(elsewhereSeen()).toEqual([]);
  });

  it.each([
    'file:///etc',
    'parley-app://shell/index.html',
    'javascript:alert(1)//',
    'data:text/html,x',
    'ws://127.0.0.1:1',
    'http://meet.example.com',
    'http://127.0.0.1.example.com',
    'https://user:word@meet.example.com',
    'https://meet.example.com/#config.x=1&a=',
  ])('opens nothing at %s', async (address) => {
    announced = address;
    expect(await failure()).toMatch(/^(Room link not trusted|This is not a lobby)/);
    expect(await opened()).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['five megabytes', { room: 'x'.repeat(5_000_000) }],
    ['brackets in brackets', '['.repeat(400_000)],
    ['another kind of thing', [null]],
    ['names of the language', '{"__proto__":{"room":"a"},"constructor":1,"room":{"toString":1}}'],
    ['half an answer', '{"room":"brisk-ot'],
  ])('is understood as none when it says %s', async (_what, body) => {
    lies.set('/api/v1/calls', { status: 201, body });
    expect(await failure()).toMatch(/^This is not a lobby/);
  });

  it('writes no markup into the window, and no more than a line of words', async () => {
    const detail = `<img src=x onerror="document.title='taken'"><b>Muted</b>\u202Egnp.exe ${'long '.repeat(2_000)}`;
    const type = 'urn:parley:problem:forbidden';
    lies.set('/api/v1/calls', { status: 403, body: { type, title: '<h1>t</h1>', status: 403, detail } });
    await desktop.button('Start voice call').click();
    await desktop.alert.waitFor();
    expect(await desktop.alert.locator('img, b, h1 h1').count()).toBe(0);
    expect(await desktop.shell.title()).not.toBe('taken');
    const size = await desktop.shell.evaluate(
      () => document.documentElement.scrollHeight - window.innerHeight,
    );
    expect(size).toBeLessThanOrEqual(0);
    for (const name of ['Close', 'Settings']) await desktop.button(name).click({ trial: true });
    await desktop.button('Close').click();
  });

  it('gets nobody to measure plain addresses elsewhere, and no token where they do measure', async () => {
    const probe = (at: string, region: string) => ({ region, deployment: region, probe: at });
    lies.set('/api/v1/regions', {
      status: 200,
      body: { regions: [probe(`${elsewhere.url}/a`, 'a'), probe(`${elsewhere.url}/b`, 'b')] },
    });
    await desktop.saveSettings({ lobby: lobby.url, name: 'Ana' });
    await expect.poll(() => elsewhereSeen().length).toBeGreaterThan(0);
    for (const { all } of elsewhereSeen()) expect(all).not.toMatch(/secret-of-ana|authorization|cookie/i);
    seen.length = 0;
    lies.set('/api/v1/regions', {
      status: 200,
      body: { regions: [probe('file:///etc/passwd', 'a'), probe(`${elsewhere.url}/b`, 'b')] },
    });
    await desktop.saveSettings({ lobby: lobby.url, name: 'Ana Lu' });
    await expect.poll(() => seen.some(({ path }) => path === '/api/v1/regions')).toBe(true);
    await failsAndSettles();
    expect(elsewhereSeen()).toEqual([]);
  });

  it('never sees the token of another, nor does its deployment', async () => {
    await desktop.join(`${elsewhere.url}/join/eyJhbGciOiJIUzI1NiJ9.eyJyIjoxfQ.c2ln`);
    await desktop.alert.waitFor();
    await desktop.button('Close').click();
    announced = elsewhere.url;
    await desktop.button('Start voice call').click();
    await expect.poll(() => elsewhereSeen().some(({ path }) => path.startsWith('/brisk-otter'))).toBe(true);
    await desktop.button('Cancel').click();
    await desktop.ready();
    expect(elsewhereSeen().length).toBeGreaterThan(1);
    for (const { all } of elsewhereSeen()) expect(all).not.toContain(ACCESS_TOKEN);
    // The room's token is in the hash, which no server is told.
    for (const { path } of elsewhereSeen()) expect(path).not.toMatch(/jwt|eyJhbGciOiJSUzI1NiI/);
    expect(await opened()).toEqual([]);
    expect(desktop.output).not.toContain(ACCESS_TOKEN);
  });

  /** A call that comes to nothing: whatever was begun before has been heard by now. */
  async function failsAndSettles(): Promise<void> {
    lies.set('/api/v1/calls', { status: 500, body: {} });
    await failure();
  }
});
