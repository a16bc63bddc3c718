/** What the commands about microphones, speakers and cameras do. */
import { withChoice } from '../../../shared/devices';
import type { CommandHandlers } from '../../../shared/ipc/commands';
import type { deviceCommands } from '../../../shared/ipc/commands/devices';
import type { DeviceKind } from '../../../shared/jitsi/requests';
import type { MeetingDevices, Seen } from '../../call/meetingDevices';
import { log } from '../../log';
import type { GuardedDevice } from '../../security/navigation';
import type { ShellPermissions } from '../../security/shellPermissions';
import { changeSettings } from '../../settings/changeSettings';
import type { Settings } from '../../settings/settings';

export interface DeviceHandlerParts {
  settings: Settings;
  devices: MeetingDevices;
  permissions: Pick<ShellPermissions, 'setNaming' | 'setOpening'>;
  /** Opens the menu with what the call's page has; the user's choice goes to `choose`. */
  popUpDevices: (menu: DeviceMenuRequest) => void;
  /** Opens what the system has for who may use a device. */
  openPrivacySettings: (device: GuardedDevice) => void;
}

export interface DeviceMenuRequest {
  of: 'sound' | 'camera';
  at: { x: number; y: number };
  seen: Seen;
  choose: (kind: DeviceKind, name: string) => void;
}

export function newDeviceHandlers(parts: DeviceHandlerParts): CommandHandlers<keyof typeof deviceCommands> {
  const { settings, devices, permissions } = parts;
  const choose = async (kind: DeviceKind, chosen: string, present: readonly string[]) => {
    const memory = withChoice(settings.values.devices, { kind, present, chosen });
    const result = await changeSettings(settings, { devices: memory });
    if (result.ok) devices.chosen(kind);
    return result;
  };
  return {
    'devices/section': ({ open }) => permissions.setNaming(open),
    'devices/opening': ({ device, on }) => permissions.setOpening(device, on),
    'devices/choose': ({ kind, name, present }) => choose(kind, name, present),
    'devices/menu': async ({ of, x, y }) => {
      const seen = await devices.see();
      if (seen === undefined) return;
      parts.popUpDevices({
        ...{ of, at: { x, y }, seen },
        choose: (kind, name) => {
          const present = seen[kind].devices.map((device) => device.name);
          void choose(kind, name, present).then((result) => {
            if (!result.ok) log.warn('devices.choice-not-written', { reason: result.fault });
          });
        },
      });
    },
    'devices/privacy': ({ device }) => parts.openPrivacySettings(device),
    'devices/dismiss': ({ kind }) => devices.dismiss(kind),
  };
}
