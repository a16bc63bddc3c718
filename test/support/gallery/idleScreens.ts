/** The screens without a call, and those of calls that have failed, each as the snapshot that the main process would push. */
import type { DeepLinkFault } from '../../../shared/deepLink';
import type { LinkMatter, ShareSource, ShownSettings } from '../../../shared/ipc/snapshot';
import type { FirstRunState } from '../../../shared/firstRun';
import type { RecentCall } from '../../../shared/recentCall';
import { RoomName } from '../../../shared/roomName';
import { failures } from '../everyFailure';
import { inCall, intent } from './callScreens';
import { offer, signInState } from './settingsScreens';
import type { Changes, Screen } from './screen';

/** Noon of one day: recent calls tell their time, and pictures are to be the same each time. */
const NOON = Date.UTC(2026, 2, 3, 12);

const recentCalls: readonly RecentCall[] = [
  ['standup', 'https://lobby.example.com', false],
  ['brisk-otter-maple-quill', 'https://lobby.example.com', false],
  [
    'a-room-whose-name-somebody-has-made-quite-long-indeed',
    'https://calls.another-company.example.org:8443',
    false,
  ],
  ['open-hour', 'https://meet.jit.si', true],
].map(([room, place, free], index) => ({
  room: RoomName.parse(room),
  place: String(place),
  free: free === true,
  at: NOON - index * 26 * 3_600_000,
}));

const settings = (changes: Partial<ShownSettings>) => ({ settings: changes });

const firstRun: FirstRunState = {
  stage: 'open',
  asks: { name: true, lobby: true, free: true },
  typed: { name: 'Ana', lobby: '', free: false },
  lobby: '',
};

/** Policy's file and the user's own, both with something in them that cannot be. */
export const BOTH_FILES_BROKEN: Screen = {
  name: 'settings-files-both',
  has: {
    policyFault: { file: '/etc/xdg/parley/config.json', keptAs: undefined, partly: true, wrong: ['theme'] },
    settingsFault: {
      file: '/home/ana/.config/Parley/settings.json',
      keptAs: '/home/ana/.config/Parley/settings.json.unreadable',
      partly: false,
      wrong: [],
    },
  },
};

const plain: readonly Screen[] = [
  { name: 'first-run', has: { ...settings({ lobbyUrl: '', lobbies: [] }), firstRun } },
  {
    name: 'first-run-sign-in',
    has: {
      ...settings({ lobbyUrl: '', lobbies: [] }),
      firstRun: { ...firstRun, typed: { ...firstRun.typed, lobby: 'https://lobby.example.com' } },
      signIn: signInState({ token: true, browser: 'login.example.com', password: true }),
    },
  },
  {
    name: 'first-run-later',
    has: { ...settings({ lobbyUrl: '', lobbies: [] }), firstRun: { ...firstRun, stage: 'later' } },
  },
  { name: 'update-offered', has: { update: { step: 'offered', offer, by: 'parley', cost: 'free' } } },
  { name: 'diagnostics-copied', has: { diagnosticsCopied: true } },
  { name: 'ready', has: {} },
  { name: 'ready-recent-calls', has: { recentCalls } },
  { name: 'ready-free', has: { ...settings({ freeMode: true }), recentCalls } },
  { name: 'ready-free-locked', has: settings({ freeMode: true, locked: ['freeMode'] }) },
  { name: 'join', has: {}, panel: 'join' },
  { name: 'free-notice', has: settings({ freeNoticeRead: false }), panel: 'free-notice' },
  {
    name: 'settings-file-lost',
    has: {
      settingsFault: {
        file: '/home/ana/.config/Parley/settings.json',
        keptAs: '/home/ana/.config/Parley/settings.json.broken',
        partly: false,
        wrong: [],
      },
    },
  },
  {
    name: 'settings-file-later',
    has: {
      settingsFault: {
        file: '/home/ana/.config/Parley/settings.json',
        keptAs: undefined,
        partly: true,
        wrong: ['theme'],
        later: '1.4.0',
      },
    },
  },
  {
    name: 'settings-file-partly',
    has: {
      settingsFault: {
        file: '/home/ana/.config/Parley/settings.json',
        keptAs: '/home/ana/.config/Parley/settings.json.unreadable',
        partly: true,
        wrong: ['theme', 'lobbies'],
      },
    },
  },
  {
    name: 'policy-file-lost',
    has: {
      policyFault: { file: '/etc/xdg/parley/config.json', keptAs: undefined, partly: false, wrong: [] },
    },
  },
  BOTH_FILES_BROKEN,
];

const question = (name: string, link: LinkMatter, has: Changes = {}): Screen => ({
  name: `link-${name}`,
  has: { ...has, link: { ...link, id: 1 } },
});
const room = RoomName.parse('brisk-otter-maple-quill');

const linkFaults = Object.keys({
  'too-long': 0,
  form: 0,
  action: 0,
  parameter: 0,
  lobby: 0,
  invite: 0,
  room: 0,
  incomplete: 0,
  'foreign-lobby': 0,
} satisfies Record<DeepLinkFault | 'foreign-lobby', 0>) as (DeepLinkFault | 'foreign-lobby')[];

const links: readonly Screen[] = [
  question('call', { kind: 'call' }),
  question('join-own', { kind: 'join', host: 'lobby.example.com', room, own: true }),
  question('join-guest', { kind: 'join', host: 'lobby.elsewhere.example', room, own: false }),
  question('join-unnamed', { kind: 'join', host: 'lobby.elsewhere.example', room: undefined, own: false }),
  question('in-call', { kind: 'join', host: 'lobby.example.com', room, own: true }, inCall),
  ...linkFaults.map((fault) =>
    question(`refused-${fault}`, { kind: 'refused', fault, host: 'lobby.elsewhere.example' }),
  ),
];

/** One of each kind. Without a lobby the settings open instead. */
const failed: readonly Screen[] = Object.values(failures).flatMap(([failure]) =>
  failure === undefined || failure.code === 'no-lobby'
    ? []
    : [{ name: `failure-${failure.code}`, has: { call: { phase: 'failed', intent, failure } } }],
);

/** Two colours, so that it can be seen where the picture ends. */
const thumbnail = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200"><rect width="320" height="200" fill="#468"/><rect x="40" y="40" width="240" height="90" fill="#eee"/></svg>',
)}`;
const source = (id: string, name: string, picture: string | undefined): ShareSource => ({
  id,
  name,
  kind: id.startsWith('screen') ? 'screen' : 'window',
  thumbnail: picture,
});
const host = 'meet.example.com';
const picker = (name: string, sources: readonly ShareSource[] | undefined): Screen => ({
  name: `picker-${name}`,
  has: { ...inCall, sharing: { picker: { host, sources }, shared: undefined } },
});

const pickers: readonly Screen[] = [
  picker('looking', undefined),
  picker('nothing', []),
  picker('screens', [
    source('screen:1', 'Entire screen', thumbnail),
    source('screen:2', 'The big one on the left, 3840 by 2160', thumbnail),
    source('screen:3', 'Screen 3', undefined),
  ]),
];

export const idleScreens: readonly Screen[] = [...plain, ...links, ...pickers];
export const failureScreens: readonly Screen[] = failed;
