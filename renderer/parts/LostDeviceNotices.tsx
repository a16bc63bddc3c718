import { Unplug } from 'lucide-react';
import { SYSTEM_DEFAULT } from '../../shared/devices';
import type { LostDevice } from '../../shared/ipc/snapshot';
import { text } from '../i18n/text';
import { ICON } from './icon';

/** Devices that went away while the call used them, and what it uses instead. */
export function LostDeviceNotices({ lost }: { lost: readonly LostDevice[] }) {
  return lost.map(({ kind, name, now }) => (
    <div className="notice" key={kind}>
      <Unplug {...ICON} />
      <p role="alert">
        {now === SYSTEM_DEFAULT
          ? text(`devices.lost.${kind}.default`, { name })
          : text(`devices.lost.${kind}`, { name, now })}
      </p>
      <button
        type="button"
        className="outlined"
        onClick={() => void window.parley.send('devices/dismiss', { kind })}
      >
        {text('devices.lost.dismiss')}
      </button>
    </div>
  ));
}
