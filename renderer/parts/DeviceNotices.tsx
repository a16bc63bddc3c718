import { TriangleAlert } from 'lucide-react';
import type { CallState } from '../../shared/callState';
import { text } from '../i18n/text';
import { ICON } from './icon';

interface DeviceNoticesProps {
  call: CallState & { phase: 'joined' };
  /** Whether the system's own word on who may use a device can be shown. */
  privacySettings: boolean;
}

/** A device that did not open, as long as it has not: what it means, what to do, and one more try. */
export function DeviceNotices({ call, privacySettings }: DeviceNoticesProps) {
  const faults = [
    ['microphone', call.microphoneFault],
    ['camera', call.cameraFault],
  ] as const;
  return faults.map(
    ([device, fault]) =>
      fault !== undefined && (
        <div className="notice" key={device}>
          <TriangleAlert {...ICON} />
          <p role="alert">
            {text(`device.${device}.${fault}`)} {text(`device.advice.${fault}`)}
          </p>
          {fault === 'blocked' && privacySettings && (
            <button
              type="button"
              className="outlined"
              onClick={() => void window.parley.send('devices/privacy', { device })}
            >
              {text('device.privacy')}
            </button>
          )}
          <button
            type="button"
            className="outlined"
            onClick={() => void window.parley.send(`call/${device}`, { on: true })}
          >
            {text('device.again')}
          </button>
        </div>
      ),
  );
}
