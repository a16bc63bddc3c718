import { BrowserView, type BrowserWindow, type WebPreferences } from 'electron';
import type { ViewSlot } from './viewSlot';

/** The view of Electron before 30, whose `WebContentsView` is not whole yet (25 lacks `setBounds`: measured). */
export function newBrowserViewSlot(
  window: BrowserWindow,
  webPreferences: WebPreferences,
  background: string,
): ViewSlot {
  const view = new BrowserView({ webPreferences });
  view.setBackgroundColor(background);
  return {
    contents: view.webContents,
    place(bounds) {
      if (window.isDestroyed()) return;
      if (bounds === undefined) {
        window.removeBrowserView(view);
        return;
      }
      if (!window.getBrowserViews().includes(view)) window.addBrowserView(view);
      view.setBounds(bounds);
    },
    destroy() {
      if (!window.isDestroyed()) window.removeBrowserView(view);
      if (!view.webContents.isDestroyed()) view.webContents.close();
    },
  };
}
