/**
 * The menu "More": what a meeting offers besides the buttons. The system draws it, since the page's own would be covered
 * by the meeting. What the user may not do is shown with the reason.
 */
import type { CallState } from '../../../shared/callState';
import type { SidePanelName } from '../../../shared/ipc/commands/side';
import type { MeetingControl } from '../../../shared/meetingControl';
import type { Chords, MenuShortcutId } from '../../../shared/shortcuts';
import { nativeText } from '../../i18n/text';
import { foldedItems } from './foldedItems';
import { type Item, withKeys } from './items';
import { recordingItems } from './recordingItems';
import { reportItems } from './reportItems';
import { inviteAndEndItems, roomItems } from './roomItems';
import { viewItems } from './viewItems';

export interface MoreActions {
  control: (control: MeetingControl) => void;
  openPanel: (panel: SidePanelName) => void;
  /** Takes the meeting's page out of sight, or brings it back. */
  hide: (hidden: boolean) => void;
  copyInvite: () => void;
  /** Opens the settings where devices are chosen and tried out. */
  openDevices: () => void;
  inviteByMail: () => void;
  /** Asks first. */
  endForAll: () => void;
  copyDiagnostics: () => void;
}

export interface MoreContext {
  call: CallState & { phase: 'joined' };
  /** The window is too narrow for the buttons, so that the menu has to offer what they do. */
  folded: boolean;
  /** The meeting's page is out of sight. */
  hidden: boolean;
  /** The keys that do the same as an item. */
  chords: Chords;
  actions: MoreActions;
}

/** Items that belong together, or none. */
export type MenuArea = (context: MoreContext) => Item[];

/** One beneath the other, with lines between them. */
const AREAS: readonly MenuArea[] = [
  foldedItems,
  viewItems,
  recordingItems,
  roomItems,
  inviteAndEndItems,
  reportItems,
];

export function moreItems(call: CallState, context: Omit<MoreContext, 'call'>): Item[] {
  if (call.phase !== 'joined') return [{ label: nativeText('more.not-yet'), enabled: false }];
  const keyed = (item: Item): Item => ({
    ...item,
    ...(item.id === undefined ? {} : withKeys(context.chords[item.id])),
    ...(Array.isArray(item.submenu) ? { submenu: item.submenu.map((inner) => keyed(inner as Item)) } : {}),
  });
  return AREAS.map((area) => area({ ...context, call }).map(keyed))
    .filter((items) => items.length > 0)
    .flatMap((items, index) => (index === 0 ? items : [{ type: 'separator' } as const, ...items]));
}

/** The item of a shortcut, within another menu or not. */
export function itemOf(items: readonly Item[], id: MenuShortcutId): Item | undefined {
  const all = items.flatMap((item) => [
    item,
    ...(Array.isArray(item.submenu) ? (item.submenu as Item[]) : []),
  ]);
  return all.find((item) => item.id === id);
}
