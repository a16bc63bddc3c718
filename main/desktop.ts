/** Builds everything that the first paint does not need, once, and hands it down. */
import { randomInt } from 'node:crypto';
import { userInfo } from 'node:os';
import { app, BrowserWindow, clipboard, Menu, net, powerMonitor } from 'electron';
import { DEEP_LINK_SCHEME } from '../shared/deepLinkScheme';
import { newestChoices } from '../shared/devices';
import { chordsOf } from '../shared/shortcuts';
import type { CredentialState, Snapshot } from '../shared/ipc/snapshot';
import { inLanguage, withFirstDevices } from '../shared/jitsi/meetingUrl';
import { CallController } from './call/callController';
import { openCallView } from './call/callView';
import { keepWarm } from './call/keepWarm';
import { KeySetCache } from './call/keySetCache';
import { LobbyClient } from './call/lobbyClient';
import { MeetingPlaces } from './call/meetingPlace';
import { MeetingDevices } from './call/meetingDevices';
import { newProbe } from './call/probe';
import { RecentCalls } from './call/recentCalls';
import { RegionProbes } from './call/regionProbes';
import { RoomFinder } from './call/roomFinder';
import { ScreenSharing } from './call/screenSharing';
import { shareSources, systemPicks } from './call/shareSources';
import { ControlCommands } from './control/controlCommands';
import { startControlServer } from './control/controlServer';
import { About } from './diagnostics/about';
import { FirstRun } from './firstRun/firstRun';
import { nativeLanguage } from './i18n/text';
import { IncomingLinks } from './links/incomingLinks';
import type { LinkQueue } from './links/linkQueue';
import { Credentials } from './security/credentials';
import type { CommandHandler, OwnPages } from './security/ipc';
import { BoundedKeychain, loadKeychain } from './security/keychain';
import { hasPrivacySettings, openPrivacySettings } from './security/navigation';
import { provideWebCrypto } from './security/webCrypto';
import type { ShellPermissions } from './security/shellPermissions';
import { checkLobby } from './settings/lobbyCheck';
import { changeSettings } from './settings/changeSettings';
import { policyFilePath, unheardOfPolicy } from './settings/policyFile';
import { Settings } from './settings/settings';
import { storedOrigins } from './settings/storedOrigins';
import { applyLook } from './shell/applyLook';
import { newCommandHandler } from './shell/commandHandlers';
import { deviceItems } from './shell/deviceMenu';
import { moveFocusByKey } from './shell/focusKey';
import { HiddenMeeting } from './shell/hiddenMeeting';
import { openLobbyMenu } from './shell/lobbyMenu';
import { newMoreMenu } from './shell/more/popUpMore';
import { PeopleNotices } from './shell/peopleNotices';
import { openPersonMenu } from './shell/personMenu';
import { surfaceColour } from './shell/shellWindow';
import { SidePanel } from './shell/sidePanel';
import { tellOfPeople } from './shell/systemNotice';
import { Stage } from './shell/stage';
import { buildSurroundings, type Surroundings } from './shell/surroundings';
import { buildSignIn } from './signIn/buildSignIn';
import { buildUpdates } from './updates/buildUpdates';

export interface DesktopParts {
  /** The toolbar's window, whose page may already be asking. */
  window: BrowserWindow;
  pages: OwnPages;
  permissions: ShellPermissions;
  preload: string;
  meetingPreload: string;
  /** The compact bar's page. */
  barUrl: string;
  linkQueue: LinkQueue;
}

/** Wires the app behind its window, and gives what carries out commands. */
export async function buildDesktop({
  window,
  pages,
  permissions,
  preload,
  meetingPreload,
  barUrl,
  linkQueue,
}: DesktopParts): Promise<CommandHandler> {
  provideWebCrypto();
  const settings = await Settings.read({
    directory: app.getPath('userData'),
    policyFile: policyFilePath(process.platform, process.env),
    unheardOfPolicy: unheardOfPolicy(process.platform),
    environment: process.env,
    version: app.getVersion(),
  });
  const credentials = new Credentials(new BoundedKeychain(loadKeychain), storedOrigins(settings));
  const fetch = (url: string, init: RequestInit) => net.fetch(url, init);
  const client = new LobbyClient(fetch);
  let credential: CredentialState = { state: 'unchecked' };
  const learn = (learned: CredentialState = credential) => {
    credential = learned;
    push();
  };
  const { access, signIn } = buildSignIn({ fetch, client, credentials, onChange: learn });
  const probe = newProbe(fetch);
  const monotonic = () => performance.now();
  const regions = new RegionProbes({ lobby: client, probe, now: monotonic });
  const keySets = new KeySetCache(client, monotonic);
  const finder = new RoomFinder({
    lobby: client,
    keySets,
    access,
    latencies: (lobby) => regions.latencies(lobby),
    randomBelow: (bound) => randomInt(bound),
    accountName: userInfo().username,
    now: () => new Date(),
  });

  const snapshot = (): Snapshot => ({
    language: nativeLanguage(),
    call: calls.state,
    meetingHidden: hiddenMeeting.hidden,
    peopleNotice: peopleNotices.notice,
    side: side.panel,
    sharing: sharing.state,
    devices: devices.state,
    privacySettings: hasPrivacySettings(process.platform),
    recentCalls: recents.shown,
    link: links.question,
    settings: settings.shown,
    shortcuts: surroundings.shortcuts(),
    desktop: surroundings.desktop(),
    credential,
    signIn: signIn.state,
    firstRun: firstRun.state,
    update: updates.state,
    diagnosticsCopied: about.copied,
    settingsFault: settings.fault,
    policyFault: settings.policyFault,
  });
  const push = () => pages.push(snapshot());
  const showPanel: Surroundings['showPanel'] = (panel) => surroundings.showPanel(panel);
  const about = new About({
    ...{ settings, onChange: push },
    credential: () => credential,
    open: () => showPanel('about'),
  });
  const updates = buildUpdates({ settings, fetch, call: () => calls.state, showPanel, onChange: push });
  const look = () => applyLook(settings.values, about, updates);
  look();

  let pickerOpen = false;
  const recents = await RecentCalls.read({
    directory: app.getPath('userData'),
    rules: () => ({
      ...settings.values,
      freeForbidden: settings.locked.includes('freeMode') && !settings.values.freeMode,
    }),
    onChange: push,
  });
  const sharing = new ScreenSharing({
    sources: () => shareSources(new Set(BrowserWindow.getAllWindows().map((own) => own.getMediaSourceId()))),
    systemPicks: systemPicks(process.platform, process.env),
    onDropped: () => calls.control({ what: 'share-dropped' }),
    onChange: () => {
      const asks = sharing.state.picker !== undefined;
      if (asks && !pickerOpen) surroundings.showWindow();
      pickerOpen = asks;
      surroundings.update();
      push();
    },
  });
  const places = new MeetingPlaces({
    ...{ window, preload: meetingPreload, background: surfaceColour },
    likelyOrigin: () => regions.likelyOrigin(settings.values.lobbyUrl),
  });
  const calls: CallController = new CallController({
    finder,
    settings: () => ({ ...settings.values, config: settings.values.config.overrides }),
    openView: (url, events) =>
      stage.show(
        openCallView({
          window,
          url: withFirstDevices(
            inLanguage(url, settings.values.language),
            newestChoices(settings.values.devices),
          ),
          place: places.take(new URL(url).origin),
          askForScreen: (host) => sharing.ask(host),
          listenToKeys: surroundings.listen,
          ...events,
        }),
      ),
    network: { probe, isOnline: () => net.isOnline() },
    unseen: () => hiddenMeeting.hidden,
    onChange: (state) => {
      calls.lookAtPlace();
      if (state.phase !== 'joined' || state.connection.state === 'rejoining') {
        sharing.cancel();
        sharing.said(false);
      }
      places.follow(state);
      about.follow(state);
      recents.follow(state, calls.lobby);
      peopleNotices.update(state);
      devices.onCall(state);
      firstRun.callChanged(state);
      // Who looks at the toolbar comes before tray, keys and bar.
      push();
      surroundings.update();
      links.callChanged();
      control.callChanged();
      updates.callChanged();
    },
    onDeviceList: () => devices.onListChanged(),
    onSharing: (on) => sharing.said(on),
    monotonic,
    wallClock: () => Date.now(),
    random: Math.random,
  });
  const control = new ControlCommands({ calls, settings: () => settings.values });
  const links = new IncomingLinks({
    calls,
    settings: () => settings.values,
    onChange: push,
    onAsk: () => surroundings.showWindow(),
  });
  const devices = new MeetingDevices({
    questions: () => calls.questions,
    memory: () => settings.values.devices,
    onChange: push,
  });
  const copyInvite = () => {
    if (calls.inviteUrl !== undefined) void clipboard.writeText(calls.inviteUrl);
  };
  const side = new SidePanel(() => calls.state, push);
  const openDevices = () => pages.openPanel('devices');
  const hiddenMeeting = new HiddenMeeting({
    call: () => calls.state,
    kinds: () => settings.values.hiddenMeetings,
    keep: (hiddenMeetings) => changeSettings(settings, { hiddenMeetings }),
    control: (control) => calls.control(control),
    onChange() {
      calls.lookAtPlace();
      push();
    },
  });
  const peopleNotices = new PeopleNotices({
    wanted: () => settings.values.peopleNotices,
    attentionWanted: () => settings.values.attentionNotices,
    away: () => BrowserWindow.getFocusedWindow() === null,
    tell: tellOfPeople,
    onChange: push,
    now: monotonic,
  });
  const more = newMoreMenu({
    ...{ window, calls, side, hiddenMeeting, copyInvite, openDevices, about },
    chords: () => chordsOf(settings.values.shortcuts),
    showWindow: () => surroundings.showWindow(),
  });
  const surroundings = buildSurroundings({
    ...{ window, pages, settings, calls, preload, barUrl, copyInvite, more, push },
    toggleMeeting: () => void hiddenMeeting.set(!hiddenMeeting.hidden),
    startCall: (media) =>
      void calls.start({ target: { kind: 'new' }, media, free: settings.values.freeMode }),
  });
  powerMonitor.on('resume', () => calls.lookAtConnection());
  const stage = new Stage(
    () => window.getContentBounds(),
    () => calls.view,
  );

  moveFocusByKey(window.webContents, () => calls.view?.focus());

  const warmUp = keepWarm({ lobbyUrl: () => settings.values.lobbyUrl, keySets, regions });

  const onChange = (learned?: CredentialState) => {
    credential = learned ?? credential;
    look();
    if (!settings.values.keepRecentCalls) recents.clear();
    surroundings.update();
    push();
    warmUp();
  };
  const firstRun = new FirstRun({
    ...{ settings, credentials, calls, signIn, push, onChange },
    check: (form) => checkLobby(form, client, access),
  });
  firstRun.begin();

  startControlServer({
    platform: process.platform,
    environment: process.env,
    carryOut: (request) => control.carryOut(request),
    state: () => control.state,
  });
  linkQueue.deliverTo((link) => links.take(link));
  if (app.isPackaged) app.setAsDefaultProtocolClient(DEEP_LINK_SCHEME);

  return newCommandHandler({
    ...{ calls, sharing, recents, settings, credentials, client, access, signIn, firstRun, updates, devices },
    ...{ permissions, stage, links, snapshot, onChange, about },
    popUpDevices: ({ at, ...request }) => {
      Menu.buildFromTemplate(deviceItems(request, devices.state.fixed, openDevices)).popup({
        window,
        ...at,
      });
    },
    openPrivacySettings: (device) => openPrivacySettings(process.platform, device),
    side: { side, openMoreMenu: more.open },
    people: {
      hiddenMeeting,
      openPersonMenu: (person) =>
        openPersonMenu(window, calls.state, person, (control) => calls.control(control)),
    },
    desktop: surroundings.handlerParts,
    lobbyMenu: (at) => openLobbyMenu(window, settings.shown, at),
    copy: (text) => void clipboard.writeText(text),
  });
}
