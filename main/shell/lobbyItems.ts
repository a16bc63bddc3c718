/** What the menu of lobbies offers. */
import type { MenuItemConstructorOptions } from 'electron';
import type { ShownSettings } from '../../shared/ipc/snapshot';
import { nativeText } from '../i18n/text';
import type { LobbyChoice } from './handlers/settings';

/** One lobby each, the one in use marked, and the way to the settings; where there is no choice, why. */
export function lobbyItems(
  { lobbies, lobbyUrl, locked, overridden }: ShownSettings,
  choose: (choice: LobbyChoice) => void,
): MenuItemConstructorOptions[] {
  const why = locked.includes('lobbyUrl')
    ? nativeText('lobbies.locked')
    : overridden.includes('lobbyUrl')
      ? nativeText('lobbies.overridden')
      : undefined;
  return [
    ...(why === undefined ? [] : [{ label: why, enabled: false }]),
    ...lobbies.map((origin) => ({
      label: new URL(origin).host,
      type: 'radio' as const,
      checked: origin === lobbyUrl,
      enabled: why === undefined || origin === lobbyUrl,
      click: () => choose({ use: origin }),
    })),
    { type: 'separator' },
    { label: nativeText('lobbies.manage'), click: () => choose('manage') },
  ];
}
