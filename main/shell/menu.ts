import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { nativeText, type NativeTextKey } from '../i18n/text';

type Role = NonNullable<MenuItemConstructorOptions['role']>;

const ITEMS = {
  services: 'menu.services',
  hide: 'menu.hide',
  hideOthers: 'menu.hide-others',
  unhide: 'menu.unhide',
  quit: 'away.quit',
  undo: 'menu.undo',
  redo: 'menu.redo',
  cut: 'menu.cut',
  copy: 'menu.copy',
  paste: 'menu.paste',
  delete: 'menu.delete',
  selectAll: 'menu.select-all',
  togglefullscreen: 'menu.full-screen',
  toggleDevTools: 'menu.developer-tools',
  minimize: 'menu.minimise',
  zoom: 'menu.zoom',
  front: 'menu.front',
  close: 'menu.close',
} as const satisfies Partial<Record<Role, NativeTextKey>>;

/** An item that the system knows how to carry out, in our words: Electron's own are English only. */
const item = (role: keyof typeof ITEMS): MenuItemConstructorOptions => ({
  role,
  label: nativeText(ITEMS[role]),
});
const LINE = { type: 'separator' } as const;

export interface HelpActions {
  open: () => void;
  copyDiagnostics: () => Promise<void>;
  showLogs: () => Promise<unknown>;
}

export interface UpdateActions {
  /** Looks for a later version, and shows what came of it. */
  show: () => void;
}

/** The application menu: the system's own items, and no "reload", which would cut the toolbar off from a call. */
export function setMenu(help: HelpActions, updates: UpdateActions): void {
  const mac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(mac ? [{ label: app.name, submenu: appItems(help, updates) }] : []),
    { label: nativeText('menu.file'), submenu: [item(mac ? 'close' : 'quit')] },
    {
      label: nativeText('menu.edit'),
      submenu: [
        ...[item('undo'), item('redo'), LINE],
        ...[item('cut'), item('copy'), item('paste'), item('delete'), LINE, item('selectAll')],
      ],
    },
    {
      label: nativeText('menu.view'),
      submenu: [item('togglefullscreen'), ...(app.isPackaged ? [] : [item('toggleDevTools')])],
    },
    {
      // The role has macOS list the windows in it.
      ...{ role: 'window', label: nativeText('menu.window') },
      submenu: [item('minimize'), item('zoom'), ...(mac ? [LINE, item('front')] : [item('close')])],
    },
    { role: 'help', label: nativeText('menu.help'), submenu: helpItems(help, updates, mac) },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

const aboutItem = (help: HelpActions): MenuItemConstructorOptions => ({
  label: nativeText('menu.about'),
  click: () => help.open(),
});

const updatesItem = (updates: UpdateActions): MenuItemConstructorOptions => ({
  label: nativeText('menu.updates'),
  click: () => updates.show(),
});

const helpItems = (help: HelpActions, updates: UpdateActions, mac: boolean): MenuItemConstructorOptions[] => [
  { label: nativeText('menu.copy-diagnostics'), click: () => void help.copyDiagnostics() },
  { label: nativeText('menu.show-logs'), click: () => void help.showLogs() },
  // macOS has them in the menu of the app.
  ...(mac ? [] : [LINE, updatesItem(updates), aboutItem(help)]),
];

const appItems = (help: HelpActions, updates: UpdateActions): MenuItemConstructorOptions[] => [
  ...[aboutItem(help), updatesItem(updates), LINE, item('services'), LINE],
  ...[item('hide'), item('hideOthers'), item('unhide'), LINE, item('quit')],
];
