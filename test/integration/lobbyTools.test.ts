/** The operator's tools `print` and `link`, and the program as it is shipped: one file that needs nothing but Node. */
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { importSPKI, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { sizeThreadPool } from '../../lobby/tokens/threadPool';
import { LOBBY_BUNDLE, runLobby, startLobby } from '../support/lobbyProcess';
import { partsOf } from '../unit/lobby/tokens';

const CWMKEY = '8791edb7d806447dd0aaa98a2b568ad792696ed4d885f23b89f6beb7f7c4f44e';

let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-tools-'));
  env = {
    JITSI_URL: 'eu=https://eu.example.com,us=https://us.example.com',
    JITSI_RSA_JWT_KEY_FILE: join(folder, 'key.pem'),
    LOBBY_ACCESS_TOKENS_FILE: join(folder, 'access-tokens.json'),
    LOBBY_PUBLIC_URL: 'https://lobby.example.com',
  };
  expect((await runLobby(['keygen', join(folder, 'key.pem')])).code).toBe(0);
});
afterAll(() => rm(folder, { recursive: true }));

describe('print', () => {
  const print = async (what: string, extra: Record<string, string> = {}) => {
    const { code, stdout, stderr } = await runLobby(['print', what], { ...env, ...extra });
    expect([code, stderr]).toEqual([0, '']);
    return stdout;
  };

  it('prosody: a host and its rooms for each deployment', async () => {
    const text = await print('prosody');
    for (const host of ['eu.example.com', 'us.example.com']) {
      expect(text).toContain(
        `VirtualHost "${host}"\n    authentication = "token"\n    app_id = "CodeWithMe"\n`,
      );
      expect(text).toContain(`Component "conference.${host}" "muc"`);
    }
    for (const line of [
      'asap_key_server = "https://lobby.example.com/asap"',
      `-- Key CWMKey: https://lobby.example.com/asap/${CWMKEY}.pem`,
      'asap_accepted_issuers = { "CodeWithMe" }',
      'asap_accepted_audiences = { "CodeWithMe" }',
      'allow_empty_token = false',
      'c2s_require_encryption = false',
      '"token_verification";',
      '-- "token_affiliation";',
    ])
      expect(text.split(line)).toHaveLength(3);
    expect(text).not.toMatch(/^\s*app_secret/m);
  });

  it('prosody: the keys of a list and of a directory in JITSI_RSA_JWT_KEY_FILE', async () => {
    const directory = join(folder, 'keys');
    expect((await runLobby(['keygen', '--rotate', directory, '--kid', 'kd'])).code).toBe(0);
    const file = env['JITSI_RSA_JWT_KEY_FILE'] ?? '';
    const list = await print('prosody', { JITSI_RSA_JWT_KEY_FILE: `ka=${file},kb=${file}` });
    expect(list).toMatch(/-- Key ka: .*\n.*-- Key kb: /);
    expect(await print('prosody', { JITSI_RSA_JWT_KEY_FILE: directory })).toContain('-- Key kd: ');
    expect(await print('systemd', { JITSI_RSA_JWT_KEY_FILE: `ka=${file},kb=${file}` })).toContain(
      `Environment="JITSI_RSA_JWT_KEY_FILE=ka=${file},kb=${file}"`,
    );
  });

  it('prosody: what an operator chose stands in Lua strings that hold it', async () => {
    const text = await print('prosody', { JWT_APP_ID: 'a"b\\c' });
    expect(text).toContain(String.raw`app_id = "a\"b\\c"`);
  });

  it.each(['prosody', 'docker-env', 'nginx', 'caddy', 'systemd'])(
    '%s: a shared secret is not printed',
    async (what) => {
      const secret = 'correct horse battery staple, twice';
      const text = await print(what, { JWT_APP_SECRET_US: secret });
      expect(text).not.toContain(secret);
      if (what === 'prosody') {
        const [eu = '', us = ''] = text.split('VirtualHost "us.example.com"');
        expect(eu).toMatch(/^ +asap_key_server = /m);
        expect(us).toMatch(/^ +app_secret = /m);
        expect(us).not.toMatch(/^ +asap_key_server = /m);
      }
    },
  );

  it("docker-env: docker-jitsi-meet's own names", async () => {
    const text = await print('docker-env', {
      JITSI_URL: 'https://meet.example.com',
      JITSI_XMPP_DOMAIN: 'meet.jitsi',
    });
    const pairs = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(pairs).toEqual([
      'PUBLIC_URL=https://meet.example.com',
      'XMPP_DOMAIN=meet.jitsi',
      'ENABLE_AUTH=1',
      'AUTH_TYPE=jwt',
      'ENABLE_GUESTS=0',
      'JWT_APP_ID=CodeWithMe',
      'JWT_ASAP_KEYSERVER=https://lobby.example.com/asap',
      'JWT_ACCEPTED_ISSUERS=CodeWithMe',
      'JWT_ACCEPTED_AUDIENCES=CodeWithMe',
      'JWT_ALLOW_EMPTY=0',
      'JWT_ENABLE_DOMAIN_VERIFICATION=1',
      'JWT_TOKEN_AUTH_MODULE=token_verification',
    ]);
  });

  it('prosody and docker-env: a tenant', async () => {
    const tenant = { JITSI_URL: 'https://meet.example.com', JITSI_TENANT: 'acme' };
    const prosody = await print('prosody', tenant);
    expect(prosody).toContain('VirtualHost "meet.example.com"');
    expect(prosody).toContain('"muc_domain_mapper";');
    expect(prosody).toContain('enable_domain_verification = true');
    const docker = await print('docker-env', { ...tenant, JITSI_XMPP_DOMAIN: 'meet.jitsi' });
    expect(docker).toMatch(/^PUBLIC_URL=https:\/\/meet\.example\.com\n.*\nENABLE_SUBDOMAINS=1$/m);
  });

  it('docker-env: says when the XMPP domain is hardly what docker-jitsi-meet has', async () => {
    expect(await print('docker-env')).toContain('JITSI_XMPP_DOMAIN=meet.jitsi');
  });

  it('nginx: a proxy that keeps invites out of its log, and the header for bridges in several regions', async () => {
    const text = await print('nginx', { LOBBY_PORT: '9999' });
    expect(text).toContain('server 127.0.0.1:9999;');
    expect(text).toContain('server_name lobby.example.com;');
    expect(text).toContain('listen 443 ssl;');
    expect(text).toContain('access_log off;');
    expect(text).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
    expect(text).toContain('proxy_set_header Host $http_host;');
    expect(text).toContain('proxy_set_header X-Proxy-Region eu;');
    expect(text.match(/\{/g)?.length).toBe(text.match(/\}/g)?.length);
  });

  it.each([
    [{ LOBBY_HOST: '::1' }, '[::1]:8788'],
    [{ LOBBY_HOST: '0.0.0.0' }, '127.0.0.1:8788'],
  ])('caddy: before a lobby with %j', async (extra, address) => {
    const text = await print('caddy', extra);
    expect(text).toContain('https://lobby.example.com {');
    expect(text).toContain(`reverse_proxy ${address}`);
  });

  it('says when nobody has told it the public address', async () => {
    expect(await print('caddy', { LOBBY_PUBLIC_URL: '' })).toContain('LOBBY_PUBLIC_URL is not set');
  });

  it.each(['prosody', 'nginx', 'docker-env', 'caddy'])(
    '%s: wants the public address when other machines reach the lobby',
    async (what) => {
      const { code, stdout, stderr } = await runLobby(['print', what], {
        ...env,
        LOBBY_HOST: '0.0.0.0',
        LOBBY_PUBLIC_URL: '',
      });
      expect([code, stdout]).toEqual([78, '']);
      expect(stderr).toMatch(/^LOBBY_PUBLIC_URL is not set\. Set it to the address/);
    },
  );

  it('systemd: holds no address of the lobby, and needs none', async () => {
    const text = await print('systemd', { LOBBY_HOST: '0.0.0.0', LOBBY_PUBLIC_URL: '' });
    expect(text).toContain('Environment="LOBBY_HOST=0.0.0.0"');
  });

  it('systemd: the settings of this lobby in a closed unit', async () => {
    const text = await print('systemd', { JWT_KEY_ID: '100%"a"', PATH: '/bin', UNRELATED: 'x' });
    expect(text).toContain('Environment="LOBBY_PUBLIC_URL=https://lobby.example.com"');
    expect(text).toContain(String.raw`Environment="JWT_KEY_ID=100%%\"a\""`);
    expect(text).not.toMatch(/UNRELATED|PATH=/);
    for (const line of [
      'NoNewPrivileges=yes',
      'ProtectSystem=strict',
      'CapabilityBoundingSet=',
      'User=parley-lobby',
      'LimitCORE=0',
    ])
      expect(text).toContain(`\n${line}\n`);
  });

  it.runIf(process.platform === 'linux')(
    'systemd: leaves room for all threads of a lobby on a machine of many processors',
    async () => {
      const limit = Number(/^TasksMax=(\d+)$/m.exec(await print('systemd'))?.[1]);
      const environment: NodeJS.ProcessEnv = {};
      sizeThreadPool(environment, 1_024);
      const { UV_THREADPOOL_SIZE = '' } = environment;
      const lobby = await startLobby({
        jitsiUrl: 'https://meet.example.com',
        env: { UV_THREADPOOL_SIZE, LOBBY_AUTH: 'none', LOBBY_ACCESS_TOKENS_FILE: '' },
      });
      onTestFinished(() => lobby.stop().then(() => undefined));
      // The pool begins with the first token.
      const call = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"displayName":"A"}',
      };
      expect((await fetch(`${lobby.url}/api/v1/calls`, call)).status).toBe(201);
      const threads = (await readdir(`/proc/${lobby.pid}/task`)).length;
      expect(threads).toBeGreaterThan(Number(UV_THREADPOOL_SIZE));
      // One is the command that reloads it, and another Node.js may have a few more.
      expect(threads + 10).toBeLessThan(limit);
    },
  );

  it('knows only what it knows, and needs the same settings as serve', async () => {
    expect((await runLobby(['print', 'apache'], env)).stderr).toContain(
      'prosody, nginx, docker-env, systemd, caddy',
    );
    const bare = await runLobby(['print', 'prosody']);
    expect([bare.code, bare.stdout]).toEqual([78, '']);
  });
});

describe('link', () => {
  it('prints a link alone, to a room that its token opens', async () => {
    const { code, stdout, stderr } = await runLobby(['link', 'Stand-Up', 'Ada L'], env);
    expect(code).toBe(0);
    const { origin, pathname, searchParams } = new URL(stdout.trim());
    expect([origin, pathname]).toEqual(['https://eu.example.com', '/stand-up']);
    const token = searchParams.get('jwt') ?? '';
    const publicKey = await importSPKI(await readFile(join(folder, 'key.pem.pub'), 'utf8'), 'RS256');
    const { payload } = await jwtVerify<{ room: string; context: { user: object } }>(token, publicKey);
    expect(payload).toMatchObject({ room: 'stand-up', sub: 'eu.example.com', iss: 'CodeWithMe' });
    expect(payload.context.user).toMatchObject({ name: 'Ada L', moderator: true });
    const until = new Date((payload.exp ?? 0) * 1000).toISOString();
    expect(stderr).toContain(`Room stand-up on eu for Ada L, as moderator; it opens the door until ${until}`);
    expect(stderr).not.toContain(token);
  });

  it.each([
    ['us-brisk-otter', 'us'],
    ['eu-brisk-otter', 'eu'],
    ['usable-otter', 'eu'],
  ])('leads %s to where calls and renewals of that room go: %s', async (room, region) => {
    const { stdout, stderr } = await runLobby(['link', room, 'Ada'], env);
    const { origin, pathname, searchParams } = new URL(stdout.trim());
    expect([origin, pathname]).toEqual([`https://${region}.example.com`, `/${room}`]);
    expect(partsOf(searchParams.get('jwt') ?? '')[1]).toMatchObject({ room, sub: `${region}.example.com` });
    expect(stderr).toContain(`Room ${room} on ${region} for Ada`);

    const lobby = await startLobby({ jitsiUrl: env['JITSI_URL'] ?? '' });
    onTestFinished(() => lobby.stop().then(() => undefined));
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${await lobby.addToken('ada')}`,
    };
    const ask = async (path: string, body: object) => {
      const asked = await fetch(lobby.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
      return ((await asked.json()) as { deployment: { id: string } }).deployment.id;
    };
    expect(await ask('/api/v1/calls', { displayName: 'Ada', room })).toBe(region);
    expect(await ask(`/api/v1/calls/${room}/token`, {})).toBe(region);
  });

  it.each([1, 9, 86_400])('makes a token that is good for LOBBY_TOKEN_TTL=%i', async (ttl) => {
    const { stdout } = await runLobby(['link', 'room', 'Ada'], { ...env, LOBBY_TOKEN_TTL: String(ttl) });
    const [, { iat, exp }] = partsOf(new URL(stdout.trim()).searchParams.get('jwt') ?? '');
    expect(Number(exp) - Number(iat)).toBe(ttl);
  });

  it('--guest and --deployment', async () => {
    const { stdout, stderr } = await runLobby(['link', 'a', 'B', '--guest', '--deployment', 'us'], env);
    const url = new URL(stdout);
    expect(url.origin).toBe('https://us.example.com');
    const body = url.searchParams.get('jwt')?.split('.')[1] ?? '';
    expect(JSON.parse(Buffer.from(body, 'base64url').toString())).toMatchObject({
      sub: 'us.example.com',
      context: { user: { moderator: false } },
    });
    expect(stderr).toContain('as guest');
  });

  it.each([
    [['link', 'two words', 'Ada'], /letters a to z, digits and inner hyphens only/],
    [['link', 'room', ''], /NAME|display name/i],
    [['link', 'room', 'Ada', '--deployment', 'asia'], /no deployment asia.*eu, us/],
  ])('%j is refused', async (args, words) => {
    const { code, stdout, stderr } = await runLobby(args, env);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(words);
  });
});

describe('health', () => {
  it('says whether the lobby that runs here answers', async () => {
    const lobby = await startLobby({ jitsiUrl: 'https://meet.example.com' });
    const { port } = new URL(lobby.url);
    const health = () => runLobby(['health'], { LOBBY_PORT: port, LOBBY_HOST: '0.0.0.0' });
    try {
      expect(await health()).toEqual({ code: 0, stdout: '', stderr: '' });
    } finally {
      await lobby.stop();
    }
    const { code, stderr } = await health();
    expect(code).toBe(1);
    expect(stderr).toContain(`http://127.0.0.1:${port}/healthz does not answer`);
  });
});

describe('the program as shipped', () => {
  it('runs with node alone from a folder with nothing else in it', async () => {
    await runLobby(['--version']);
    const empty = await mkdtemp(join(folder, 'empty-'));
    await copyFile(LOBBY_BUNDLE, join(empty, 'parley-lobby.cjs'));
    const run = (...args: string[]) =>
      promisify(execFile)(process.execPath, ['parley-lobby.cjs', ...args], { cwd: empty, env: {} });
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    expect((await run('--version')).stdout).toBe(`${version}\n`);
    expect((await run('keygen', 'key.pem')).stdout).toBe('key.pem\nkey.pem.pub\n');
    await expect(run('serve')).rejects.toMatchObject({ code: 78 });
    expect((await readdir(empty)).sort()).toEqual(['key.pem', 'key.pem.pub', 'parley-lobby.cjs']);
  });
});
