/** What is said of a file of settings that could not be read, or not all of it. */
import type { SettingsFault } from '../shared/ipc/snapshot';
import { text } from './i18n/text';

/** Of the user's own file. */
export function settingsFileWords(fault: SettingsFault): string {
  const what =
    fault.later !== undefined
      ? text('settings.file-fault.later', { version: fault.later })
      : text(fault.partly ? 'settings.file-fault.partly' : 'settings.file-fault');
  const where =
    fault.keptAs === undefined ? fault.file : text('settings.file-fault.kept', { file: fault.keptAs });
  return [what, ...notInForce(fault), where].join(' ');
}

/** Of policy's file, which is an administrator's: the user can do no more than tell them. */
export function policyFileWords(fault: SettingsFault): string {
  const what = text(fault.partly ? 'settings.policy-fault.partly' : 'settings.policy-fault');
  return [what, ...notInForce(fault), text('settings.policy-fault.advice', { file: fault.file })].join(' ');
}

const notInForce = ({ partly, wrong }: SettingsFault): readonly string[] =>
  partly ? [text('settings.file-fault.names', { names: wrong.join(', ') })] : [];
