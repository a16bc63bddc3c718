/**
 * Every permission that Electron knows, asked by everyone who could: the handlers themselves, with a session that keeps
 * them. That the real ones decide so is seen in test/e2e/meetingGuards.test.ts and securityPages.test.ts.
 */
import { EventEmitter } from 'node:events';
import type { Session, WebContents } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  leaveMeetingSession,
  openMeetingSession,
  takeMeetingSession,
} from '../../../../main/security/meetingSession';
import { ShellPermissions } from '../../../../main/security/shellPermissions';

type AskHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type DeviceHandler = NonNullable<Parameters<Session['setDevicePermissionHandler']>[0]>;
type DisplayHandler = NonNullable<Parameters<Session['setDisplayMediaRequestHandler']>[0]>;
type Permission = Parameters<AskHandler>[1];

/** All of them, or the types do not fit. The value: whether a meeting's own page is given it, asking and being checked. */
const PERMISSIONS: Readonly<Record<Permission, readonly ('ask' | 'check')[]>> = {
  ar: [],
  'automatic-fullscreen': [],
  'background-fetch': [],
  'background-sync': [],
  'captured-surface-control': [],
  'clipboard-read': [],
  'clipboard-sanitized-write': [],
  'deprecated-sync-clipboard-read': [],
  'display-capture': ['ask'],
  fileSystem: [],
  fullscreen: [],
  geolocation: [],
  'geolocation-approximate': [],
  'hand-tracking': [],
  hid: [],
  'idle-detection': [],
  keyboardLock: [],
  'local-fonts': [],
  'local-network': [],
  'local-network-access': [],
  'loopback-network': [],
  media: ['ask', 'check'],
  mediaKeySystem: [],
  midi: [],
  midiSysex: [],
  nfc: [],
  notifications: [],
  openExternal: [],
  'payment-handler': [],
  'periodic-background-sync': [],
  'persistent-storage': [],
  pointerLock: [],
  'screen-wake-lock': [],
  sensors: [],
  serial: [],
  'smart-card': [],
  'speaker-selection': [],
  'storage-access': [],
  'system-wake-lock': [],
  'top-level-storage-access': [],
  unknown: [],
  usb: [],
  vr: [],
  'web-app-installation': [],
  'web-printing': [],
  'window-management': [],
};

class KeepingSession {
  ask: AskHandler | undefined;
  check: CheckHandler | undefined;
  device: DeviceHandler | undefined;
  display: DisplayHandler | undefined;
  setPermissionRequestHandler(handler: AskHandler): void {
    this.ask = handler;
  }
  setPermissionCheckHandler(handler: CheckHandler): void {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: DeviceHandler): void {
    this.device = handler;
  }
  setDisplayMediaRequestHandler(handler: DisplayHandler): void {
    this.display = handler;
  }
}

const { sessions } = vi.hoisted(() => ({
  sessions: {} as { meeting: KeepingSession; own: KeepingSession },
}));
vi.mock('../../../../main/log', () => ({ log: { info: vi.fn(), warn: vi.fn() } }));
vi.mock('electron', () => ({
  app: {},
  session: { fromPartition: () => sessions.meeting },
}));

const DEPLOYMENT = 'https://meet.example.com';
const meeting = { name: 'meeting' } as unknown as WebContents;
const toolbar = new EventEmitter() as unknown as WebContents;
const login = { name: 'login' } as unknown as WebContents;

/** Everyone but the meeting's own page. */
const OTHERS = [
  ['another origin in the meeting', meeting, 'https://other.example.com', true],
  ['the deployment without TLS', meeting, 'http://meet.example.com', true],
  ['the deployment at another port', meeting, 'https://meet.example.com:8443', true],
  ['a host that begins like it', meeting, 'https://meet.example.com.evil.example', true],
  ['a frame of another origin', meeting, 'https://other.example.com', false],
  ["a frame of the deployment's own origin", meeting, DEPLOYMENT, false],
  ['a login window on the deployment', login, DEPLOYMENT, true],
  ['a file', meeting, 'file://', true],
  ['a page with no origin', meeting, 'null', true],
] as const;

const names = Object.keys(PERMISSIONS) as Permission[];
let permissions: ShellPermissions;
const screen = vi.fn(() => Promise.resolve({ id: 'screen:1', name: 'Screen' }));

beforeEach(() => {
  sessions.meeting = new KeepingSession();
  sessions.own = new KeepingSession();
  screen.mockClear();
  openMeetingSession(takeMeetingSession(DEPLOYMENT), DEPLOYMENT, (contents) => contents === meeting, screen);
  permissions = new ShellPermissions(sessions.own as unknown as Session, toolbar, 'parley-app://shell');
});

type Contents = WebContents;
function ask(
  on: KeepingSession,
  from: Contents,
  permission: Permission,
  origin: string,
  top: boolean,
  types: string[] = [],
) {
  let granted: boolean | undefined;
  const details = { requestingUrl: `${origin}/room`, isMainFrame: top, mediaTypes: types };
  on.ask?.(from, permission, (answer) => (granted = answer), details);
  return granted;
}
const check = (
  on: KeepingSession,
  from: Contents | null,
  permission: Permission,
  origin: string,
  top: boolean,
) => on.check?.(from, permission, origin, { isMainFrame: top });

describe('of all permissions', () => {
  it("the meeting's own page gets microphone, camera and the question about the screen, and no other", () => {
    const given = names.map((name) => {
      const asked = ask(sessions.meeting, meeting, name, DEPLOYMENT, true) === true;
      const checked = check(sessions.meeting, meeting, name, DEPLOYMENT, true) === true;
      return [name, [...(asked ? ['ask'] : []), ...(checked ? ['check'] : [])]];
    });
    expect(Object.fromEntries(given)).toEqual(PERMISSIONS);
    for (const types of [['audio'], ['video'], ['audio', 'video']]) {
      expect(ask(sessions.meeting, meeting, 'media', DEPLOYMENT, true, types)).toBe(true);
    }
    expect(ask(sessions.meeting, meeting, 'media', DEPLOYMENT, true, ['audio', 'hologram'])).toBe(false);
  });

  it.each(OTHERS)('%s gets none', (_who, from, origin, top) => {
    const got = names.filter(
      (name) =>
        ask(sessions.meeting, from, name, origin, top, ['audio']) !== false ||
        check(sessions.meeting, from, name, origin, top) !== false,
    );
    expect(got).toEqual([]);
  });

  it('nobody gets any by a check without web contents, such as of a worker', () => {
    expect(names.filter((name) => check(sessions.meeting, null, name, DEPLOYMENT, true))).toEqual([]);
  });

  it("the app's own pages get none, but for a device that is tried out", () => {
    const got = () =>
      names.filter(
        (name) =>
          ask(sessions.own, toolbar, name, 'parley-app://shell', true, ['audio']) !== false ||
          check(sessions.own, toolbar, name, 'parley-app://shell', true) !== false,
      );
    expect(got()).toEqual([]);
    permissions.setNaming(true);
    permissions.setOpening('microphone', true);
    expect(got()).toEqual(['media']);
  });

  it('no page opens a device by HID, serial or USB', () => {
    for (const on of [sessions.meeting, sessions.own]) {
      expect(on.device?.({ deviceType: 'usb' } as Parameters<DeviceHandler>[0])).toBe(false);
    }
  });
});

describe('a session that no call has', () => {
  const NEXT = 'https://next.example.com';
  async function expectNothing(own: KeepingSession): Promise<void> {
    const got = names.filter(
      (name) =>
        ask(own, meeting, name, NEXT, true, ['audio']) !== false ||
        check(own, meeting, name, NEXT, true) !== false,
    );
    expect(got).toEqual([]);
    const request = { frame: { parent: null }, securityOrigin: NEXT } as Parameters<DisplayHandler>[0];
    expect(await new Promise((resolve) => own.display?.(request, resolve))).toEqual({});
    expect(own.device?.({ deviceType: 'usb' } as Parameters<DeviceHandler>[0])).toBe(false);
    expect(screen).not.toHaveBeenCalled();
  }

  it('yet, gives nobody anything, and asks nobody', async () => {
    sessions.meeting = new KeepingSession();
    takeMeetingSession(NEXT);
    await expectNothing(sessions.meeting);
  });

  it('any more, gives nobody anything, and asks nobody', async () => {
    const done = () => Promise.resolve();
    const left = Object.assign(new KeepingSession(), {
      webRequest: { onBeforeRequest: done, onCompleted: done, onErrorOccurred: done },
      ...{ closeAllConnections: done, clearStorageData: done, clearCache: done, clearCodeCaches: done },
      ...{ clearAuthCache: done, clearHostResolverCache: done },
    });
    const session = left as unknown as Session;
    openMeetingSession(session, NEXT, (contents) => contents === meeting, screen);
    await leaveMeetingSession(session, NEXT);
    await expectNothing(left);
  });
});

describe('the screen', () => {
  const top = { parent: null };
  const shown = async (frame: unknown, securityOrigin: string) => {
    const request = { frame, securityOrigin } as Parameters<DisplayHandler>[0];
    return new Promise((resolve) => sessions.meeting.display?.(request, resolve));
  };

  it("is shown as the user says to the deployment's top frame", async () => {
    expect(await shown(top, `${DEPLOYMENT}/`)).toEqual({ video: { id: 'screen:1', name: 'Screen' } });
  });

  it.each([
    ['another origin', top, 'https://other.example.com'],
    ['a frame in the page', { parent: top }, DEPLOYMENT],
    ['a frame that is gone', null, DEPLOYMENT],
  ])('is not even asked for by %s', async (_who, frame, origin) => {
    expect(await shown(frame, origin)).toEqual({});
    expect(screen).not.toHaveBeenCalled();
  });
});
