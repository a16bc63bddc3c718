/** What a moderator can do about somebody, in a menu that the system draws. */
import { type BrowserWindow, Menu, type MenuItemConstructorOptions, type Point } from 'electron';
import type { CallState } from '../../shared/callState';
import type { MeetingControl } from '../../shared/meetingControl';
import type { Participant } from '../../shared/participants';
import { nativeText } from '../i18n/text';
import { isWanted } from './question';

/** The items; none for somebody who is not there, or when the user does not moderate. */
export function personItems(
  call: CallState,
  id: string,
  control: (control: MeetingControl) => void,
  askToRemove: (name: string) => Promise<boolean>,
): MenuItemConstructorOptions[] {
  if (call.phase !== 'joined' || !call.meeting.moderator) return [];
  const person = call.others.find((other) => other.id === id);
  if (person === undefined) return [];
  const name = nameOf(person);
  const remove = async () => {
    if (await askToRemove(name)) control({ what: 'remove', id });
  };
  return [
    {
      label: nativeText('person.mute', { name }),
      enabled: person.muted !== true,
      click: () => control({ what: 'mute', id }),
    },
    {
      label: nativeText('person.make-moderator', { name }),
      enabled: !person.moderator,
      click: () => control({ what: 'make-moderator', id }),
    },
    { type: 'separator' },
    { label: nativeText('person.remove', { name }), click: () => void remove() },
  ];
}

export function openPersonMenu(
  window: BrowserWindow,
  call: CallState,
  { id, ...at }: Point & { id: string },
  control: (control: MeetingControl) => void,
): void {
  const items = personItems(call, id, control, (name) => askToRemove(window, name));
  if (items.length > 0) Menu.buildFromTemplate(items).popup({ window, ...at });
}

const nameOf = ({ displayName }: Participant) =>
  displayName === '' ? nativeText('person.unnamed') : displayName;

const askToRemove = (window: BrowserWindow, name: string): Promise<boolean> =>
  isWanted(window, {
    message: nativeText('remove.title', { name }),
    detail: nativeText('remove.detail'),
    stay: nativeText('remove.stay'),
    go: nativeText('remove.remove'),
  });
