/** What the first run asks, what it notes while one types, and when it is over; over real settings. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FirstRun } from '../../../../main/firstRun/firstRun';
import { Credentials } from '../../../../main/security/credentials';
import { BoundedKeychain } from '../../../../main/security/keychain';
import { Settings } from '../../../../main/settings/settings';
import { IDLE } from '../../../../shared/callState';
import type { LobbyForm } from '../../../../shared/ipc/commands/settings';
import type { LobbyCheck } from '../../../../shared/ipc/snapshot';
import type { SignInState } from '../../../../shared/signIn';

const LOBBY = 'https://lobby.example.com';
const OK: LobbyCheck = { ok: true, host: 'lobby.example.com', deployments: [] };
const nothing = { name: '', lobby: '', free: false };
const answers = { name: ' Ana ', lobby: 'lobby.example.com', free: false };
/** "Continue" with these and no token. */
const form = { ...answers, accessToken: '', anyway: false };

let folder: string;
let tokens: Map<string, string>;
let keychainThere: boolean;
let asked: LobbyForm[];
let looked: string[];
let check: LobbyCheck;
let signIn: SignInState;
let settings: Settings;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-first-run-'));
  tokens = new Map();
  keychainThere = true;
  asked = [];
  looked = [];
  check = OK;
  signIn = { lobby: '', ways: undefined, account: { by: 'none' }, progress: { step: 'none' } };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const file = () => join(folder, 'settings.json');
const policy = (json: unknown) => writeFile(join(folder, 'policy.json'), JSON.stringify(json));
const userSays = (json: unknown) => writeFile(file(), JSON.stringify(json));
const written = async () => JSON.parse(await readFile(file(), 'utf8')) as Record<string, unknown>;

/** As a start of the app makes it. */
async function start(environment: NodeJS.ProcessEnv = {}): Promise<FirstRun> {
  settings = await Settings.read({
    directory: folder,
    policyFile: join(folder, 'policy.json'),
    environment,
    version: '1.0.0',
  });
  const keychain = {
    getPassword: (_service: string, account: string) => Promise.resolve(tokens.get(account) ?? null),
    setPassword: (_service: string, account: string, password: string) =>
      Promise.resolve(void tokens.set(account, password)),
    deletePassword: (_service: string, account: string) => Promise.resolve(tokens.delete(account)),
  };
  const load = () => (keychainThere ? Promise.resolve(keychain) : Promise.reject(new Error('no service')));
  const credentials = new Credentials(new BoundedKeychain(load), {
    has: () => false,
    add: () => Promise.resolve(),
    delete: () => Promise.resolve(),
  });
  return new FirstRun({
    settings,
    credentials,
    calls: { dismiss: () => undefined },
    signIn: {
      get state() {
        return signIn;
      },
      look: (address) => Promise.resolve(void looked.push(address)),
    },
    check: (form) => {
      asked.push(form);
      return Promise.resolve(check);
    },
    onChange: () => undefined,
    push: () => undefined,
  });
}

describe('what is asked', () => {
  it('is name and lobby, or free Jitsi, in a new profile', async () => {
    const { state } = await start();
    const asks = { name: true, lobby: true, free: true };
    expect(state).toEqual({ stage: 'open', asks, typed: nothing, lobby: '' });
  });

  it.each([
    ['a lobby', { lobbyUrl: LOBBY }],
    ['a name', { displayName: 'Ana' }],
    ['free mode, even off', { freeMode: false }],
    ['a lobby’s token', { tokenOrigins: [LOBBY] }],
  ])('is nothing when the user has chosen %s before', async (_, said) => {
    await userSays(said);
    expect((await start()).state).toBeUndefined();
  });

  it('goes on when other settings were changed', async () => {
    await userSays({ theme: 'dark', startMuted: true });
    expect((await start()).state?.stage).toBe('open');
  });

  it('leaves out what policy or the environment has set', async () => {
    await policy({ lobbyUrl: LOBBY });
    expect((await start()).state).toMatchObject({
      asks: { name: true, lobby: false, free: false },
      lobby: LOBBY,
    });
    await policy({ freeMode: false });
    expect((await start()).state?.asks).toEqual({ name: true, lobby: true, free: false });
    await policy({ lobbies: [LOBBY], displayName: 'Ana' });
    expect((await start()).state).toBeUndefined();
    await policy({ freeMode: true });
    expect((await start({ PARLEY_DISPLAY_NAME: 'Ana' })).state).toBeUndefined();
  });

  it('is the token alone, once a lobby that is set beforehand has said that it wants one', async () => {
    const run = await start({ PARLEY_LOBBY_URL: LOBBY, PARLEY_DISPLAY_NAME: 'Ana' });
    run.begin();
    expect([run.state, looked]).toEqual([undefined, [LOBBY]]);
    const ways = { open: false, token: true, browser: undefined, password: false };
    signIn = { ...signIn, lobby: LOBBY, ways };
    expect(run.state?.asks).toEqual({ name: false, lobby: false, free: false });
    signIn = { ...signIn, account: { by: 'token' } };
    expect(run.state).toBeUndefined();
    signIn = { ...signIn, ways: { ...ways, open: true }, account: { by: 'none' } };
    expect(run.state).toBeUndefined();
  });

  it('is looked up for nobody whose screen stands there anyway, or is over', async () => {
    (await start({ PARLEY_LOBBY_URL: LOBBY })).begin();
    await userSays({ freeMode: true });
    (await start({ PARLEY_LOBBY_URL: LOBBY, PARLEY_DISPLAY_NAME: 'Ana' })).begin();
    expect(looked).toEqual([]);
  });
});

describe('what is typed', () => {
  it('is there after a start, the newest of it', async () => {
    const run = await start();
    for (const name of ['A', 'An', 'Ana']) run.typed({ ...answers, name });
    expect(run.state?.typed).toEqual({ ...answers, name: 'Ana' });
    await expect
      .poll(written)
      .toMatchObject({ firstRun: { stage: 'open', name: 'Ana', lobby: LOBBY, free: false } });
    expect((await start()).state?.typed).toEqual({ name: 'Ana', lobby: LOBBY, free: false });
  });

  it.each([
    'parley_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'eyJhbGciOiJSUzI1NiIsImtpZCI6ImtleSJ9.eyJyb29tIjoiYnJpc2stb3R0ZXItbWFwbGUtcXVpbGwiLCJleHAiOjE3MDAwMDB9.c2lnbmF0dXJl',
    '0123456789abcdef0123456789abcdef',
  ])('is not written where it could be a secret: %s', async (pasted) => {
    const run = await start();
    run.typed({ ...answers, lobby: pasted });
    await expect.poll(written).toMatchObject({ firstRun: { lobby: '' } });
    expect(run.state?.typed.lobby).toBe(pasted);
  });

  it('loses an invite that was pasted with the address', async () => {
    (await start()).typed({ ...answers, lobby: `${LOBBY}/join/invite?x#y` });
    await expect.poll(written).toMatchObject({ firstRun: { lobby: LOBBY } });
  });
});

describe('"Continue"', () => {
  it('saves all, the token in the keychain alone, and ends it for good', async () => {
    const run = await start();
    run.typed(answers);
    expect(await run.finish({ ...form, accessToken: ' secret ' })).toEqual({ ok: true });
    expect(asked).toEqual([{ lobbyUrl: 'lobby.example.com', displayName: ' Ana ', accessToken: ' secret ' }]);
    expect([...tokens]).toEqual([[LOBBY, 'secret']]);
    expect(settings.values).toMatchObject({ lobbyUrl: LOBBY, displayName: 'Ana', freeMode: false });
    expect(JSON.stringify(await written())).not.toContain('secret');
    expect([run.state, (await start()).state]).toEqual([undefined, undefined]);
  });

  it('saves nothing while something is missing or wrong, and says what', async () => {
    const run = await start();
    expect(await run.finish({ ...form, ...nothing })).toEqual({
      ok: false,
      save: { ok: false, field: 'lobbyUrl', fault: 'required' },
    });
    check = { ok: false, fault: 'unauthorized', host: 'lobby.example.com', tokenSent: false };
    expect(await run.finish(form)).toEqual({ ok: false, check });
    expect([settings.values.lobbyUrl, run.state?.stage]).toEqual(['', 'open']);
  });

  it('keeps a lobby that does not answer, when the user says so', async () => {
    const run = await start();
    check = { ok: false, fault: 'timeout', host: 'lobby.example.com', seconds: 10 };
    expect(await run.finish({ ...form, anyway: true })).toEqual({ ok: true });
    expect([settings.values.lobbyUrl, asked, run.state]).toEqual([LOBBY, [], undefined]);
  });

  it('turns on free public Jitsi, whose notice stood there, and asks no lobby', async () => {
    const run = await start();
    expect(await run.finish({ ...form, free: true })).toEqual({ ok: true });
    expect(settings.values).toMatchObject({
      freeMode: true,
      freeNoticeRead: true,
      displayName: 'Ana',
      lobbyUrl: '',
    });
    expect([asked, run.state]).toEqual([[], undefined]);
  });

  it('does not turn on what policy forbids', async () => {
    await policy({ freeMode: false });
    const run = await start();
    await run.finish({ ...form, free: true });
    expect(settings.values).toMatchObject({ freeMode: false, lobbyUrl: LOBBY });
  });

  it('leaves a lobby that policy has set as it is', async () => {
    await policy({ lobbyUrl: LOBBY });
    const run = await start();
    await run.finish({ ...form, ...nothing, name: 'Ana', accessToken: 'secret' });
    expect(asked).toEqual([{ lobbyUrl: LOBBY, displayName: 'Ana', accessToken: 'secret' }]);
    expect([...tokens]).toEqual([[LOBBY, 'secret']]);
  });

  it('says once that the keychain did not take the token', async () => {
    const run = await start();
    keychainThere = false;
    const withToken = { ...form, accessToken: 'secret' };
    expect(await run.finish(withToken)).toEqual({ ok: false, held: true });
    expect(run.state?.stage).toBe('open');
    expect(await run.finish({ ...withToken, anyway: true })).toEqual({ ok: true });
    expect(run.state).toBeUndefined();
  });

  it('that the disk refuses says so', async () => {
    const run = await start();
    await mkdir(join(file(), 'in-the-way'), { recursive: true });
    expect(await run.finish(form)).toMatchObject({ save: { field: 'file' } });
    expect(await run.finish({ ...form, free: true })).toMatchObject({
      save: { field: 'file' },
    });
    expect(run.state?.stage).toBe('open');
  });
});

describe('signing in', () => {
  it('has name and lobby saved, and the screen stays, also after a start', async () => {
    const run = await start();
    expect(await run.keep(answers)).toMatchObject({ ok: true });
    expect(settings.values).toMatchObject({ lobbyUrl: LOBBY, displayName: 'Ana' });
    expect(run.state?.stage).toBe('open');
    expect((await start()).state).toMatchObject({ stage: 'open', typed: { lobby: LOBBY } });
  });
});

describe('"Not now"', () => {
  it('counts from then on, and what was typed is there when it is brought back', async () => {
    const run = await start();
    run.typed(answers);
    await run.show(false);
    expect(run.state?.stage).toBe('later');
    const again = await start();
    expect(again.state?.stage).toBe('later');
    await again.show(true);
    expect(again.state).toMatchObject({ stage: 'open', typed: { name: ' Ana ', lobby: LOBBY } });
  });

  it('counts for this run when it cannot be written', async () => {
    const run = await start();
    await mkdir(join(file(), 'in-the-way'), { recursive: true });
    await run.show(false);
    expect(run.state?.stage).toBe('later');
  });
});

it('is over once the user has been in a call', async () => {
  const run = await start();
  run.callChanged(IDLE);
  expect(run.state?.stage).toBe('open');
  run.callChanged({ phase: 'joined' } as Parameters<FirstRun['callChanged']>[0]);
  expect(run.state).toBeUndefined();
  await expect.poll(written).toMatchObject({ firstRun: { stage: 'over' } });
});

it('is brought back with what is set', async () => {
  await userSays({ lobbyUrl: '', displayName: 'Ana' });
  const run = await start();
  expect(run.state).toBeUndefined();
  await run.show(true);
  expect(run.state).toMatchObject({ stage: 'open', typed: { name: 'Ana', lobby: '', free: false } });
});
