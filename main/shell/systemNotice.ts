import { Notification } from 'electron';
import { nativeText } from '../i18n/text';
import type { AwayNotice } from './peopleNotices';

/** Has the system say what has happened in the call; silently, since people are talking. */
export function tellOfPeople(notice: AwayNotice): void {
  if (!Notification.isSupported()) return;
  new Notification({ title: titleOf(notice), silent: true }).show();
}

function titleOf(notice: AwayNotice): string {
  if (notice.what === 'talked-muted') return nativeText('people.talked-muted');
  const name = notice.name === '' ? nativeText('person.unnamed') : notice.name;
  return nativeText(`people.${notice.what}`, { name });
}
