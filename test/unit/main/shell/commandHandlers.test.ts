/** What the toolbar's commands come to, over real settings and a lobby played by its HTTP answers. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallController } from '../../../../main/call/callController';
import { LobbyClient } from '../../../../main/call/lobbyClient';
import { MeetingDevices } from '../../../../main/call/meetingDevices';
import { RecentCalls } from '../../../../main/call/recentCalls';
import type { RoomFinder } from '../../../../main/call/roomFinder';
import { ScreenSharing } from '../../../../main/call/screenSharing';
import { FirstRun } from '../../../../main/firstRun/firstRun';
import { IncomingLinks } from '../../../../main/links/incomingLinks';
import { Credentials } from '../../../../main/security/credentials';
import type { CommandHandler } from '../../../../main/security/ipc';
import { BoundedKeychain } from '../../../../main/security/keychain';
import { changeSettings } from '../../../../main/settings/changeSettings';
import { Settings } from '../../../../main/settings/settings';
import { newCommandHandler } from '../../../../main/shell/commandHandlers';
import { HiddenMeeting } from '../../../../main/shell/hiddenMeeting';
import type { LobbyChoice } from '../../../../main/shell/handlers/settings';
import { LobbyAccess } from '../../../../main/signIn/lobbyAccess';
import { SignIn } from '../../../../main/signIn/signIn';
import { SidePanel } from '../../../../main/shell/sidePanel';
import { Stage } from '../../../../main/shell/stage';
import { type CallIntent, type CallState, IDLE, next } from '../../../../shared/callState';
import type { CredentialState, Snapshot } from '../../../../shared/ipc/snapshot';
import { RoomName } from '../../../../shared/roomName';

const LOBBY = 'https://lobby.example.com';
const screenSource = { id: 'screen:1:0', name: 'Screen 1', kind: 'screen', thumbnail: undefined } as const;
const form = { lobbyUrl: LOBBY, displayName: ' Ada ', accessToken: ' secret ' };

let folder: string;
let settings: Settings;
let recents: RecentCalls;
let side: SidePanel;
let menus: { x: number; y: number }[];
let calls: CallController;
let sharing: ScreenSharing;
let handle: CommandHandler;
let tokens: Map<string, string>;
/** It then has nothing to delete. */
let keychainLocked: boolean;
let permitted: unknown[];
let privacyOpened: string[];
const keysPressed: unknown[] = [];
let startsAtLogin = false;
let copied: string[];
let learned: (CredentialState | undefined)[];
let intents: CallIntent[];
let picked: LobbyChoice;
let lobbyAnswers: (url: string, init: RequestInit) => Promise<Response>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-commands-'));
  settings = await Settings.read({
    directory: folder,
    policyFile: join(folder, 'policy.json'),
    environment: {},
    version: '0.2.0',
  });
  tokens = new Map();
  keychainLocked = false;
  copied = [];
  permitted = [];
  privacyOpened = [];
  learned = [];
  intents = [];
  const keychain = {
    getPassword: (_service: string, account: string) => Promise.resolve(tokens.get(account) ?? null),
    setPassword: (_service: string, account: string, password: string) =>
      Promise.resolve(void tokens.set(account, password)),
    deletePassword: (_service: string, account: string) =>
      Promise.resolve(!keychainLocked && tokens.delete(account)),
  };
  const origins = new Set<string>();
  const credentials = new Credentials(new BoundedKeychain(() => Promise.resolve(keychain)), {
    has: (origin) => origins.has(origin),
    add: (origin) => Promise.resolve(void origins.add(origin)),
    delete: (origin) => Promise.resolve(void origins.delete(origin)),
  });
  const finder: Pick<RoomFinder, 'find'> = {
    find(intent) {
      intents.push(intent);
      return Promise.resolve({ ok: false, failure: { code: 'no-lobby' } });
    },
  };
  calls = new CallController({
    finder: finder as RoomFinder,
    settings: () => ({ ...settings.values, config: {} }),
    openView: () => {
      throw new Error('No page is opened here.');
    },
    unseen: () => false,
    onSharing: () => undefined,
    onDeviceList: () => undefined,
    network: { probe: () => Promise.resolve(true), isOnline: () => true },
    onChange: () => undefined,
    monotonic: () => 0,
    wallClock: () => 0,
    random: () => 0,
  });
  sharing = new ScreenSharing({
    sources: () => Promise.resolve([screenSource]),
    systemPicks: false,
    onDropped: () => undefined,
    onChange: () => undefined,
  });
  side = new SidePanel(
    () => calls.state,
    () => undefined,
  );
  menus = [];
  recents = await RecentCalls.read({
    directory: folder,
    rules: () => ({ ...settings.values, lobbies: [LOBBY], freeForbidden: false }),
    onChange: () => undefined,
  });
  const client = new LobbyClient((url, init) => lobbyAnswers(url, init));
  const noProvider = () => Promise.reject(new Error('There is no provider here.'));
  const access = new LobbyAccess({ credentials, openId: noProvider, client, now: () => 0 });
  const signIn = new SignIn({
    client,
    access,
    openId: noProvider,
    openBrowser: noProvider,
    onChange: () => undefined,
  });
  handle = newCommandHandler({
    calls,
    sharing,
    recents,
    settings,
    credentials,
    client,
    access,
    signIn,
    firstRun: new FirstRun({
      ...{ calls, settings, credentials, signIn },
      check: () => Promise.resolve({ ok: false, fault: 'address' }),
      onChange: () => undefined,
      push: () => undefined,
    }),
    links: new IncomingLinks({
      calls,
      settings: () => settings.values,
      onChange: () => undefined,
      onAsk: () => undefined,
    }),
    lobbyMenu: () => Promise.resolve(picked),
    devices: new MeetingDevices({
      questions: () => undefined,
      memory: () => settings.values.devices,
      onChange: () => undefined,
    }),
    updates: { look: vi.fn(), load: vi.fn(), restart: vi.fn(), addressChanged: vi.fn() },
    permissions: {
      setNaming: (on) => permitted.push(on),
      setOpening: (device, on) => permitted.push([device, on]),
    },
    popUpDevices: () => {
      throw new Error('There is no call whose devices a menu could show.');
    },
    openPrivacySettings: (device) => privacyOpened.push(device),
    stage: new Stage(
      () => ({ width: 800, height: 600 }),
      () => undefined,
    ),
    side: {
      side,
      openMoreMenu: (at) => menus.push(at),
    },
    people: {
      hiddenMeeting: new HiddenMeeting({
        call: () => calls.state,
        kinds: () => settings.values.hiddenMeetings,
        keep: (hiddenMeetings) => changeSettings(settings, { hiddenMeetings }),
        control: () => undefined,
        onChange: () => undefined,
      }),
      openPersonMenu: () => undefined,
    },
    desktop: {
      settings,
      autostart: {
        isOn: () => Promise.resolve(startsAtLogin),
        set: (on) => Promise.resolve(void (startsAtLogin = on)),
      },
      isFree: (chord) => chord !== 'F4',
      openWindow: () => undefined,
      moveBar: () => undefined,
      openBarMenu: () => undefined,
      setRecording: () => undefined,
      pressKeys: (id) => keysPressed.push(id),
      holdToTalk: (on) => keysPressed.push(on),
      onChange: () => undefined,
    },
    snapshot: () => ({ call: calls.state }) as Snapshot,
    onChange: (credential) => learned.push(credential),
    copy: (text) => copied.push(text),
    about: {
      versions: { parley: '0.1.0', electron: '45', chromium: '1', node: '24', system: 'Linux' },
      logs: '/logs',
      licences: () => Promise.resolve('Apache'),
      copyDiagnostics: () => Promise.resolve(void copied.push('diagnostics')),
      showLogs: () => Promise.resolve(undefined),
    },
  });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('what is no command', () => {
  it.each([
    ['call/explode'],
    ['__proto__'],
    ['toString'],
    ['hasOwnProperty'],
    [undefined],
    [7],
    [['call/start']],
  ])('%j is refused', (name) => {
    expect(() => handle(name, undefined)).toThrow('Unknown command.');
  });

  it.each([
    ['call/start', { media: 'screen' }],
    ['call/join', 'brisk-otter'],
    ['call/leave', {}],
    ['settings/save', { ...form, freeMode: true }],
  ])('%s with %j is refused, and nothing is done', (name, argument) => {
    expect(() => handle(name, argument)).toThrow(`Bad argument for "${name}".`);
    expect([intents, learned]).toEqual([[], []]);
  });
});

describe('starting', () => {
  it('a call of the kind that was asked for, in the mode that is set', async () => {
    handle('call/start', { media: 'video' });
    await settings.change({ freeMode: true });
    handle('call/dismiss', undefined);
    handle('call/join', { text: 'https://meet.jit.si/brisk-otter#config.x=1' });
    const target = { kind: 'url', deployment: 'https://meet.jit.si', room: 'brisk-otter' };
    expect(intents).toEqual([
      { target: { kind: 'new' }, media: 'video', free: false },
      { target, media: 'audio', free: true },
    ]);
  });

  it('nothing by a text that leads nowhere; the fault is answered', () => {
    expect(handle('call/join', { text: 'javascript:alert(1)' })).toBe('not-a-link');
    expect(intents).toEqual([]);
  });
});

describe('saving', () => {
  it('puts the token into the keychain and the rest into the file', async () => {
    expect(await handle('settings/save', form)).toEqual({ ok: true, credential: { state: 'stored' } });
    expect([...tokens]).toEqual([[LOBBY, 'secret']]);
    expect(settings.values).toMatchObject({
      lobbyUrl: LOBBY,
      displayName: 'Ada',
      firstRun: { stage: 'over' },
    });
    expect(JSON.stringify(settings.values)).not.toContain('secret');
    expect(learned.at(-1)).toEqual({ state: 'stored' });
  });

  it('without a token keeps the one that is stored', async () => {
    await handle('settings/save', form);
    await handle('settings/save', { lobbyUrl: `${LOBBY}/`, displayName: 'Ana' });
    expect([...tokens]).toEqual([[LOBBY, 'secret']]);
    expect(settings.values.displayName).toBe('Ana');
  });

  it.each([
    [{ ...form, lobbyUrl: 'http://lobby.example.com' }, 'insecure'],
    [{ ...form, lobbyUrl: 'HTTP://localhost.evil.example' }, 'insecure'],
    [{ ...form, lobbyUrl: 'not an address' }, 'address'],
    [{ ...form, lobbyUrl: ' ' }, 'required'],
  ])('%j is refused, and nothing is kept', async (bad, fault) => {
    expect(await handle('settings/save', bad)).toEqual({ ok: false, field: 'lobbyUrl', fault });
    expect([tokens.size, settings.values.displayName, learned]).toEqual([0, '', []]);
  });

  it('that the disk refuses is said, and the token goes nowhere', async () => {
    await mkdir(join(folder, 'settings.json', 'in-the-way'), { recursive: true });
    expect(await handle('settings/save', form)).toMatchObject({ ok: false, field: 'file' });
    expect(tokens.size).toBe(0);
  });
});

describe('forgetting and looking', () => {
  it('are about the lobby that is set, and about none when none is', async () => {
    expect(await handle('settings/forget', undefined)).toEqual({ state: 'not-stored' });
    await handle('settings/save', form);
    await handle('settings/inspect', undefined);
    expect(learned.at(-1)).toEqual({ state: 'stored' });
    keychainLocked = true;
    const withheld = { state: 'keychain-unavailable', fault: 'withheld', heldUntilQuit: false };
    expect(await handle('settings/forget', undefined)).toEqual(withheld);
    expect(learned.at(-1)).toEqual(withheld);
    keychainLocked = false;
    expect(await handle('settings/forget', undefined)).toEqual({ state: 'not-stored' });
    expect(tokens.size).toBe(0);
  });
});

describe('several lobbies', () => {
  const other = 'https://other.example.com';
  beforeEach(async () => {
    await handle('settings/save', form);
    await handle('settings/save', { lobbyUrl: other, displayName: 'Ada', accessToken: 'another' });
  });

  it('are kept with a token each, and the one saved last is in use', () => {
    expect(settings.values).toMatchObject({ lobbyUrl: other, lobbies: [LOBBY, other] });
    expect([...tokens]).toEqual([
      [LOBBY, 'secret'],
      [other, 'another'],
    ]);
  });

  it('are switched by name or by the menu, to one of them alone', async () => {
    await handle('lobbies/use', { origin: LOBBY });
    expect([settings.values.lobbyUrl, learned.at(-1)]).toEqual([LOBBY, { state: 'stored' }]);
    picked = { use: other };
    expect(await handle('lobbies/menu', { x: 0, y: 40 })).toEqual({ ok: true });
    expect(settings.values.lobbyUrl).toBe(other);
    await handle('lobbies/use', { origin: 'https://stranger.example.com' });
    expect(settings.values.lobbyUrl).toBe(other);
    picked = 'manage';
    expect(await handle('lobbies/menu', { x: 0, y: 40 })).toBe('manage');
  });

  it('stay as they are when the disk refuses, and the menu answers why', async () => {
    await rm(join(folder, 'settings.json'));
    await mkdir(join(folder, 'settings.json', 'in-the-way'), { recursive: true });
    picked = { use: LOBBY };
    expect(await handle('lobbies/menu', { x: 0, y: 40 })).toMatchObject({ ok: false });
    expect(settings.values.lobbyUrl).toBe(other);
    picked = undefined;
    expect(await handle('lobbies/menu', { x: 0, y: 40 })).toEqual({ ok: true });
  });

  it('are removed with their token, but for the one in use', async () => {
    await handle('lobbies/remove', { origin: other });
    expect(settings.values.lobbies).toEqual([LOBBY, other]);
    expect(await handle('lobbies/remove', { origin: LOBBY })).toEqual({ ok: true, tokenLeft: undefined });
    expect(settings.values).toMatchObject({ lobbyUrl: other, lobbies: [other] });
    expect([...tokens]).toEqual([[other, 'another']]);
  });

  it('are removed from the list when the keychain does not let go of the token, and that is answered', async () => {
    keychainLocked = true;
    expect(await handle('lobbies/remove', { origin: LOBBY })).toEqual({ ok: true, tokenLeft: 'withheld' });
    expect(settings.values).toMatchObject({ lobbyUrl: other, lobbies: [other] });
    expect(tokens.size).toBe(2);
  });
});

describe('preferences', () => {
  it('count at once', async () => {
    expect(await handle('settings/change', { startMuted: true, theme: 'dark' })).toEqual({ ok: true });
    expect(settings.values).toMatchObject({ startMuted: true, theme: 'dark', cameraOff: false });
  });

  it('that the disk refuses stay as they were, and the reason is answered', async () => {
    await mkdir(join(folder, 'settings.json', 'in-the-way'), { recursive: true });
    expect(await handle('settings/change', { startMuted: true })).toMatchObject({ ok: false });
    expect(settings.values.startMuted).toBe(false);
  });

  it.each([[{ lobbyUrl: 'https://evil.example' }], [{ theme: 'pink' }], [{ startMuted: 'yes' }]])(
    '%j is none',
    (changes) => {
      expect(() => handle('settings/change', changes)).toThrow('Bad argument');
    },
  );
});

describe('free mode', () => {
  it('once turned on, ends the first run, whatever was typed there', async () => {
    handle('first-run/typed', { name: 'Ada', lobby: LOBBY, free: false });
    await handle('settings/free-mode', { on: true, noticeRead: true });
    expect(settings.values.firstRun?.stage).toBe('over');
  });

  it('cannot be turned on before its notice was read, and then it can, without reading it again', async () => {
    await handle('settings/free-mode', { on: true, noticeRead: false });
    expect(settings.values.freeMode).toBe(false);
    await handle('settings/free-mode', { on: true, noticeRead: true });
    expect(settings.values.freeMode).toBe(true);
    await handle('settings/free-mode', { on: false, noticeRead: false });
    await handle('settings/free-mode', { on: true, noticeRead: false });
    expect(settings.values.freeMode).toBe(true);
  });

  it('that the disk refuses stays off, and the reason is answered', async () => {
    await mkdir(join(folder, 'settings.json', 'in-the-way'), { recursive: true });
    const answer = await handle('settings/free-mode', { on: true, noticeRead: true });
    expect(answer).toEqual({ ok: false, fault: expect.stringMatching(/EISDIR|ENOTEMPTY/) as string });
    expect(settings.values.freeMode).toBe(false);
  });

  it('cannot be changed while a call is under way', async () => {
    handle('call/start', { media: 'audio' });
    await handle('settings/free-mode', { on: true, noticeRead: true });
    expect(settings.values.freeMode).toBe(false);
  });
});

describe('testing the connection', () => {
  const deployments = [{ id: 'eu', url: 'https://meet.example.com', region: 'eu' }];

  it('asks with the token that was typed, and keeps it nowhere', async () => {
    const sent: (string | null)[] = [];
    lobbyAnswers = (_url, init) => {
      sent.push(new Headers(init.headers).get('authorization'));
      return Promise.resolve(Response.json({ deployments }));
    };
    const check = await handle('settings/test', form);
    expect(check).toEqual({ ok: true, host: 'lobby.example.com', deployments: ['meet.example.com'] });
    expect([sent, tokens.size]).toEqual([['Bearer secret'], 0]);
  });

  it.each([
    [401, { fault: 'unauthorized', tokenSent: true }],
    [404, { fault: 'not-a-lobby', detail: '404' }],
    [500, { fault: 'broken', status: 500 }],
  ])('says what a %d means', async (status, fault) => {
    lobbyAnswers = () => Promise.resolve(new Response('', { status }));
    expect(await handle('settings/test', form)).toEqual({ ok: false, host: 'lobby.example.com', ...fault });
  });

  it('says that nobody is there, and asks nobody by an unprotected address', async () => {
    lobbyAnswers = () => Promise.reject(new Error('net::ERR_CONNECTION_REFUSED'));
    expect(await handle('settings/test', form)).toMatchObject({ fault: 'unreachable', network: 'refused' });
    const insecure = { ...form, lobbyUrl: 'http://lobby.example.com' };
    expect(await handle('settings/test', insecure)).toEqual({ ok: false, fault: 'insecure' });
  });
});

it('the details that are copied hold the failure, and nothing that was typed', async () => {
  await handle('settings/save', form);
  handle('call/start', { media: 'audio' });
  await vi.waitFor(() => {
    expect(calls.state.phase).toBe('failed');
  });
  handle('call/copy-details', undefined);
  expect(JSON.parse(copied[0] ?? '')).toMatchObject({ parley: '0.1.0', failure: { code: 'no-lobby' } });
  expect(copied[0]).not.toContain('secret');
});

describe('sharing the screen', () => {
  it('gives the meeting what was picked, which is named until the user stops that', async () => {
    const asked = sharing.ask('meet.example.com');
    await vi.waitFor(() => expect(sharing.state.picker?.sources).toHaveLength(1));
    await handle('share/pick', { id: 'screen:1:0' });
    expect(await asked).toEqual(screenSource);
    expect(sharing.state.shared).toBe(screenSource.name);
    await handle('share/stop', undefined);
    expect(sharing.state.shared).toBeUndefined();
  });

  it('gives it nothing when the user does not want to', async () => {
    const asked = sharing.ask('meet.example.com');
    await handle('share/cancel', undefined);
    expect(await asked).toBeUndefined();
  });
});

describe('shortcuts', () => {
  it('come from the page too, but for those that count from anywhere', async () => {
    keysPressed.length = 0;
    await handle('shortcuts/press', { id: 'mute-everyone' });
    await handle('shortcuts/talk', { on: true });
    expect(keysPressed).toEqual(['mute-everyone', true]);
    for (const id of ['talk', 'global-microphone', 'none']) {
      expect(() => handle('shortcuts/press', { id })).toThrow('Bad argument');
    }
  });

  const chord = (id: string) => settings.values.shortcuts[id];

  it('are changed, taken away, and set back', async () => {
    expect(await handle('shortcuts/set', { id: 'leave', chord: 'Mod+Shift+F9' })).toBeUndefined();
    expect(chord('leave')).toBe('Mod+Shift+F9');
    await handle('shortcuts/set', { id: 'camera', chord: '' });
    expect([chord('leave'), chord('camera')]).toEqual(['Mod+Shift+F9', '']);
    await handle('shortcuts/set', { id: 'leave' });
    expect(settings.values.shortcuts).toEqual({ camera: '' });
  });

  it('are not set back to keys that another has by now', async () => {
    await handle('shortcuts/set', { id: 'hand', chord: '' });
    await handle('shortcuts/set', { id: 'camera', chord: 'Mod+Shift+K' });
    expect(await handle('shortcuts/set', { id: 'hand' })).toEqual({ fault: 'used', by: 'camera' });
    expect([chord('hand'), chord('camera')]).toEqual(['', 'Mod+Shift+K']);
    await handle('shortcuts/set', { id: 'camera' });
    expect(await handle('shortcuts/set', { id: 'hand' })).toBeUndefined();
    expect(settings.values.shortcuts).toEqual({});
  });

  it('stay as they are when the disk refuses, and the reason is answered', async () => {
    await mkdir(join(folder, 'settings.json', 'in-the-way'), { recursive: true });
    const answer = await handle('shortcuts/set', { id: 'leave', chord: 'Mod+Shift+F9' });
    expect(answer).toEqual({ fault: 'file', detail: expect.stringMatching(/EISDIR|ENOTEMPTY/) as string });
    expect(settings.values.shortcuts).toEqual({});
  });

  it.each([
    ['leave', 'Shift+M', { fault: 'typing' }],
    ['leave', 'Mod+C', { fault: 'reserved' }],
    ['talk', 'Mod+Space', { fault: 'held' }],
    ['leave', 'Mod+Enter', { fault: 'not-a-chord' }],
    ['leave', 'Mod+Shift+M', { fault: 'used', by: 'microphone' }],
    ['global-microphone', 'F4', { fault: 'taken' }],
  ])('%s by %s: refused with the reason, and nothing changes', async (id, keys, fault) => {
    expect(await handle('shortcuts/set', { id, chord: keys })).toEqual(fault);
    expect(settings.values.shortcuts).toEqual({});
  });
});

it('starting with the session is asked of the system, whose word counts', async () => {
  expect(await handle('desktop/autostart', { on: true })).toBeUndefined();
  expect(startsAtLogin).toBe(true);
  expect(await handle('desktop/autostart', { on: false })).toBeUndefined();
  expect(startsAtLogin).toBe(false);
});

it('the menu “More” opens where its button says, and no panel without a call to stand beside', async () => {
  await handle('more/open', { x: 300, y: 40 });
  expect(menus).toEqual([{ x: 300, y: 40 }]);
  await handle('side/open', { panel: 'subject' });
  expect(side.panel).toBeUndefined();
});

describe('a recent call', () => {
  const room = RoomName.parse('brisk-otter');
  const noted = (place: string, free: boolean, at: number): CallState => {
    const intent: CallIntent = { target: { kind: 'new' }, media: 'video', free };
    const page = { name: 'video-conference-joined' as const, roomName: room, id: 'me' };
    const opened = {
      type: 'opened',
      room: { name: room, deployment: place, free, invitable: true },
    } as const;
    const asked = next(next(IDLE, { type: 'requested', intent }), opened);
    return next(asked, { type: 'page', event: page, at });
  };

  it('is joined again where it was, by its lobby or without one', async () => {
    recents.follow(noted('https://meet.example.com', false, 1), LOBBY);
    recents.follow(noted('https://meet.jit.si', true, 2), undefined);
    await handle('recent/join', { room, place: LOBBY, free: false });
    await vi.waitFor(() => expect(calls.state.phase).toBe('failed'));
    await handle('recent/join', { room, place: 'https://meet.jit.si', free: true });
    expect(intents).toEqual([
      { target: { kind: 'lobby-room', lobby: LOBBY, room }, media: 'audio', free: false },
      { target: { kind: 'url', deployment: 'https://meet.jit.si', room }, media: 'audio', free: true },
    ]);
  });

  it('that is not on the list is not joined: the page cannot name a place of its own', async () => {
    await handle('recent/join', { room, place: 'https://evil.example', free: false });
    await handle('recent/join', { room, place: LOBBY, free: false });
    expect(intents).toEqual([]);
  });
});

describe('devices', () => {
  it('are remembered by the set that was there', async () => {
    await handle('devices/choose', { kind: 'audioinput', name: 'Headset', present: ['Headset', 'Desk'] });
    await handle('devices/choose', { kind: 'audioinput', name: '', present: ['Desk'] });
    expect(settings.values.devices).toEqual([
      { kind: 'audioinput', present: ['Desk'], chosen: '' },
      { kind: 'audioinput', present: ['Desk', 'Headset'], chosen: 'Headset' },
    ]);
  });

  it('are named while they are shown, and opened only to be tried', async () => {
    await handle('devices/section', { open: true });
    await handle('devices/opening', { device: 'microphone', on: true });
    await handle('devices/opening', { device: 'microphone', on: false });
    await handle('devices/section', { open: false });
    expect(permitted).toEqual([true, ['microphone', true], ['microphone', false], false]);
  });

  it('have the system’s own settings opened, by the device and by nothing else', async () => {
    await handle('devices/privacy', { device: 'camera' });
    expect(privacyOpened).toEqual(['camera']);
    for (const argument of [{ device: 'speaker' }, { device: 'camera', address: 'https://evil.example' }, {}])
      expect(() => handle('devices/privacy', argument)).toThrow('Bad argument');
  });

  it('have no menu outside a call', async () => {
    await handle('devices/menu', { of: 'sound', x: 0, y: 40 });
  });
});
