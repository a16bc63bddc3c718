import type { ShownSettings } from '../../../shared/ipc/snapshot';
import { text } from '../../i18n/text';
import { PreferenceSwitch } from './preference';

/** How a call begins, and what is left of it afterwards. */
export function CallsSection({ settings }: { settings: ShownSettings }) {
  const rows = ['startMuted', 'cameraOff', 'audioOnly', 'peopleNotices', 'keepRecentCalls'] as const;
  return (
    <>
      {rows.map((name) => (
        <PreferenceSwitch
          key={name}
          settings={settings}
          name={name}
          label={text(`settings.${name}`)}
          hint={text(`settings.${name}.hint`)}
        />
      ))}
    </>
  );
}
