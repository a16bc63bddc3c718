/** Builds everything that the first paint does not need, once, and hands it down. */
import { randomInt, webcrypto } from 'node:crypto';
import { userInfo } from 'node:os';
import { app, type BrowserWindow, clipboard, net } from 'electron';
import type { CredentialState, Snapshot } from '../shared/ipc/snapshot';
import { CallController } from './call/callController';
import { openCallView } from './call/callView';
import { KeySetCache } from './call/keySetCache';
import { LobbyClient } from './call/lobbyClient';
import { RoomFinder } from './call/roomFinder';
import { Credentials, type StoredOrigins } from './security/credentials';
import { type CommandHandler, pushSnapshot } from './security/ipc';
import { BoundedKeychain, loadKeychain } from './security/keychain';
import { policyFilePath } from './settings/policyFile';
import { Settings } from './settings/settings';
import { newCommandHandler } from './shell/commandHandlers';
import { moveFocusByKey } from './shell/focusKey';
import { setMenu } from './shell/menu';
import { surfaceColour } from './shell/shellWindow';
import { Stage } from './shell/stage';

export interface Desktop {
  handle: CommandHandler;
  /** Ends a call that is under way: the app is going. */
  stop: () => void;
}

/** Wires the app behind `window`, whose page may already be asking. */
export async function buildDesktop(window: BrowserWindow, meetingPreload: string): Promise<Desktop> {
  setMenu();
  provideWebCrypto();
  const settings = await Settings.read({
    directory: app.getPath('userData'),
    policyFile: policyFilePath(process.platform, process.env),
    environment: process.env,
  });
  const credentials = new Credentials(new BoundedKeychain(loadKeychain), storedOrigins(settings));
  const client = new LobbyClient((url, init) => net.fetch(url, init));
  const monotonic = () => performance.now();
  const keySets = new KeySetCache(client, monotonic);
  const finder = new RoomFinder({
    lobby: client,
    keySets,
    readToken: (origin) => credentials.read(origin),
    randomBelow: (bound) => randomInt(bound),
    accountName: userInfo().username,
    now: () => new Date(),
  });

  let credential: CredentialState = { state: 'unchecked' };
  const snapshot = (): Snapshot => ({
    call: calls.state,
    settings: shownSettings(settings),
    credential,
    settingsFault: settings.fault,
  });
  const push = () => pushSnapshot(window.webContents, snapshot());

  const calls = new CallController({
    finder,
    settings: () => settings.values,
    openView: (url, events) =>
      openCallView({ window, url, preload: meetingPreload, background: surfaceColour(), ...events }),
    onChange: push,
    monotonic,
    wallClock: () => Date.now(),
  });
  const stage = new Stage(
    () => window.getContentBounds(),
    () => calls.view,
  );

  moveFocusByKey(window.webContents, () => calls.view?.focus());

  const warmUp = () => {
    const { lobbyUrl } = settings.values;
    if (lobbyUrl !== '') void keySets.get(lobbyUrl, new AbortController().signal);
  };
  warmUp();

  return {
    handle: newCommandHandler({
      calls,
      settings,
      credentials,
      client,
      stage,
      snapshot,
      onChange(learned) {
        credential = learned ?? credential;
        push();
        warmUp();
      },
      copy: (text) => void clipboard.writeText(text),
      about: () => ({
        parley: app.getVersion(),
        electron: process.versions.electron,
        platform: `${process.platform} ${process.arch}`,
      }),
    }),
    stop: () => calls.abandon(),
  };
}

function shownSettings({ values, locked, overridden }: Settings): Snapshot['settings'] {
  const { lobbyUrl, displayName, freeUrl, freeMode, freeNoticeRead } = values;
  return { lobbyUrl, displayName, freeUrl, freeMode, freeNoticeRead, locked, overridden };
}

function storedOrigins(settings: Settings): StoredOrigins {
  const others = (origin: string) => settings.values.tokenOrigins.filter((other) => other !== origin);
  return {
    has: (origin) => settings.values.tokenOrigins.includes(origin),
    add: (origin) => settings.change({ tokenOrigins: [...others(origin), origin] }),
    delete: (origin) => settings.change({ tokenOrigins: others(origin) }),
  };
}

/** jose needs the Web Cryptography API as a global, which Node 18, and so Electron 25, does not have in main. */
function provideWebCrypto(): void {
  if (!('crypto' in globalThis)) Object.defineProperty(globalThis, 'crypto', { value: webcrypto });
}
