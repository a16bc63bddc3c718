import { useState } from 'react';
import { namedDevices } from '../../../shared/devices';
import type { DevicesState } from '../../../shared/ipc/snapshot';
import { DeviceSelect } from '../settings/devices/DeviceSelect';
import { MicrophoneTrial } from '../settings/devices/Trials';
import { useChosenDevice } from '../settings/devices/useChosenDevice';
import { useOwnDevices } from '../settings/devices/useOwnDevices';

/** Whether one is heard. Which microphones there are is looked at, and asked, once the test has begun. */
export function MicrophoneTest({ devices }: { devices: DevicesState }) {
  const [begun, setBegun] = useState(false);
  const found = useOwnDevices(begun);
  const chosen = useChosenDevice('audioinput', namedDevices(found ?? [], 'audioinput'), devices);
  return (
    <div className="microphone-test">
      <MicrophoneTrial
        deviceId={chosen.deviceId}
        available={found === undefined || !chosen.none}
        onBegin={() => setBegun(true)}
      />
      {found !== undefined && <DeviceSelect kind="audioinput" chosen={chosen} state={devices} />}
    </div>
  );
}
