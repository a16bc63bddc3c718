// @ts-check
/** A window with nothing of Parley in it: the browser of somebody who opens an invite link. */
const { app, BrowserWindow } = require('electron');

app.on('window-all-closed', () => app.quit());
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 800, height: 700 });
  return window.loadURL('about:blank');
});
