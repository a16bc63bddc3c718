/** Menus that the system draws: no test can click on them, so the item is picked where the menu would have opened. */
import { expect } from 'vitest';
import type { DesktopApp } from './desktopApp';

type Popup = (this: Electron.Menu, options?: Electron.PopupOptions) => void;

interface OpenedMenu {
  labels: string[];
}

/** Does what opens a menu, and picks an item of it by its label. Gives all labels. */
export async function pickFromMenu(
  desktop: DesktopApp,
  open: () => Promise<void>,
  label: string,
): Promise<string[]> {
  await desktop.app.evaluate(({ Menu }, picked) => {
    const state = globalThis as { openedMenu?: OpenedMenu };
    delete state.openedMenu;
    const prototype: { popup: Popup } = Menu.prototype;
    const { popup } = prototype;
    prototype.popup = function (options) {
      prototype.popup = popup;
      state.openedMenu = { labels: this.items.map((item) => item.label) };
      const item = this.items.find((each) => each.label === picked && each.enabled);
      item?.click();
      options?.callback?.();
    };
  }, label);
  await open();
  const opened = () =>
    desktop.app.evaluate(() => (globalThis as { openedMenu?: OpenedMenu }).openedMenu?.labels);
  await expect.poll(opened).toContain(label);
  return (await opened()) ?? [];
}
