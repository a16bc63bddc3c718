/** Keys that change under a running lobby: `keygen --rotate` and SIGHUP, with requests under way all the time. */
import { mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JSONWebKeySet, createLocalJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CallReply } from '../../shared/lobbyApi';
import { type LobbyProcess, runLobby, startLobby } from '../support/lobbyProcess';
import { partsOf } from '../unit/lobby/tokens';

let folder: string;
let directory: string;
let lobby: LobbyProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-rotation-'));
  directory = join(folder, 'keys');
});
afterEach(async () => {
  await lobby?.stop();
  lobby = undefined;
  await rm(folder, { recursive: true });
});

async function rotate(...options: string[]): Promise<string> {
  const { code, stdout, stderr } = await runLobby(['keygen', '--rotate', directory, ...options]);
  if (code !== 0) throw new Error(stderr);
  return stdout.trim();
}
const newLobby = async (
  env: Record<string, string> = { JITSI_RSA_JWT_KEY_FILE: '', JITSI_RSA_JWT_KEY_DIR: directory },
) =>
  (lobby = await startLobby({
    jitsiUrl: 'https://meet.example.com',
    env: { LOBBY_RATE_LIMIT: 'off', ...env },
  }));
async function call({ url }: LobbyProcess, bearer: string): Promise<CallReply> {
  const response = await fetch(`${url}/api/v1/calls`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: JSON.stringify({ displayName: 'Ada' }),
  });
  expect(response.status).toBe(201);
  return CallReply.parse(await response.json());
}
async function keySet({ url }: LobbyProcess): Promise<JSONWebKeySet> {
  return (await (await fetch(`${url}/.well-known/jwks.json`)).json()) as JSONWebKeySet;
}
const kidsOf = async (one: LobbyProcess) => (await keySet(one)).keys.map(({ kid }) => kid);
const indexFile = () => join(directory, 'keys.json');
/** Lets the newest key sign at once: half a minute is long for a test. */
async function signAtOnce(): Promise<void> {
  const index = JSON.parse(await readFile(indexFile(), 'utf8')) as { keys: { created: string }[] };
  for (const key of index.keys) key.created = new Date(Date.now() - 31_000).toISOString();
  await writeFile(indexFile(), JSON.stringify(index));
}

it('drops no request, and each token can be checked the moment it comes', { timeout: 90_000 }, async () => {
  const old = await rotate();
  const running = await newLobby();
  const alice = await running.addToken('alice');
  const first = await call(running, alice);

  const seen = new Set<unknown>();
  const load = { going: true };
  const worker = async () => {
    while (load.going) {
      const { token } = await call(running, alice);
      await jwtVerify(token, createLocalJWKSet(await keySet(running)));
      seen.add(partsOf(token)[0]['kid']);
    }
  };
  const workers = Promise.all([worker(), worker(), worker()]);
  const next = await rotate();
  await vi.waitFor(async () => expect(await kidsOf(running)).toEqual([old, next]), { timeout: 30_000 });
  expect([...seen]).toEqual([old]);
  await signAtOnce();
  await vi.waitFor(() => expect([...seen]).toEqual([old, next]), { timeout: 30_000 });
  load.going = false;
  await workers;

  // What the old key has signed is still good.
  await jwtVerify(first.token, createLocalJWKSet(await keySet(running)));
  const invite = first.invite.url.split('/join/')[1] ?? '';
  const guest = await fetch(`${running.url}/api/v1/invites/${invite}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ displayName: 'Grace' }),
  });
  expect(guest.status).toBe(200);
});

it(
  'keeps the keys that it has when the new ones cannot be used, and says so once',
  { timeout: 90_000 },
  async () => {
    const kid = await rotate('--kid', 'one');
    const running = await newLobby();
    const whole = await readFile(indexFile(), 'utf8');
    await writeFile(indexFile(), whole.slice(0, 40));
    running.signal('SIGHUP');
    await running.waitForStderr(/keys cannot be used; those known stay in force/);
    running.signal('SIGHUP');
    const other = await runLobby(['keygen', join(folder, 'other.pem')]);
    expect(other.code).toBe(0);
    expect(await kidsOf(running)).toEqual([kid]);

    // The same id with another key, in a directory that is consistent in itself.
    await rm(directory, { recursive: true });
    await rotate('--kid', 'one');
    running.signal('SIGHUP');
    await running.waitForStderr(/Key id one now has another key/);
    const [published] = (await keySet(running)).keys;
    const alice = await running.addToken('alice');
    await jwtVerify(
      (await call(running, alice)).token,
      createLocalJWKSet({ keys: published ? [published] : [] }),
    );
    expect(running.stderr().match(/its keys.json is not JSON/g)).toHaveLength(1);
  },
);

it(
  'lives on when something else takes the place of its directory, and takes the directory up again',
  { timeout: 90_000 },
  async () => {
    const kid = await rotate();
    const running = await newLobby();
    await rename(directory, `${directory}.away`);
    await writeFile(directory, '');
    // Seen by itself, by its look every two seconds, and then asked for.
    await running.waitForStderr(/keys\.json cannot be read \(ENOTDIR\)/);
    running.signal('SIGHUP');
    expect(await kidsOf(running)).toEqual([kid]);
    await rm(directory);
    await rename(`${directory}.away`, directory);
    const next = await rotate();
    await running.waitForStderr(new RegExp(`"kids":\\["${kid}","${next}"\\]`));
    expect(await kidsOf(running)).toEqual([kid, next]);
    expect(running.stderr().match(/those known stay in force/g)).toHaveLength(1);
  },
);

it('makes keys that are closed to others, and gives no id twice', async () => {
  const kid = await rotate('--kid', 'k1');
  expect(kid).toBe('k1');
  expect(((await stat(join(directory, 'k1.pem'))).mode & 0o777).toString(8)).toBe('600');
  await expect(rotate('--kid', 'k1')).rejects.toThrow('Key id k1 is in use.');
  await expect(rotate('--kid', '../k2')).rejects.toThrow('A key id takes letters');
});

it.each(['JITSI_RSA_JWT_KEY_FILE', 'JITSI_RSA_JWT_KEY_FILES'])(
  'starts with a list of keys in %s: the last one signs, all are published',
  async (variable) => {
    const files = ['a', 'b'].map((kid) => join(folder, `${kid}.pem`));
    for (const file of files) expect((await runLobby(['keygen', file])).code).toBe(0);
    const [a = '', b = ''] = files;
    const running = await newLobby({ JITSI_RSA_JWT_KEY_FILE: '', [variable]: `ka=${a}, kb=${b}` });
    expect(await kidsOf(running)).toEqual(['ka', 'kb']);
    const { token } = await call(running, await running.addToken('alice'));
    expect(partsOf(token)[0]['kid']).toBe('kb');
  },
);

it('follows a directory that JITSI_RSA_JWT_KEY_FILE names', async () => {
  const kid = await rotate();
  const running = await newLobby({ JITSI_RSA_JWT_KEY_FILE: directory });
  expect(await kidsOf(running)).toEqual([kid]);
  const next = await rotate();
  running.signal('SIGHUP');
  await running.waitForStderr(new RegExp(`"kids":\\["${kid}","${next}"\\]`));
  expect(await kidsOf(running)).toEqual([kid, next]);
});

it('takes a key file whose path holds "=" for what it is', async () => {
  const file = join(folder, 'k1=key.pem');
  expect((await runLobby(['keygen', file])).code).toBe(0);
  const running = await newLobby({ JITSI_RSA_JWT_KEY_FILE: file });
  expect(await kidsOf(running)).toEqual(['CWMKey']);
});

it('says which directory is missing, and that a public half is no key', async () => {
  const nowhere = await runLobby(['keygen', join(folder, 'none', 'key.pem')]);
  expect(nowhere.stderr).toContain(`There is no directory ${join(folder, 'none')}. Make it: mkdir -p -m 700`);
  const file = join(folder, 'key.pem');
  await runLobby(['keygen', file]);
  const { code, stderr } = await runLobby(['serve'], {
    JITSI_URL: 'https://meet.example.com',
    LOBBY_AUTH: 'none',
    JITSI_RSA_JWT_KEY_FILE: `${file}.pub`,
  });
  expect(code).toBe(78);
  expect(stderr).toContain('it holds the public half alone');
});
