import { useId, useState } from 'react';
import {
  chosenDevice,
  DEVICE_KINDS,
  type NamedDevice,
  namedDevices,
  SYSTEM_DEFAULT,
} from '../../../shared/devices';
import type { DevicesState } from '../../../shared/ipc/snapshot';
import type { DeviceKind } from '../../../shared/jitsi/requests';
import '../../devices.css';
import { text } from '../../i18n/text';
import { CameraTrial, MicrophoneTrial, SpeakerTrial } from './devices/Trials';
import { PreferenceRow } from './preference';
import { useOwnDevices } from './devices/useOwnDevices';

const TRIALS = { audioinput: MicrophoneTrial, audiooutput: SpeakerTrial, videoinput: CameraTrial } as const;

/** Which microphone, speaker and camera calls use, each with a way to try it out. A choice counts at once. */
export function DeviceSettings({ devices }: { devices: DevicesState }) {
  const found = useOwnDevices();
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
  const id = useId();
  /** What was just chosen, until the settings have it. */
  const [pending, setPending] = useState<string>();
  const [fault, setFault] = useState<string>();
  const names = present.map(({ name }) => name);
  const none = names.length === 0;
  // Cameras have no system's default: the first one is it.
  const options = kind === 'videoinput' && !none ? names : [SYSTEM_DEFAULT, ...names];
  const wish = pending ?? chosenDevice(state.remembered, kind, names);
  const value = wish !== undefined && options.includes(wish) ? wish : (options[0] ?? SYSTEM_DEFAULT);
  const hint = state.fixed.includes(kind) ? text('devices.fixed') : undefined;
  const choose = async (name: string) => {
    setPending(name);
    const result = await window.parley.send('devices/choose', { kind, name, present: names });
    setPending(undefined);
    setFault(result.ok ? undefined : text('settings.fault.file', { detail: result.fault }));
  };
  const Trial = TRIALS[kind];
  return (
    <PreferenceRow id={id} hint={hint} fault={fault}>
      <label htmlFor={id}>{text(`devices.${kind}`)}</label>
      <select
        id={id}
        value={value}
        disabled={none}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={({ target }) => void choose(target.value)}
      >
        {options.map((name) => (
          <option key={name} value={name}>
            {name === SYSTEM_DEFAULT ? text(none ? 'devices.none' : 'devices.default') : name}
          </option>
        ))}
      </select>
      <Trial deviceId={present.find(({ name }) => name === value)?.id} available={!none} />
    </PreferenceRow>
  );
}
