import { ChevronDown } from 'lucide-react';
import type { MouseEvent } from 'react';
import { text } from '../i18n/text';
import { ICON } from './icon';

interface DeviceMenuButtonProps {
  of: 'sound' | 'camera';
  enabled: boolean;
}

/** Opens the menu of the call's devices, which the system draws: the page's own would be covered by the meeting. */
export function DeviceMenuButton({ of, enabled }: DeviceMenuButtonProps) {
  const open = ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    const { left, bottom } = currentTarget.getBoundingClientRect();
    const at = { x: Math.max(0, Math.round(left)), y: Math.round(bottom) };
    void window.parley.send('devices/menu', { of, ...at });
  };
  const name = text(`toolbar.devices.${of}`);
  return (
    <button
      type="button"
      className="device-menu"
      aria-label={name}
      aria-haspopup="menu"
      title={enabled ? name : `${name}: ${text('toolbar.not-joined')}`}
      disabled={!enabled}
      onClick={open}
    >
      <ChevronDown {...ICON} />
    </button>
  );
}
