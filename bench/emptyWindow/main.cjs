// @ts-check
/** The least app that shows something: one window of Parley's size, one dot in it. Parley is measured against it. */
const process = require('node:process');
const { app, BrowserWindow } = require('electron');

const profile = process.env['EMPTY_WINDOW_USER_DATA_DIR'];
if (profile) app.setPath('userData', profile);
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
app.on('window-all-closed', () => app.quit());
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1080,
    height: 720,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
  });
  void window.loadFile('index.html');
});
