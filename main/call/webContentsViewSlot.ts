import { type BrowserWindow, type WebPreferences, WebContentsView } from 'electron';
import type { ViewSlot } from './viewSlot';

/** The view of Electron 30 and later. */
export function newWebContentsViewSlot(
  window: BrowserWindow,
  webPreferences: WebPreferences,
  background: string,
): ViewSlot {
  const view = new WebContentsView({ webPreferences });
  view.setBackgroundColor(background);
  view.setVisible(false);
  window.contentView.addChildView(view);
  return {
    contents: view.webContents,
    place(bounds) {
      view.setVisible(bounds !== undefined);
      if (bounds !== undefined) view.setBounds(bounds);
    },
    destroy() {
      if (!window.isDestroyed()) window.contentView.removeChildView(view);
      if (!view.webContents.isDestroyed()) view.webContents.close();
    },
  };
}
