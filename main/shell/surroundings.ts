/** Builds what surrounds the meeting: the window's stand-ins, the tray icon, shortcuts, autostart. */
import { app, type BrowserWindow, globalShortcut, Menu, powerMonitor, type WebContents } from 'electron';
import {
  type Chords,
  chordsOf,
  DEFAULT_CHORDS,
  MENU_SHORTCUT_IDS,
  type MenuShortcutId,
} from '../../shared/shortcuts';
import { opensMicrophone } from '../../shared/callState';
import type { NamedPanel } from '../../shared/ipc/commands';
import type { DesktopState, ShortcutsState } from '../../shared/ipc/snapshot';
import type { Meeting } from '../../shared/meeting';
import type { MeetingControl } from '../../shared/meetingControl';
import type { CallController } from '../call/callController';
import { nativeText } from '../i18n/text';
import type { OwnPages } from '../security/ipc';
import type { Settings } from '../settings/settings';
import { ownAppImage } from '../updates/installation';
import { AT_LOGIN } from './atLogin';
import { desktopFileAutostart, systemAutostart } from './autostart';
import { type AwayActions, callItems } from './awayMenu';
import { CallWindow } from './callWindow';
import { CompactBar } from './compactBar';
import type { DesktopHandlerParts } from './handlers/desktop';
import { GlobalMute } from './globalMute';
import type { MoreMenu } from './more/popUpMore';
import { PushToTalk } from './pushToTalk';
import { askToQuit } from './quitQuestion';
import { type PressedId, ShortcutKeys } from './shortcutKeys';
import { trayFace } from './trayFace';
import { TrayHost } from './trayHost';
import { TrayIcon } from './trayIcon';
import { isWayland } from './wayland';

export interface SurroundingsParts {
  window: BrowserWindow;
  pages: OwnPages;
  settings: Settings;
  calls: CallController;
  preload: string;
  barUrl: string;
  copyInvite: () => void;
  more: MoreMenu;
  /** Takes the meeting's page out of sight, or brings it back. */
  toggleMeeting: () => void;
  startCall: (media: 'audio' | 'video') => void;
  push: () => void;
}

export interface Surroundings {
  shortcuts: () => ShortcutsState;
  desktop: () => DesktopState;
  handlerParts: DesktopHandlerParts;
  /** The call, or what it shares, has changed. */
  update: () => void;
  showWindow: () => void;
  /** Brings the window to the front with one of its panels. */
  showPanel: (panel: NamedPanel) => void;
  /** Makes shortcuts count in some web contents. */
  listen: (contents: WebContents) => void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function buildSurroundings(parts: SurroundingsParts): Surroundings {
  const { window, pages, settings, calls } = parts;
  const { platform, env } = process;
  const mac = platform === 'darwin';
  const chords = (): Chords => chordsOf(settings.values.shortcuts);

  const actions: AwayActions = {
    openWindow: () => callWindow.show(),
    setMicrophone: (on) => calls.setDevice('microphone', on),
    setCamera: (on) => calls.setDevice('camera', on),
    share: (on) => calls.control({ what: 'share', on }),
    raiseHand: (on) => calls.control({ what: 'hand', on }),
    leave: () => calls.leave(),
    quit: () => app.quit(),
  };
  const toggleMicrophone = () => {
    const { state } = calls;
    if (state.phase === 'joined') calls.setDevice('microphone', opensMicrophone(state));
  };
  const toggleCamera = () => {
    const { state } = calls;
    if (state.phase === 'joined' && state.camera !== 'unknown') {
      calls.setDevice('camera', state.camera === 'off');
    }
  };

  const inMeeting = (control: (meeting: Meeting) => MeetingControl) => {
    const { state } = calls;
    if (state.phase === 'joined') calls.control(control(state.meeting));
  };

  const talk = new PushToTalk({ call: () => calls.state, setMicrophone: actions.setMicrophone });
  const globalMute = new GlobalMute({ keys: globalShortcut, run: toggleMicrophone });
  const keys = new ShortcutKeys({ chords, mac, talk, run: (id) => run[id]() });
  const run: Readonly<Record<PressedId, () => void>> = {
    microphone: toggleMicrophone,
    camera: toggleCamera,
    share: () => inMeeting(({ sharing }) => ({ what: 'share', on: !sharing })),
    hand: () => inMeeting(({ handRaised }) => ({ what: 'hand', on: !handRaised })),
    participants: () =>
      inMeeting(({ participantsPane }) => ({ what: 'participants-pane', on: !participantsPane })),
    chat: () => inMeeting(({ chat }) => ({ what: 'chat', on: !chat.open })),
    'tile-view': () => inMeeting(({ tileView }) => ({ what: 'tile-view', on: !tileView })),
    'hide-meeting': parts.toggleMeeting,
    more: () => {
      if (calls.state.phase !== 'joined') return;
      callWindow.show();
      parts.more.open();
    },
    leave: () => calls.leave(),
    'copy-invite': parts.copyInvite,
    'start-voice': () => parts.startCall('audio'),
    'start-video': () => parts.startCall('video'),
    join: () => openPanel('join'),
    settings: () => openPanel('settings'),
    ...(Object.fromEntries(MENU_SHORTCUT_IDS.map((id) => [id, () => parts.more.press(id)])) as Record<
      MenuShortcutId,
      () => void
    >),
  };
  const openPanel = (panel: NamedPanel) => {
    callWindow.show();
    window.webContents.focus();
    pages.openPanel(panel);
  };

  const placesWindows =
    !isWayland(platform, env) || app.commandLine.getSwitchValue('ozone-platform') === 'x11';
  const bar = new CompactBar({
    url: placesWindows ? parts.barUrl : `${parts.barUrl}?drag=system`,
    preload: parts.preload,
    userData: app.getPath('userData'),
    pages,
    onOpen: ({ webContents }) => keys.listen(webContents),
    onClosed: () => callWindow.dismissBar(),
  });
  const tray = new TrayIcon({
    host: new TrayHost(platform),
    platform,
    onClick: actions.openWindow,
    onShown: () => callWindow.update(),
  });
  const quitItem = () => ({ label: nativeText('away.quit'), click: actions.quit });
  const callWindow = new CallWindow({
    window,
    bar,
    tray,
    showTray: () => {
      const items = callItems(calls.state, actions);
      tray.show(trayFace(calls.state), [...items, quitItem()]);
    },
    barWanted: () => settings.values.compactBar,
    call: () => calls.state,
    leave: () => calls.leave(),
    abandon: () => calls.abandon(),
    ask: (over) => askToQuit(window.isVisible() ? window : undefined, over),
  });
  const openBarMenu = () => {
    const onTop = {
      label: nativeText('bar.on-top'),
      type: 'checkbox' as const,
      checked: bar.onTop,
      click: () => bar.setOnTop(!bar.onTop),
    };
    const dismiss = {
      label: nativeText(tray.isShown ? 'bar.dismiss.tray' : 'bar.dismiss'),
      click: () => callWindow.dismissBar(),
    };
    const items = callItems(calls.state, actions);
    Menu.buildFromTemplate([...items, { type: 'separator' }, onTop, dismiss, quitItem()]).popup();
  };

  for (const signal of SIGNALS) process.once(signal, () => void callWindow.quitUnasked());
  powerMonitor.on('shutdown', () => void callWindow.quitUnasked());
  // Whoever holds a chord and goes elsewhere is not seen to let go of it.
  app.on('browser-window-blur', () => talk.release());
  powerMonitor.on('lock-screen', () => talk.release());
  powerMonitor.on('suspend', () => talk.release());
  keys.listen(window.webContents);

  const autostart =
    platform === 'linux'
      ? desktopFileAutostart({ command: ownCommand(), environment: env })
      : systemAutostart(app, [AT_LOGIN]);
  let startsAtLogin: boolean | undefined;
  const learn = (on: boolean) => {
    startsAtLogin = on;
    parts.push();
  };
  void autostart.isOn().then(learn);

  const update = () => {
    if (globalMute.update(chords()['global-microphone'], calls.state.phase === 'joined')) parts.push();
    callWindow.update();
  };
  return {
    shortcuts: () => ({
      chords: chords(),
      defaults: DEFAULT_CHORDS,
      global: isWayland(platform, env)
        ? 'wayland'
        : globalMute.isTaken(chords()['global-microphone'])
          ? 'taken'
          : 'works',
    }),
    desktop: () => ({ autostart: startsAtLogin }),
    handlerParts: {
      settings,
      autostart,
      isFree: (chord) => globalMute.probe(chord),
      openWindow: actions.openWindow,
      moveBar: (to) => bar.moveTo(to),
      openBarMenu,
      setRecording: (on) => {
        keys.suspended = on;
      },
      pressKeys: (id) => keys.press(id),
      holdToTalk: (on) => keys.hold(on),
      onChange(learned) {
        startsAtLogin = learned ?? startsAtLogin;
        update();
        parts.push();
      },
    },
    update,
    showWindow: () => callWindow.show(),
    showPanel: openPanel,
    listen: (contents) => keys.listen(contents),
  };
}

/** How the session is to start this program: an AppImage by its own file, the tree with its folder as argument. */
function ownCommand(): readonly string[] {
  const { env: environment, execPath } = process;
  const program = ownAppImage({ environment, program: execPath }) ?? execPath;
  return [program, ...(app.isPackaged ? [] : [app.getAppPath()]), AT_LOGIN];
}
