import { expect, it } from 'vitest';
import { itemOf, type MoreActions, moreItems } from '../../../../../main/shell/more/moreMenu';
import { IDLE } from '../../../../../shared/callState';
import type { Meeting } from '../../../../../shared/meeting';
import { DEFAULT_CHORDS, MENU_SHORTCUT_IDS } from '../../../../../shared/shortcuts';
import { joinedCall } from '../../../../support/joinedCall';

/** The menu of a meeting, and what was done by it. */
function menu({
  folded = false,
  invitable = true,
  ...meeting
}: Partial<Meeting> & { folded?: boolean; invitable?: boolean } = {}) {
  const done: unknown[] = [];
  const actions: MoreActions = {
    control: (control) => done.push(control),
    openPanel: (panel) => done.push(panel),
    hide: (hidden) => done.push({ hidden }),
    copyInvite: () => done.push('copy invite'),
    openDevices: () => done.push('devices'),
    inviteByMail: () => done.push('invite by mail'),
    endForAll: () => done.push('end for all'),
    copyDiagnostics: () => done.push('copy diagnostics'),
  };
  const call = joinedCall(meeting);
  const items = moreItems(
    { ...call, room: { ...call.room, invitable } },
    { folded, hidden: false, chords: DEFAULT_CHORDS, actions },
  );
  const item = (label: string) => {
    const found = items.find((each) => each.label === label);
    if (found === undefined) throw new Error(`no item “${label}”`);
    return found;
  };
  const choose = (label: string) => {
    (item(label).click as () => void)();
    return done.at(-1);
  };
  return { items, item, choose, labels: items.flatMap(({ label }) => label ?? []) };
}

it('offers nothing before the call is joined', () => {
  const actions = undefined as unknown as MoreActions;
  expect(moreItems(IDLE, { folded: false, hidden: false, chords: DEFAULT_CHORDS, actions })).toEqual([
    { label: 'Not in the call yet', enabled: false },
  ]);
});

it('begins and ends with something to choose, and never has two lines in a row', () => {
  for (const folded of [false, true]) {
    const kinds = menu({ folded }).items.map(({ type }) => type === 'separator');
    expect([kinds[0], kinds.at(-1)]).toEqual([false, false]);
    expect(kinds.some((line, index) => line && kinds[index + 1] === true)).toBe(false);
  }
});

it('says of what is for moderators that it is', () => {
  const { items, item } = menu({ moderator: false });
  expect(items.filter(({ enabled }) => enabled === false).map(({ label }) => label)).toEqual([
    'Record call — for moderators',
    'Start live stream — for moderators',
    'Subject — for moderators',
    'Room password — for moderators',
    'Waiting room — for moderators',
    'Mute everyone else — for moderators',
    'End call for all — for moderators',
  ]);
  expect(item('Tile view').enabled).toBeUndefined();
});

it.each([
  ['Tile view', { tileView: true }, { what: 'tile-view', on: false }],
  ['Tile view', {}, { what: 'tile-view', on: true }],
  ['Audio only: receive no video', { audioOnly: true }, { what: 'audio-only', on: false }],
  ['Show or hide subtitles', {}, { what: 'subtitles' }],
  ['Record call', {}, { what: 'record', on: true }],
  [
    'Stop recording',
    { recording: { file: { state: 'on' }, stream: { state: 'off' } } },
    { what: 'record', on: false },
  ],
  ['Start live stream…', {}, 'stream'],
  [
    'Stop live stream',
    { recording: { file: { state: 'off' }, stream: { state: 'on' } } },
    { what: 'stop-stream' },
  ],
  ['Subject…', {}, 'subject'],
  ['Room password…', {}, 'room-password'],
  ['Waiting room (1)…', { waitingRoom: { on: true, knocking: [{ id: 'x', name: 'Eve' }] } }, 'waiting-room'],
  ['Mute everyone else', {}, { what: 'mute-everyone' }],
  ['Invite by mail…', {}, 'invite by mail'],
  ['End call for all…', {}, 'end for all'],
  ['Copy diagnostics', {}, 'copy diagnostics'],
  ['Chat (3 unread)', { folded: true, chat: { unread: 3, open: false } }, { what: 'chat', on: true }],
  ['Raise hand', { folded: true, handRaised: true }, { what: 'hand', on: false }],
  ['Copy invite link', { folded: true }, 'copy invite'],
] as const)('does by “%s” what the meeting needs', (label, meeting, expected) => {
  expect(menu({ moderator: true, ...meeting }).choose(label)).toEqual(expected);
});

it('marks what is on, as the page has said', () => {
  const { item } = menu({ tileView: true });
  expect([item('Tile view').checked, item('Audio only: receive no video').checked]).toEqual([true, false]);
});

it('names the keys that do the same, and leaves listening to them to others', () => {
  const { item } = menu({ folded: true });
  const keys = { accelerator: 'CommandOrControl+Shift+K', registerAccelerator: false };
  expect(item('Raise hand')).toMatchObject(keys);
  expect(item('Mute everyone else — for moderators').accelerator).toBeUndefined();
});

it('has an item for each shortcut that names one, and writes its keys beside it', () => {
  const chords = { ...DEFAULT_CHORDS, 'noise-off': 'Mod+F3', 'mute-everyone': 'Mod+F2' };
  const actions = {} as MoreActions;
  const items = moreItems(joinedCall({ moderator: true }), { folded: false, hidden: false, chords, actions });
  expect(MENU_SHORTCUT_IDS.filter((id) => itemOf(items, id) === undefined)).toEqual([]);
  expect(itemOf(items, 'mute-everyone')?.accelerator).toBe('CommandOrControl+F2');
  expect(itemOf(items, 'noise-off')).toMatchObject({ label: 'Turn off', accelerator: 'CommandOrControl+F3' });
  expect(itemOf(items, 'noise-on')?.accelerator).toBeUndefined();
});

it('says why nobody can be invited', () => {
  const { items } = menu({ moderator: true, folded: true, invitable: false });
  expect(items.filter(({ enabled }) => enabled === false).map(({ label }) => label)).toEqual([
    'Copy invite link — the lobby gives no links',
    'Invite by mail — the lobby gives no links',
  ]);
});

it('says why there are no subtitles, and that a recording is on its way', () => {
  const { labels, item } = menu({
    moderator: true,
    transcription: 'unavailable',
    recording: { file: { state: 'starting' }, stream: { state: 'off' } },
  });
  expect(labels).toContain('Show or hide subtitles — nobody transcribes here');
  expect(item('Recording starts…').enabled).toBe(false);
});
