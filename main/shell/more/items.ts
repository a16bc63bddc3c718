/** The kinds of items that "More" is made of. */
import type { Meeting } from '../../../shared/meeting';
import { acceleratorOf, type Chord, type MenuShortcutId } from '../../../shared/shortcuts';
import { isForModerators, type MeetingControl } from '../../../shared/meetingControl';
import type { MenuItemConstructorOptions } from 'electron';
import { nativeText, type NativeTextKey } from '../../i18n/text';

/** The `id` is that of the shortcut that does the same. */
export type Item = MenuItemConstructorOptions & { id?: MenuShortcutId };

export const checkbox = (label: NativeTextKey, checked: boolean, click: () => void): Item => ({
  label: nativeText(label),
  type: 'checkbox',
  checked,
  click,
});

export const onAndOff = (
  label: NativeTextKey,
  [on, off]: readonly [on: MenuShortcutId, off: MenuShortcutId],
  set: (on: boolean) => void,
): Item & { submenu: Item[] } => ({
  label: nativeText(label),
  submenu: [
    { id: on, label: nativeText('more.turn-on'), click: () => set(true) },
    { id: off, label: nativeText('more.turn-off'), click: () => set(false) },
  ],
});

export const restricted = (
  label: NativeTextKey,
  control: Pick<MeetingControl, 'what'>,
  { moderator }: Meeting,
  click: () => void,
): Item =>
  isForModerators(control) && !moderator
    ? { label: withReason(label, 'more.reason.moderators'), enabled: false }
    : { label: nativeText(label), click };

/** What gives others a link. */
export const inviting = (label: NativeTextKey, invitable: boolean, click: () => void): Item =>
  invitable
    ? { label: nativeText(label), click }
    : { label: withReason(label, 'more.reason.no-invite'), enabled: false };

/** "Record call — for moderators": a menu has no tooltips. */
export const withReason = (label: NativeTextKey, reason: NativeTextKey): string =>
  `${nativeText(label).replace(/…$/, '')} — ${nativeText(reason)}`;

/** The keys that do the same, written beside an item: they are listened to elsewhere. */
export const withKeys = (chord: Chord): Item =>
  chord === '' ? {} : { accelerator: acceleratorOf(chord), registerAccelerator: false };
