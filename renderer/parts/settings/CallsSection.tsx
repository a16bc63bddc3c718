import type { ShownSettings } from '../../../shared/ipc/snapshot';
import { text } from '../../i18n/text';
import { PreferenceSwitch } from './preference';

const ROWS = [
  'startMuted',
  'cameraOff',
  'audioOnly',
  'peopleNotices',
  'attentionNotices',
  'keepRecentCalls',
] as const;

/** How a call begins, what is said while it lasts, and what is left of it afterwards. */
export function CallsSection({ settings }: { settings: ShownSettings }) {
  return (
    <>
      {ROWS.map((name) => (
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
