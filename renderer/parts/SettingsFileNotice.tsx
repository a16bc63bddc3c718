import { TriangleAlert } from 'lucide-react';
import type { Snapshot } from '../../shared/ipc/snapshot';
import { text } from '../i18n/text';
import { ICON } from './icon';

/** Said until the settings are saved again. */
export function SettingsFileNotice({ fault }: { fault: NonNullable<Snapshot['settingsFault']> }) {
  return (
    <div className="notice">
      <TriangleAlert {...ICON} />
      <p role="alert">
        {fault.later !== undefined
          ? text('settings.file-fault.later', { version: fault.later })
          : text(fault.partly ? 'settings.file-fault.partly' : 'settings.file-fault')}{' '}
        {fault.partly && `${text('settings.file-fault.names', { names: fault.wrong.join(', ') })} `}
        {fault.keptAs === undefined ? fault.file : text('settings.file-fault.kept', { file: fault.keptAs })}
      </p>
    </div>
  );
}
