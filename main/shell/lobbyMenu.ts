/** The menu of lobbies, drawn by the system: a page cannot draw over the meeting. */
import { type BrowserWindow, Menu } from 'electron';
import type { ShownSettings } from '../../shared/ipc/snapshot';
import type { LobbyChoice } from './handlers/settings';
import { lobbyItems } from './lobbyItems';

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
