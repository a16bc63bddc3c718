import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Settings } from '../../../../main/settings/settings';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-settings-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const userFile = () => join(folder, 'settings.json');
const policyFile = () => join(folder, 'policy.json');
const read = (environment: NodeJS.ProcessEnv = {}) =>
  Settings.read({ directory: folder, policyFile: policyFile(), environment, version: '0.2.0' });
const userSays = (json: unknown) => writeFile(userFile(), JSON.stringify(json));
const policySays = (json: unknown) => writeFile(policyFile(), JSON.stringify(json));

const defaults = {
  lobbyUrl: '',
  lobbies: [],
  freeUrl: 'https://meet.jit.si',
  displayName: '',
  freeMode: false,
  startMuted: false,
  cameraOff: false,
  audioOnly: false,
  keepRecentCalls: true,
  peopleNotices: true,
  attentionNotices: true,
  theme: 'system',
  language: 'system',
  freeNoticeRead: false,
  tokenOrigins: [],
  compactBar: true,
  shortcuts: {},
  hiddenMeetings: [],
  devices: [],
  config: { overrides: {}, refused: [] },
  updateUrl: '',
  updates: 'on',
};

describe('the layers', () => {
  it('are the defaults alone on the first start', async () => {
    const settings = await read();
    expect(settings.values).toEqual(defaults);
    expect(settings.locked).toEqual([]);
    expect(settings.fault).toBeUndefined();
  });

  it('are environment, policy, user, default: the first that says something wins', async () => {
    await userSays({
      lobbyUrl: 'https://user.example',
      freeUrl: 'https://free.user.example',
      displayName: 'User',
    });
    await policySays({ lobbyUrl: 'https://policy.example', freeUrl: 'https://free.policy.example' });
    const settings = await read({ PARLEY_LOBBY_URL: 'https://environment.example' });
    expect(settings.values).toEqual({
      ...defaults,
      lobbyUrl: 'https://environment.example',
      lobbies: ['https://environment.example'],
      freeUrl: 'https://free.policy.example',
      displayName: 'User',
    });
  });

  it('take from the environment an address and a name, as they are stored', async () => {
    const settings = await read({
      PARLEY_LOBBY_URL: ' localhost:8788/ ',
      PARLEY_FREE_URL: 'HTTPS://Jitsi.Example.com/',
      PARLEY_DISPLAY_NAME: ' Ada ',
    });
    expect(settings.values).toMatchObject({
      lobbyUrl: 'http://localhost:8788',
      freeUrl: 'https://jitsi.example.com',
      displayName: 'Ada',
    });
  });

  it('pass over a variable that is empty or no value', async () => {
    await userSays({ lobbyUrl: 'https://user.example', displayName: 'User' });
    const settings = await read({
      PARLEY_LOBBY_URL: 'http://insecure.example',
      PARLEY_FREE_URL: 'javascript:alert(1)',
      PARLEY_DISPLAY_NAME: '',
    });
    expect(settings.values).toMatchObject({ lobbyUrl: 'https://user.example', displayName: 'User' });
    expect(settings.fault).toBeUndefined();
  });

  it('an emptied address of free public Jitsi is the usual one', async () => {
    await policySays({ freeUrl: '' });
    expect((await read()).values.freeUrl).toBe('https://meet.jit.si');
  });
});

describe('a policy', () => {
  it('locks what it sets, and nothing else', async () => {
    await policySays({ lobbyUrl: 'https://policy.example', freeMode: false });
    expect((await read()).locked).toEqual(['lobbyUrl', 'freeMode']);
  });

  it("holds against the user's own change", async () => {
    await policySays({ freeMode: false });
    const settings = await read();
    await settings.change({ freeMode: true, displayName: 'Ada' });
    expect(settings.values).toMatchObject({ freeMode: false, displayName: 'Ada' });
  });

  it.each([
    ['is no JSON', '{', false],
    ['is a list', '[]', false],
    ['has an unprotected address', '{"lobbyUrl":"http://lobby.example.com"}', true],
    ['has a switch in words', '{"freeMode":"false"}', true],
  ])('that %s is reported, stays where it is, and leaves the rest in force', async (_what, text, partly) => {
    await writeFile(policyFile(), text);
    await userSays({ displayName: 'Ada' });
    const settings = await read();
    expect(settings.policyFault).toMatchObject({ file: policyFile(), keptAs: undefined, partly });
    expect(settings.fault).toBeUndefined();
    expect(settings.values).toEqual({ ...defaults, displayName: 'Ada' });
    expect(await readFile(policyFile(), 'utf8')).toBe(text);
  });
});

it('what policy’s file may not say on this system is not in force, locks nothing, and is reported', async () => {
  await userSays({ updateUrl: 'https://user.example' });
  await policySays({ updateUrl: 'https://policy.example', theme: 'dark' });
  const settings = await Settings.read({
    ...{ directory: folder, policyFile: policyFile(), environment: {}, version: '0.2.0' },
    unheardOfPolicy: ['updateUrl'],
  });
  expect(settings.values).toMatchObject({ updateUrl: 'https://user.example', theme: 'dark' });
  expect(settings.locked).toEqual(['theme']);
  expect(settings.policyFault).toMatchObject({ file: policyFile(), partly: true, wrong: ['updateUrl'] });
});

describe('overrides of the deployment’s config', () => {
  it('are policy’s alone: what a user’s file says of them is nothing', async () => {
    await userSays({ config: { disablePolls: true } });
    expect((await read()).values.config.overrides).toEqual({});
    await policySays({ config: { disablePolls: true } });
    const settings = await read();
    expect(settings.values.config.overrides).toEqual({ disablePolls: true });
    expect(settings.locked).toEqual([]);
    expect(JSON.stringify(settings.shown)).not.toContain('disablePolls');
  });

  it('that are refused are reported by name, and cost no other', async () => {
    await policySays({
      config: { disablePolls: true, hosts: { domain: 'x' }, startSilent: true },
      theme: 'pink',
    });
    const settings = await read();
    expect(settings.values.config.overrides).toEqual({ disablePolls: true });
    const wrong = ['theme', 'config.hosts.domain', 'config.startSilent'];
    expect(settings.policyFault).toEqual({ file: policyFile(), keptAs: undefined, partly: true, wrong });
  });
});

describe('lobbies', () => {
  const [one, two] = ['https://one.example', 'https://two.example'];

  it('hold the one in use, which a file from before there were several names alone', async () => {
    await userSays({ lobbyUrl: one });
    expect((await read()).values.lobbies).toEqual([one]);
    await userSays({ lobbyUrl: two, lobbies: [one, two, one, `${two}/`] });
    expect((await read()).values.lobbies).toEqual([one, two]);
  });

  it('that policy names are the only ones; one of them is in use', async () => {
    await policySays({ lobbies: [one, two] });
    await userSays({ lobbyUrl: 'https://user.example', lobbies: ['https://user.example'] });
    expect((await read()).values).toMatchObject({ lobbyUrl: one, lobbies: [one, two] });
    await userSays({ lobbyUrl: two });
    expect((await read()).values).toMatchObject({ lobbyUrl: two, lobbies: [one, two] });
    expect((await read()).locked).toEqual(['lobbies']);
  });

  it('that policy names give way to its own address, and to the environment', async () => {
    const policy = 'https://policy.example';
    await policySays({ lobbies: [one], lobbyUrl: policy });
    expect((await read()).values).toMatchObject({ lobbyUrl: policy, lobbies: [one, policy] });
    expect((await read({ PARLEY_LOBBY_URL: two })).values.lobbyUrl).toBe(two);
  });
});

it('what the toolbar is shown has nothing that is Parley’s own', async () => {
  await userSays({ tokenOrigins: ['https://lobby.example.com'], shortcuts: { leave: 'Ctrl+L' } });
  expect(JSON.stringify((await read()).shown)).not.toMatch(/tokenOrigins|shortcuts/);
});

describe("the user's file", () => {
  it.each([
    ['is no JSON', '{"displayName":'],
    ['is empty', ''],
    ['is a text', '"Ada"'],
    ['is a list', '[]'],
  ])('that %s is kept aside and reported; defaults are used', async (_what, text) => {
    await writeFile(userFile(), text);
    const settings = await read();
    const keptAs = `${userFile()}.unreadable`;
    expect(settings.values).toEqual(defaults);
    expect(settings.fault).toMatchObject({ file: userFile(), keptAs, partly: false });
    expect(await readFile(keptAs, 'utf8')).toBe(text);
    expect(await readdir(folder)).toEqual(['settings.json.unreadable']);
  });

  it.each([
    ['a number for a name', { displayName: 7 }],
    ['an unprotected address', { lobbyUrl: 'http://lobby.example.com' }],
    ['a switch in words', { startMuted: 'yes' }],
    ['a name that is too long', { displayName: 'x'.repeat(81) }],
    ['a theme of another make', { theme: 'pink' }],
    ['a list that is none', { lobbies: 'https://lobby.example.com' }],
    ['keys that are none', { shortcuts: { leave: 7 } }],
  ])('that has %s loses nothing else; what was in it is kept and reported', async (_what, wrong) => {
    await userSays({ freeMode: true, language: 'de', ...wrong });
    const text = await readFile(userFile(), 'utf8');
    const settings = await read();
    const keptAs = `${userFile()}.unreadable`;
    expect(settings.values).toEqual({ ...defaults, freeMode: true, language: 'de' });
    expect(settings.fault).toMatchObject({ file: userFile(), keptAs, partly: true });
    expect(await readFile(keptAs, 'utf8')).toBe(text);
    expect((await read()).values.language).toBe('de');
  });

  it('that was kept aside is reported until settings are saved anew', async () => {
    await writeFile(userFile(), '{');
    const settings = await read();
    await settings.change({ displayName: 'Ada' });
    expect(settings.fault).toBeUndefined();
    expect((await read()).values.displayName).toBe('Ada');
  });

  it('is reported beside policy’s, whose fault no change of the user’s ends', async () => {
    await writeFile(userFile(), '{');
    await writeFile(policyFile(), '{"theme":"pink"}');
    const settings = await read();
    expect(settings.fault).toMatchObject({ file: userFile() });
    expect(settings.policyFault).toMatchObject({ file: policyFile(), wrong: ['theme'] });
    await settings.change({ displayName: 'Ada' });
    expect([settings.fault, settings.policyFault?.file]).toEqual([undefined, policyFile()]);
    await policySays({ theme: 'dark' });
    expect((await read()).policyFault).toBeUndefined();
  });

  it('of a later version is read for what is known', async () => {
    await userSays({ displayName: 'Ada', later: { x: 1 } });
    expect((await read()).values).toEqual({ ...defaults, displayName: 'Ada' });
  });
});

describe('a change', () => {
  it('is there at the next start, without what only environment or policy say', async () => {
    await policySays({ freeUrl: 'https://free.policy.example' });
    const settings = await read({ PARLEY_DISPLAY_NAME: 'Env' });
    await settings.change({ lobbyUrl: 'https://lobby.example.com' });
    expect(JSON.parse(await readFile(userFile(), 'utf8'))).toEqual({
      lobbyUrl: 'https://lobby.example.com',
      writtenBy: '0.2.0',
    });
    expect((await read()).values.lobbyUrl).toBe('https://lobby.example.com');
  });

  it('does not undo another that is under way', async () => {
    const settings = await read();
    await Promise.all([
      settings.change({ displayName: 'Ada' }),
      settings.change({ freeMode: true }),
      settings.change({ lobbyUrl: 'https://lobby.example.com' }),
    ]);
    const lobbyUrl = 'https://lobby.example.com';
    const all = { ...defaults, displayName: 'Ada', freeMode: true, lobbyUrl, lobbies: [lobbyUrl] };
    expect(settings.values).toEqual(all);
    expect((await read()).values).toEqual(all);
  });

  it('that cannot be written is refused and leaves the settings as before; the next one may succeed', async () => {
    const settings = await read();
    await settings.change({ displayName: 'Ada' });
    await rm(userFile());
    await mkdir(join(userFile(), 'in-the-way'), { recursive: true });
    await expect(settings.change({ displayName: 'Eve' })).rejects.toThrow();
    expect(settings.values.displayName).toBe('Ada');
    await rm(userFile(), { recursive: true });
    await settings.change({ freeMode: true });
    expect((await read()).values).toMatchObject({ displayName: 'Ada', freeMode: true });
  });
});

it("a folder in the place of the user's file is moved aside as well", async () => {
  await mkdir(userFile());
  const settings = await read();
  expect(settings.fault).toMatchObject({
    file: userFile(),
    keptAs: `${userFile()}.unreadable`,
    partly: false,
  });
  await settings.change({ displayName: 'Ada' });
  expect((await read()).values.displayName).toBe('Ada');
});
