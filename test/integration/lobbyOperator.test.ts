import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallReply } from '../../shared/lobbyApi';
import { type LobbyProcess, runLobby, startLobby } from '../support/lobbyProcess';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'parley-operator-'));
});
afterAll(() => rm(directory, { recursive: true }));

describe('keygen', () => {
  it.each([
    [[], 2048],
    [['--bits', '4096'], 4096],
  ])('%j makes a pair of files that only the owner can sign with', async (options, bits) => {
    const folder = await mkdtemp(join(directory, 'keys-'));
    const file = join(folder, 'key.pem');
    const made = await runLobby(['keygen', file, ...options]);
    expect(made).toMatchObject({ code: 0, stdout: `${file}\n${file}.pub\n` });
    expect(made.stderr).toContain(`export JITSI_RSA_JWT_KEY_FILE="${file}"`);
    expect((await readdir(folder)).sort()).toEqual(['key.pem', 'key.pem.pub']);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const text = await readFile(file, 'utf8');
    expect(text).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    const key = createPrivateKey(text);
    expect(key.asymmetricKeyDetails?.modulusLength).toBe(bits);
    expect(await readFile(`${file}.pub`, 'utf8')).toBe(
      createPublicKey(key).export({ type: 'spki', format: 'pem' }),
    );
  });

  it.each(['key.pem', 'key.pem.pub'])('replaces nothing: %s stays', async (existing) => {
    const folder = await mkdtemp(join(directory, 'keys-'));
    await writeFile(join(folder, existing), 'precious');
    const { code, stdout, stderr } = await runLobby(['keygen', join(folder, 'key.pem')]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`${join(folder, existing)} is already there`);
    expect(await readdir(folder)).toEqual([existing]);
    expect(await readFile(join(folder, existing), 'utf8')).toBe('precious');
  });

  it('says why it cannot write', async () => {
    const { code, stderr } = await runLobby(['keygen', '/dev/null/key.pem']);
    expect(code).toBe(1);
    expect(stderr).toContain('cannot be written to /dev/null/key.pem (ENOTDIR)');
  });

  it('makes no weak key', async () => {
    const file = join(directory, 'weak.pem');
    expect((await runLobby(['keygen', file, '--bits', '1024'])).code).not.toBe(0);
    await expect(stat(file)).rejects.toThrow();
  });
});

describe('token', () => {
  it('add prints the token alone; list and revoke follow', async () => {
    const env = { LOBBY_ACCESS_TOKENS_FILE: join(await mkdtemp(join(directory, 'tokens-')), 'tokens.json') };
    const token = async (...args: string[]) => runLobby(['token', ...args], env);
    expect(await token('list')).toMatchObject({ code: 0, stdout: '' });
    const added = await token('add', 'alice');
    expect(added.stdout).toMatch(/^parley_[\w-]{43}\n$/);
    expect(added.stderr).not.toContain(added.stdout.trim());
    await token('add', 'bob');
    await token('add', 'alice');
    const listed = await token('list');
    expect(listed.stdout.replaceAll(/\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, ' DATE')).toBe(
      'alice DATE\nbob DATE\nalice DATE\n',
    );
    expect(await token('revoke', 'alice')).toEqual({
      code: 0,
      stdout: '2\n',
      stderr: 'All 2 access tokens of alice revoked.\n',
    });
    expect(await token('revoke', 'alice')).toMatchObject({ code: 1, stdout: '' });
    expect((await token('list')).stdout).toMatch(/^bob\t/);
    expect((await token('add', 'two words')).code).toBe(1);
    expect((await stat(env.LOBBY_ACCESS_TOKENS_FILE)).mode & 0o777).toBe(0o600);
  });

  it('says which variable names the file', async () => {
    const { code, stderr } = await runLobby(['token', 'list']);
    expect(code).toBe(78);
    expect(stderr).toContain('LOBBY_ACCESS_TOKENS_FILE is not set');
  });

  it('says why it cannot write', async () => {
    const folder = join(directory, 'folder');
    await mkdir(folder);
    const { code, stderr } = await runLobby(['token', 'add', 'a'], { LOBBY_ACCESS_TOKENS_FILE: folder });
    expect(code).toBe(78);
    expect(stderr).toContain('(EISDIR)');
  });
});

describe.each([
  [[], ['serve', 'keygen', 'token']],
  [['serve'], ['environment variables']],
  [['keygen'], ['FILE', '--bits']],
  [['token'], ['add', 'list', 'revoke']],
  [['token', 'add'], ['USER']],
])('%j --help', (command, words) => {
  it('goes to standard output', async () => {
    const { code, stdout, stderr } = await runLobby([...command, '--help']);
    expect([code, stderr]).toEqual([0, '']);
    for (const word of words) expect(stdout).toContain(word);
  });
});

describe('a running lobby', () => {
  let lobby: LobbyProcess;
  beforeAll(async () => {
    lobby = await startLobby({ jitsiUrl: 'https://meet.example.com' });
  });
  afterAll(() => lobby.stop());

  const call = (token: string) =>
    fetch(`${lobby.url}/api/v1/calls`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ displayName: 'Ada', media: 'audio' }),
    });
  const env = () => ({ LOBBY_ACCESS_TOKENS_FILE: lobby.accessTokensFile });

  it('knows at once who is added and who is revoked', async () => {
    const [alice, bob] = [await lobby.addToken('alice'), await lobby.addToken('bob')];
    expect([(await call(alice)).status, (await call(bob)).status]).toEqual([201, 201]);
    await runLobby(['token', 'revoke', 'alice'], env());
    expect([(await call(alice)).status, (await call(bob)).status]).toEqual([401, 201]);
  });

  it('knows a new token in every one of requests that come together', async () => {
    for (const user of ['dan', 'eve', 'fay', 'gus', 'hal']) {
      const token = await lobby.addToken(user);
      const answers = await Promise.all(Array.from({ length: 8 }, () => call(token)));
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201));
    }
  });

  it('keeps the last good list while the file is broken, and says so once', async () => {
    const carol = await lobby.addToken('carol');
    const good = await readFile(lobby.accessTokensFile, 'utf8');
    expect((await call(carol)).status).toBe(201);
    await writeFile(lobby.accessTokensFile, good.slice(0, -20));
    expect([(await call(carol)).status, (await call(carol)).status]).toEqual([201, 201]);
    expect(lobby.stderr().match(/last good list/g)).toHaveLength(1);
    await writeFile(lobby.accessTokensFile, good);
  });

  it('writes one audit line for each room token, and no secret to any log', async () => {
    const dave = await lobby.addToken('dave');
    const reply = CallReply.parse(await (await call(dave)).json());
    const invite = reply.invite.url.split('/join/')[1] ?? '';
    const accepted = await fetch(`${lobby.url}/api/v1/invites/${invite}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ displayName: 'Grace' }),
    });
    const guest = (await accepted.json()) as { token: string };
    await fetch(`${lobby.url}/join/${invite}`);
    await fetch(`${lobby.url}/join/${invite}/more?jwt=${reply.token}`);
    await fetch(`${lobby.url}/api/v1/invites/${reply.token}`, { method: 'POST' });
    await fetch(`${lobby.url}/join/%E0%A4%A${invite}`);
    await call(`${dave}x`);
    await lobby.waitForStderr(/"route":"\/join\/:invite"/);
    await lobby.waitForStderr(/"status":401/);

    const lines = lobby
      .stderr()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const jtiOf = (token: string) =>
      (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { jti: string }).jti;
    const audited = (token: string) => lines.filter(({ audit, jti }) => audit && jti === jtiOf(token));
    expect(audited(reply.token)).toEqual([
      expect.objectContaining({
        audit: 'room-token-issued',
        user: 'dave',
        displayName: 'Ada',
        room: reply.room,
        deployment: 'default',
        exp: reply.expiresAt,
        media: 'audio',
        invite: jtiOf(invite),
        remoteAddress: '127.0.0.1',
      }),
    ]);
    expect(audited(guest.token)).toEqual([
      expect.objectContaining({ user: 'guest', displayName: 'Grace', invite: jtiOf(invite) }),
    ]);

    const written = lobby.stderr() + lobby.stdout();
    // Nor the part of it that makes it a secret: base64url, in which '_' and '-' occur, so cut at the known ends only.
    const kernels = [
      dave.replace(/^[a-z]+_/, ''),
      ...[reply.token, guest.token, invite].map((token) => token.slice(token.lastIndexOf('.') + 1)),
    ];
    for (const kernel of kernels) expect(kernel.length).toBeGreaterThanOrEqual(43);
    for (const secret of [dave, reply.token, guest.token, invite, ...kernels])
      expect(written).not.toContain(secret);
    // As a header is written: "bearer" alone is also one of the words that room names are made of.
    expect(written).not.toMatch(/Bearer\s+\S|"?authorization"?\s*:/i);
    expect(lobby.stdout()).toBe('');
  });
});
