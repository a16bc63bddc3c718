import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { chmod, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { CallReply } from '../../shared/lobbyApi';
import { LOBBY_BUNDLE, type LobbyProcess, runLobby, startLobby } from '../support/lobbyProcess';
import { startRedis } from '../support/redisServer';
import { freePort } from '../support/servers';

const jitsiUrl = 'https://meet.example.com';
let directory: string;
let key: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'parley-start-'));
  key = join(directory, 'key.pem');
  expect((await runLobby(['keygen', key])).code).toBe(0);
});
afterAll(() => rm(directory, { recursive: true }));

const serve = (env: Record<string, string>) =>
  runLobby(['serve'], {
    JITSI_URL: jitsiUrl,
    JITSI_RSA_JWT_KEY_FILE: key,
    LOBBY_ACCESS_TOKENS_FILE: join(directory, 'tokens.json'),
    LOBBY_PORT: '0',
    ...env,
  });

/** A lobby that ends with the test, however the test ends. */
async function started(env: Record<string, string> = {}): Promise<LobbyProcess> {
  const lobby = await startLobby({ jitsiUrl, env });
  onTestFinished(async () => {
    await lobby.stop();
  });
  return lobby;
}

/** A port that somebody else listens on until the test ends. */
async function takenPort(): Promise<number> {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  return (other.address() as AddressInfo).port;
}

/** Address of a Redis that ends with the test. */
async function redisUrl(): Promise<string> {
  const redis = await startRedis();
  onTestFinished(() => redis.kill());
  return redis.url;
}

/** Runs a program until it writes `pattern` to standard error, then asks it to stop. */
async function untilItSays(pattern: RegExp, command: string, args: string[], env: NodeJS.ProcessEnv) {
  const child = spawn(command, args, { cwd: directory, env: { PATH: process.env['PATH'], ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    if (pattern.test(stderr)) child.kill('SIGTERM');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

describe('the first start', () => {
  it('says what to set, in order, and its commands lead to a lobby that listens', async () => {
    const first = await runLobby(['serve']);
    expect(first).toMatchObject({ code: 78, stdout: '' });
    expect(first.stderr).toMatch(/^Nothing is set yet/);
    const commands = first.stderr.split('\n').flatMap((line) => /^ {7}(.*)/.exec(line)?.[1] ?? []);
    const script = ['set -e', ...commands.slice(0, -1), `exec ${commands.at(-1) ?? ''}`].join('\n');
    const followed = await untilItSays(/is listening on/, 'sh', ['-c', script], {
      HOME: await mkdtemp(join(directory, 'home-')),
      LOBBY_PORT: '0',
    });
    expect(followed.stderr).toContain('deployments: default=https://meet.example.com;');
    expect(followed.stdout).toMatch(/^parley_[\w-]{43}$/m);
    expect(followed.code).toBe(0);
  });

  it('says the rest when some is set', async () => {
    const { code, stderr } = await serve({ LOBBY_ACCESS_TOKENS_FILE: '' });
    expect(code).toBe(78);
    expect(stderr).toMatch(/^Not set: LOBBY_ACCESS_TOKENS_FILE\./);
    expect(stderr).not.toContain('keygen');
  });
});

describe('a key that cannot be used', () => {
  const pem = (bits: number, passphrase?: string) =>
    generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      ...(passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase }),
    });
  const ec = () =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' });

  it.each<[string, string, (() => string | Buffer) | undefined, number]>([
    ['missing', 'there is no such file', undefined, 0],
    ['passphrase', 'protected by a passphrase', () => pem(2048, 'hush'), 0o600],
    ['world-readable', 'every account of this machine can read', () => pem(2048), 0o644],
    ['small', 'it has 1024 bits', () => pem(1024), 0o600],
    ['garbage', 'holds no private key', () => 'garbage', 0o600],
    ['ec', 'not for RSA', ec, 0o600],
  ])('stops the start when it is %s', async (name, says, text, mode) => {
    const file = join(directory, `${name}.pem`);
    if (text !== undefined) {
      await writeFile(file, text());
      await chmod(file, mode);
    }
    const { code, stdout, stderr } = await serve({ JITSI_RSA_JWT_KEY_FILE: file });
    expect([code, stdout]).toEqual([78, '']);
    expect(stderr).toContain(`JITSI_RSA_JWT_KEY_FILE ${file}: `);
    expect(stderr).toContain(says);
    expect(stderr).toMatch(/ keygen /);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('stops the start when it is a folder without keys, or no file at all', async () => {
    const folder = await serve({ JITSI_RSA_JWT_KEY_FILE: directory });
    expect(folder.code).toBe(78);
    expect(folder.stderr).toMatch(/it has no keys\.json\. Make the first key: .* keygen --rotate "/);
    const device = await serve({ JITSI_RSA_JWT_KEY_FILE: '/dev/null' });
    expect(device.code).toBe(78);
    expect(device.stderr).toContain('not a regular file');
  });
});

describe('an impossible setting', () => {
  it.each([
    ['JITSI_URL', 'ftp://meet.example.com'],
    ['LOBBY_TOKEN_TTL', '0'],
    ['LOBBY_PORT', 'http'],
    ['LOBBY_AUTH', 'kerberos'],
    ['JWT_APP_SECRET', 'a-shared-secret'],
    ['JWT_APP_SECRET_FILE', '/run/secrets/jwt'],
  ])('stops the start: %s=%s', async (variable, value) => {
    const { code, stdout, stderr } = await serve({ [variable]: value });
    expect([code, stdout]).toEqual([78, '']);
    expect(stderr).toContain(variable);
    expect(stderr).not.toMatch(/\n\s+at |a-shared-secret/);
  });

  it.each([
    ['something else', () => key],
    ['a folder', () => directory],
  ])('stops the start: an access tokens file that is %s', async (_what, file) => {
    const { code, stderr } = await serve({ LOBBY_ACCESS_TOKENS_FILE: file() });
    // What a supervisor takes for "do not try again".
    expect(code).toBe(78);
    expect(stderr).toContain(`LOBBY_ACCESS_TOKENS_FILE ${file()} `);
  });

  it('stops the start: a port that is taken', async () => {
    const port = await takenPort();
    const { code, stderr } = await serve({ LOBBY_PORT: String(port) });
    expect(code).toBe(1);
    expect(stderr.trim().split('\n').at(-1)).toBe(
      `Another program listens on 127.0.0.1:${port} already. Stop it, or set LOBBY_PORT to a free port.`,
    );
  });

  describe('ends the process also with Redis for the limits', () => {
    const places: [string, () => Promise<string>][] = [
      ['that answers', redisUrl],
      ['that does not', async () => `redis://127.0.0.1:${await freePort()}`],
    ];
    it.each(places)('%s', async (_how, urlOf) => {
      const REDIS_URL = await urlOf();
      const [taken, tokens] = await Promise.all([
        takenPort().then((port) => serve({ REDIS_URL, LOBBY_PORT: String(port) })),
        serve({ REDIS_URL, LOBBY_ACCESS_TOKENS_FILE: key }),
      ]);
      expect([taken.code, tokens.code]).toEqual([1, 78]);
      expect(taken.stderr).toContain('listens on 127.0.0.1:');
      expect(tokens.stderr).toContain('LOBBY_ACCESS_TOKENS_FILE');
    });
  });

  it('is named in a warning when it only belongs to another version', async () => {
    const lobby = await started({ LDAP_URL: 'ldaps://ldap', LOBBY_PUBLIC_ULR: 'https://x' });
    expect(lobby.stderr()).toContain(
      'Nothing reads these variables, misspelt or for a way in that LOBBY_AUTH does not name: ' +
        'LDAP_URL, LOBBY_PUBLIC_ULR.',
    );
  });
});

describe('a lobby without access tokens (LOBBY_AUTH=none)', () => {
  it('lets in who reaches it, and no name that only leads here', async () => {
    const lobby = await started({ LOBBY_AUTH: 'none', LOBBY_ACCESS_TOKENS_FILE: '' });
    const port = Number(new URL(lobby.url).port);
    const response = await fetch(`${lobby.url}/api/v1/calls`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"displayName":"Ada"}',
    });
    expect(response.status).toBe(201);
    expect(CallReply.parse(await response.json()).invite.url).toContain(`${lobby.url}/join/`);

    const rebound = await rawRequest(port, [
      'GET /api/v1/deployments HTTP/1.1',
      'Host: evil.example',
      'Connection: close',
    ]);
    expect(rebound).toMatch(/^HTTP\/1\.1 400 /);
    expect(rebound).toContain('urn:parley:problem:invalid-request');
  });
});

describe('a lobby that nobody has told its public address', () => {
  /** Other machines reach it. */
  const reached = { LOBBY_HOST: '0.0.0.0' };

  it('starts without LOBBY_PUBLIC_URL, and warns once', async () => {
    const lobby = await started(reached);
    expect(
      lobby.stderr().match(/LOBBY_PUBLIC_URL is not set: invite links carry whatever Host/g),
    ).toHaveLength(1);
    expect(lobby.stderr()).toContain(
      "Prosody's key server: /asap at the address that Prosody reaches this lobby by;",
    );
    expect((await started()).stderr()).not.toContain('LOBBY_PUBLIC_URL');
    const told = await started({ ...reached, LOBBY_PUBLIC_URL: 'https://lobby.example.com' });
    expect(told.stderr()).not.toContain('LOBBY_PUBLIC_URL');
    expect(told.stderr()).toContain("Prosody's key server: https://lobby.example.com/asap;");
  });

  it('is open to everyone only when that was said twice', async () => {
    const once = await serve({ ...reached, LOBBY_AUTH: 'none' });
    expect(once).toMatchObject({ code: 78, stdout: '' });
    expect(once.stderr).toContain('LOBBY_AUTH=none,none');
    const lobby = await started({ ...reached, LOBBY_AUTH: 'none,none', LOBBY_ACCESS_TOKENS_FILE: '' });
    expect(await inviteOf(lobby, 'lobby.example.com:8788')).toMatch(
      /^http:\/\/lobby\.example\.com:8788\/join\//,
    );
  });

  it('puts the Host into an invite, and nothing that is none', async () => {
    const lobby = await started({ ...reached, LOBBY_AUTH: 'none,none' });
    const here = `http://127.0.0.1:${new URL(lobby.url).port}`;
    const origins = [
      ['lobby.example.com', 'http://lobby.example.com'],
      ['LOBBY.example.com:80', 'http://lobby.example.com'],
      ['[::1]:8788', 'http://[::1]:8788'],
      ['lobby.example.com:99999', here],
      ['evil.example/x', here],
      ['lobby.example.com@evil.example', here],
      ['"><script>', here],
      ['', here],
    ] as const;
    for (const [host, origin] of origins) {
      const invite = await inviteOf(lobby, host);
      expect([host, invite.slice(0, invite.indexOf('/join/'))]).toEqual([host, origin]);
    }
  });

  it('that listens on this machine alone believes no Host of another', async () => {
    const lobby = await started();
    const token = await lobby.addToken('alice');
    const invite = await inviteOf(lobby, 'evil.example', [`Authorization: Bearer ${token}`]);
    expect(invite).toContain(`${lobby.url}/join/`);
  });

  it('goes by what a trusted proxy says of the address, and by no other', async () => {
    const env = { ...reached, LOBBY_AUTH: 'none,none' };
    const forwarded = ['X-Forwarded-Proto: https', 'X-Forwarded-Host: lobby.example.com'];
    const behind = await started({ ...env, LOBBY_TRUST_PROXY: '127.0.0.1' });
    expect(await inviteOf(behind, 'inside', forwarded)).toMatch(/^https:\/\/lobby\.example\.com\/join\//);
    expect(await inviteOf(behind, 'inside', ['X-Forwarded-Proto: javascript'])).toMatch(
      /^http:\/\/inside\/join\//,
    );
    expect(await inviteOf(await started(env), 'inside', forwarded)).toMatch(/^http:\/\/inside\/join\//);
  });
});

describe('a request that is none', () => {
  it.each([
    ['HELLO', '400'],
    [`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}`, '431'],
  ])('is answered with a problem', async (text, status) => {
    const lobby = await started();
    const answer = await rawRequest(Number(new URL(lobby.url).port), [text]);
    expect(answer.startsWith(`HTTP/1.1 ${status} `)).toBe(true);
    expect(answer).toContain('application/problem+json');
  });
});

describe('a signal', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('%s lets a request under way finish', async (signal) => {
    const lobby = await started();
    const token = await lobby.addToken('alice');
    const body = '{"displayName":"Ada"}';
    const socket = connect(Number(new URL(lobby.url).port), '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    // `Expect` makes the server say when it has taken the request; the body comes after the signal.
    socket.write(
      `POST /api/v1/calls HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nExpect: 100-continue\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    await once(socket, 'data');
    lobby.signal(signal);
    await lobby.waitForStderr(/"msg":"stopping"/);
    await expect(fetch(`${lobby.url}/healthz`)).rejects.toThrow();
    socket.write(body);
    expect(await lobby.exited).toBe(0);
    expect(answer).toMatch(/HTTP\/1\.1 201 /);
    expect(answer).toMatch(/connection: close/i);
  });

  it('given twice ends the lobby at once', async () => {
    const lobby = await started();
    const socket = connect(Number(new URL(lobby.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      'POST /api/v1/invites/a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n',
    );
    await once(socket, 'data');
    lobby.signal('SIGTERM');
    await lobby.waitForStderr(/"msg":"stopping"/);
    const since = performance.now();
    const again = setInterval(() => lobby.signal('SIGTERM'), 50);
    onTestFinished(() => clearInterval(again));
    expect(await lobby.exited).toBe(143);
    expect(performance.now() - since).toBeLessThan(4_000);
    socket.destroy();
  });
});

it('is one file that runs with node alone', async () => {
  const alone = await mkdtemp(join(directory, 'alone-'));
  await copyFile(LOBBY_BUNDLE, join(alone, 'parley-lobby.cjs'));
  const run = await untilItSays(/is listening on/, join(alone, 'parley-lobby.cjs'), ['serve'], {
    JITSI_URL: jitsiUrl,
    JITSI_RSA_JWT_KEY_FILE: key,
    LOBBY_ACCESS_TOKENS_FILE: join(alone, 'tokens.json'),
    LOBBY_PORT: '0',
  });
  expect(run.code).toBe(0);
  expect(run.stdout).toBe('');
});

/** The address of an invite that the lobby, which is open to everyone, gives who comes by a Host. */
async function inviteOf({ url }: LobbyProcess, host: string, headers: string[] = []): Promise<string> {
  const body = '{"displayName":"Ada"}';
  const answer = await rawRequest(Number(new URL(url).port), [
    'POST /api/v1/calls HTTP/1.1',
    `Host: ${host}`,
    ...headers,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    'Connection: close',
    '',
    body,
  ]);
  return CallReply.parse(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))).invite.url;
}

/** Sends lines as they stand and reads until the other side closes. */
async function rawRequest(port: number, lines: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  await once(socket, 'close');
  return answer;
}
