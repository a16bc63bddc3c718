/** Menus that the system draws: no test can click on them, so the item is picked where the menu would have opened. */
import type { DesktopApp } from './desktopApp';

type Popup = (this: Electron.Menu, options?: Electron.PopupOptions) => void;

export interface MenuItem {
  label: string;
  enabled: boolean;
  checked: boolean;
}

/**
 * Does what opens a menu, and gives what it offers, in its order; with a `path` of labels, picks an item, or one of a menu
 * within it.
 */
export async function pickFromMenu(
  desktop: DesktopApp,
  open: () => Promise<void>,
  ...path: string[]
): Promise<MenuItem[]> {
  await desktop.app.evaluate(({ Menu }, labels) => {
    const prototype: { popup: Popup } = Menu.prototype;
    const { popup } = prototype;
    const pick = (items: Electron.MenuItem[], [label, ...deeper]: string[]): boolean => {
      if (label === undefined) return true;
      const item = items.find((each) => each.label === label);
      if (item?.enabled !== true) return false;
      if (deeper.length > 0) return pick(item.submenu?.items ?? [], deeper);
      (item.click as () => void)();
      return true;
    };
    const openedMenu = new Promise<MenuItem[]>((resolve, reject) => {
      prototype.popup = function (options) {
        prototype.popup = popup;
        const offered = this.items.filter(({ type }) => type !== 'separator');
        const shown = offered.map(({ label, enabled, checked }) => ({ label, enabled, checked }));
        if (pick(offered, labels)) resolve(shown);
        else reject(new Error(`The menu does not offer: ${labels.join(', ')}.`));
        options?.callback?.();
      };
    });
    // A failure is told to whoever asks below.
    openedMenu.catch(() => undefined);
    Object.assign(globalThis, { openedMenu });
  }, path);
  await open();
  return desktop.app.evaluate(
    () => (globalThis as unknown as { openedMenu: Promise<MenuItem[]> }).openedMenu,
  );
}
