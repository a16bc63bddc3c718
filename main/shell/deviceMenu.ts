/** The menu beside the microphone's and the camera's button: what the call's page has, and what it uses. */
import type { MenuItemConstructorOptions } from 'electron';
import { SYSTEM_DEFAULT } from '../../shared/devices';
import type { DeviceKind } from '../../shared/jitsi/requests';
import { nativeText } from '../i18n/text';
import type { DeviceMenuRequest } from './handlers/devices';

const KINDS: Readonly<Record<DeviceMenuRequest['of'], readonly DeviceKind[]>> = {
  sound: ['audioinput', 'audiooutput'],
  camera: ['videoinput'],
};

/**
 * @param fixed kinds that the page says it cannot change
 * @param openSettings where devices can be tried out
 */
export function deviceItems(
  { of, seen, choose }: Omit<DeviceMenuRequest, 'at'>,
  fixed: readonly DeviceKind[],
  openSettings: () => void,
): MenuItemConstructorOptions[] {
  const items = KINDS[of].flatMap((kind): MenuItemConstructorOptions[] => {
    const { devices, current } = seen[kind];
    const enabled = !fixed.includes(kind);
    // Cameras have no system's default that a page could name.
    const names = [...(kind === 'videoinput' ? [] : [SYSTEM_DEFAULT]), ...devices.map(({ name }) => name)];
    return [
      { label: nativeText(`devices.${kind}`), enabled: false },
      ...(enabled ? [] : [{ label: nativeText('devices.fixed'), enabled: false }]),
      ...(names.length > 0 ? [] : [{ label: nativeText('devices.none'), enabled: false }]),
      ...names.map((name): MenuItemConstructorOptions => ({
        type: 'checkbox',
        label: name === SYSTEM_DEFAULT ? nativeText('devices.default') : asLabel(name),
        checked: name === current,
        enabled,
        click: () => choose(kind, name),
      })),
      { type: 'separator' },
    ];
  });
  return [...items, { label: nativeText('devices.settings'), click: openSettings }];
}

/** Electron takes a single `&` for the mark of an access key. */
const asLabel = (name: string) => name.replaceAll('&', '&&');
