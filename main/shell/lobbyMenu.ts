/** The menu of lobbies, drawn by the system: a page cannot draw over the meeting. */
import { type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import type { ShownSettings } from '../../shared/ipc/snapshot';
import { nativeText } from '../i18n/text';
import type { LobbyChoice } from './handlers/settings';

/** The items: one lobby each, the one in use marked, and the way to the settings. */
export function lobbyItems(
  { lobbies, lobbyUrl, locked, overridden }: ShownSettings,
  choose: (choice: LobbyChoice) => void,
): MenuItemConstructorOptions[] {
  const fixed = locked.includes('lobbyUrl') || overridden.includes('lobbyUrl');
  return [
    ...lobbies.map((origin) => ({
      label: new URL(origin).host,
      type: 'radio' as const,
      checked: origin === lobbyUrl,
      enabled: !fixed || origin === lobbyUrl,
      click: () => choose({ use: origin }),
    })),
    { type: 'separator' },
    { label: nativeText('lobbies.manage'), click: () => choose('manage') },
  ];
}

/** Opens the menu at a place of the window's page; resolves with what was picked. */
export function openLobbyMenu(
  window: BrowserWindow,
  settings: ShownSettings,
  at: { x: number; y: number },
): Promise<LobbyChoice> {
  return new Promise((resolve) => {
    let picked: LobbyChoice;
    const items = lobbyItems(settings, (choice) => {
      picked = choice;
      resolve(choice);
    });
    // A click may come before or after the menu has closed, as the system has it.
    const callback = () => setImmediate(() => resolve(picked));
    Menu.buildFromTemplate(items).popup({ window, ...at, callback });
  });
}
