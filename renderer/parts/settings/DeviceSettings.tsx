import { DEVICE_KINDS, type NamedDevice, namedDevices } from '../../../shared/devices';
import type { DevicesState } from '../../../shared/ipc/snapshot';
import type { DeviceKind } from '../../../shared/jitsi/requests';
import '../../devices.css';
import { text } from '../../i18n/text';
import { DeviceSelect } from './devices/DeviceSelect';
import { CameraTrial, MicrophoneTrial, SpeakerTrial } from './devices/Trials';
import { useChosenDevice } from './devices/useChosenDevice';
import { useOwnDevices } from './devices/useOwnDevices';

const TRIALS = { audioinput: MicrophoneTrial, audiooutput: SpeakerTrial, videoinput: CameraTrial } as const;

/** Which microphone, speaker and camera calls use, each with a way to try it out. A choice counts at once. */
export function DeviceSettings({ devices }: { devices: DevicesState }) {
  const found = useOwnDevices(true);
  if (found === undefined) return <p className="muted">{text('devices.looking')}</p>;
  return (
    <>
      <p className="muted">{text('devices.advice')}</p>
      {DEVICE_KINDS.map((kind) => (
        <DeviceChoice key={kind} kind={kind} present={namedDevices(found, kind)} state={devices} />
      ))}
    </>
  );
}

interface DeviceChoiceProps {
  kind: DeviceKind;
  present: readonly NamedDevice[];
  state: DevicesState;
}

function DeviceChoice({ kind, present, state }: DeviceChoiceProps) {
  const chosen = useChosenDevice(kind, present, state);
  const Trial = TRIALS[kind];
  return (
    <div className="preference">
      <DeviceSelect kind={kind} chosen={chosen} state={state} />
      <Trial deviceId={chosen.deviceId} available={!chosen.none} />
    </div>
  );
}
