/** Entry of the main process: opens the window as early as can be, then builds the rest behind it. */
import { resolve } from 'node:path';
import { app, type BrowserWindow, Menu, nativeTheme } from 'electron';
import { languageFor } from '../shared/languages';
import { asksForProgram } from './control/asProgram';
import { logFolder } from './diagnostics/logFolder';
import { recordUncaught } from './diagnostics/uncaught';
import { LinkQueue } from './links/linkQueue';
import { keepLog, log, logWarnings } from './log';
import { declareAppScheme, readPageFiles, serveAppScheme, warmResponses } from './security/appScheme';
import { guardEveryPage } from './security/everyPage';
import { OwnPages } from './security/ipc';
import { readFirstLook } from './settings/firstLook';
import { policyFilePath } from './settings/policyFile';
import { openShellWindow, shellPaths } from './shell/shellWindow';
import { askPortalForKeys, isWayland } from './shell/wayland';

function showAgain(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

const linkQueue = new LinkQueue();

function open(): void {
  const paths = shellPaths(__dirname);
  const devServer = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];
  if (devServer === undefined) serveAppScheme(readPageFiles(paths.page));
  const look = readFirstLook(app.getPath('userData'), policyFilePath(process.platform, process.env));
  if (look.theme !== 'system') nativeTheme.themeSource = look.theme;
  const language = languageFor(look.language, app.getPreferredSystemLanguages());
  const { window, origin, permissions } = openShellWindow(
    app.getPath('userData'),
    paths.preload,
    language,
    devServer,
  );
  warmResponses();
  const pages = new OwnPages(origin);
  pages.admit(window.webContents);
  // The page sends its first command once it has painted: all else waits for that, since it would hold up this process.
  pages.answer(async () => {
    try {
      keepLog(logFolder());
      log.info('app.started', { version: app.getVersion(), electron: process.versions.electron });
      const { buildDesktop } = await import('./desktop');
      const { preload, meetingPreload } = paths;
      return await buildDesktop({
        window,
        pages,
        permissions,
        preload,
        meetingPreload,
        barUrl: `${origin}/compactBar.html`,
        linkQueue,
      });
    } catch (error) {
      startFailed(error);
      throw error;
    }
  });
  app.on('second-instance', (_event, argv) => {
    showAgain(window);
    linkQueue.pushFrom(argv);
  });
  app.on('activate', () => showAgain(window));
}

function startFailed(error: unknown): void {
  log.error('start.failed', { reason: String(error) });
  keepLog(logFolder());
  app.exit(1);
}

async function runAsProgram(): Promise<void> {
  const { ended } = await import('./control/program/parley');
  await ended;
  app.exit(Number(process.exitCode ?? 0));
}

logWarnings();
recordUncaught();

linkQueue.pushFrom(process.argv.slice(1));
// macOS hands links over so, and the one that started the app even before it is ready.
app.on('open-url', (event, link) => {
  event.preventDefault();
  linkQueue.push(link);
});

const profile = process.env['PARLEY_USER_DATA_DIR'];
if (profile !== undefined && profile !== '') app.setPath('userData', resolve(profile));

// Root on Linux can run Chromium only with `--no-sandbox`, and this call would undo that switch (measured on 25). Every
// page asks for its sandbox itself as well.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
if (isWayland(process.platform, process.env)) askPortalForKeys(app.commandLine);
declareAppScheme();
guardEveryPage();
// Without this Electron would build a menu of its own on the way to the window; ours comes after the first paint.
Menu.setApplicationMenu(null);
app.on('window-all-closed', () => app.quit());
// Installed, the app is the program `parley` too: a system need have no Node to run that.
if (app.isPackaged && asksForProgram(process.argv.slice(1))) void runAsProgram();
// One instance a profile: a second start shows the first one's window.
else if (app.requestSingleInstanceLock()) app.whenReady().then(open).catch(startFailed);
else app.quit();
