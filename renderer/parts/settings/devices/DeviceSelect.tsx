import { useId } from 'react';
import { SYSTEM_DEFAULT } from '../../../../shared/devices';
import type { DevicesState } from '../../../../shared/ipc/snapshot';
import type { DeviceKind } from '../../../../shared/jitsi/requests';
import { text } from '../../../i18n/text';
import { Notes } from '../Notes';
import type { ChosenDevice } from './useChosenDevice';

interface DeviceSelectProps {
  kind: DeviceKind;
  chosen: ChosenDevice;
  state: DevicesState;
}

/** The devices of a kind by name; a choice counts at once. */
export function DeviceSelect({ kind, chosen, state }: DeviceSelectProps) {
  const id = useId();
  const { none, options, value, fault, choose } = chosen;
  const hint = state.fixed.includes(kind) ? text('devices.fixed') : undefined;
  return (
    <>
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
      <Notes id={id} hint={hint} fault={fault} />
    </>
  );
}
