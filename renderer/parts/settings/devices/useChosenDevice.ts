import { useState } from 'react';
import { chosenDevice, type NamedDevice, SYSTEM_DEFAULT } from '../../../../shared/devices';
import type { DevicesState } from '../../../../shared/ipc/snapshot';
import type { DeviceKind } from '../../../../shared/jitsi/requests';
import { text } from '../../../i18n/text';

export interface ChosenDevice {
  /** Whether there is none of that kind. */
  none: boolean;
  options: readonly string[];
  value: string;
  /** As this page knows the device; `undefined` is the system's default. */
  deviceId: string | undefined;
  /** Why the choice could not be kept. */
  fault: string | undefined;
  choose: (name: string) => Promise<void>;
}

/** Which of the devices that are there calls use, and a way to choose another. */
export function useChosenDevice(
  kind: DeviceKind,
  present: readonly NamedDevice[],
  state: DevicesState,
): ChosenDevice {
  /** What was just chosen, until the settings have it. */
  const [pending, setPending] = useState<string>();
  const [fault, setFault] = useState<string>();
  const names = present.map(({ name }) => name);
  const none = names.length === 0;
  // Cameras have no system's default: the first one is it.
  const options = kind === 'videoinput' && !none ? names : [SYSTEM_DEFAULT, ...names];
  const wish = pending ?? chosenDevice(state.remembered, kind, names);
  const value = wish !== undefined && options.includes(wish) ? wish : (options[0] ?? SYSTEM_DEFAULT);
  const choose = async (name: string) => {
    setPending(name);
    const result = await window.parley.send('devices/choose', { kind, name, present: names });
    setPending(undefined);
    setFault(result.ok ? undefined : text('settings.fault.file', { detail: result.fault }));
  };
  return { none, options, value, deviceId: present.find(({ name }) => name === value)?.id, fault, choose };
}
