// @ts-check
/**
 * A bare Electron host that records what a page says, one JSON object a line on standard output, in the form of the
 * recordings beside it. The test opens clients and posts to them through `globalThis.recorder`.
 */
const path = require('node:path');
const { app, BrowserWindow, ipcMain, session } = require('electron');

/** @type {Map<string, Electron.BrowserWindow>} */
const windows = new Map();

/** Whether the user grants what a page asks for. */
let permitted = true;

/** @param {Electron.WebContents | null} contents */
const nameOf = (contents) => [...windows].find(([, window]) => window.webContents === contents)?.[0];

/** @param {string | undefined} who @param {Record<string, unknown>} entry */
const write = (who, entry) => process.stdout.write(`${JSON.stringify({ who, ...entry })}\n`);

/** Each client is a user of its own: a partition that nothing else uses. @param {string} who */
function permittingSession(who) {
  const clientSession = session.fromPartition(`recorder-${who}`);
  clientSession.setPermissionRequestHandler((contents, permission, callback, details) => {
    write(nameOf(contents), {
      permission,
      ...('mediaTypes' in details && { mediaTypes: details.mediaTypes }),
    });
    callback(permitted);
  });
  clientSession.setPermissionCheckHandler(() => true);
  return clientSession;
}

const recorder = {
  /** @param {string} who @param {string} url */
  async open(who, url) {
    const window = new BrowserWindow({
      width: 800,
      height: 500,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        preload: path.join(__dirname, 'preload.cjs'),
        session: permittingSession(who),
      },
    });
    windows.set(who, window);
    await window.loadURL(url);
  },

  /** @param {string} who @param {string} text */
  post(who, text) {
    windows.get(who)?.webContents.send('post', text);
  },

  /** Presses a button of the page itself. @param {string} who @param {string} label */
  async press(who, label) {
    const button = `document.querySelector(${JSON.stringify(`button[aria-label="${label}"]`)})`;
    await windows.get(who)?.webContents.executeJavaScript(`${button}.click()`, true);
  },

  /** @param {boolean} granted */
  permit(granted) {
    permitted = granted;
  },

  /** @param {string} who @param {string} url */
  async navigate(who, url) {
    await windows.get(who)?.loadURL(url);
  },

  /** @param {string} who */
  address(who) {
    return windows.get(who)?.webContents.getURL();
  },

  /** @param {string} who */
  close(who) {
    windows.get(who)?.destroy();
    windows.delete(who);
  },
};
Object.assign(globalThis, { recorder });

ipcMain.on('seen', (event, msg) => {
  const who = nameOf(event.sender);
  if (who !== undefined) write(who, { dir: 'seen', as: 'string', msg });
});
app.on('window-all-closed', () => undefined);
