import { Notification } from 'electron';
import { nativeText } from '../i18n/text';
import type { PeopleNotice } from './peopleNotices';

/** Has the system say who came or went; silently, since people are talking. */
export function tellOfPeople({ what, name }: PeopleNotice): void {
  if (!Notification.isSupported()) return;
  const title = nativeText(`people.${what}`, { name: name === '' ? nativeText('person.unnamed') : name });
  new Notification({ title, silent: true }).show();
}
