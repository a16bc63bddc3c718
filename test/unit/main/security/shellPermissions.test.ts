/** What the app's own pages may do with devices, asked as Chromium asks. */
import { EventEmitter } from 'node:events';
import type { Session, WebContents } from 'electron';
import { beforeEach, expect, it } from 'vitest';
import { ShellPermissions } from '../../../../main/security/shellPermissions';

const ORIGIN = 'parley-app://shell';

type Handler<Name extends 'setPermissionRequestHandler' | 'setPermissionCheckHandler'> = NonNullable<
  Parameters<Session[Name]>[0]
>;

let events: EventEmitter;
let contents: WebContents;
let permissions: ShellPermissions;
let request: Handler<'setPermissionRequestHandler'>;
let check: Handler<'setPermissionCheckHandler'>;

beforeEach(() => {
  events = new EventEmitter();
  contents = events as unknown as WebContents;
  const session = {
    setPermissionRequestHandler: (handler: typeof request) => void (request = handler),
    setPermissionCheckHandler: (handler: typeof check) => void (check = handler),
    setDevicePermissionHandler: () => undefined,
  } as unknown as Session;
  permissions = new ShellPermissions(session, contents, ORIGIN);
});

interface Asking {
  types?: ('audio' | 'video')[];
  permission?: Parameters<typeof request>[1];
  from?: WebContents;
  url?: string;
  isMainFrame?: boolean;
}

function mayOpen(asking: Asking = {}): boolean {
  const { types = ['audio'], permission = 'media', from = contents } = asking;
  const { url = `${ORIGIN}/index.html`, isMainFrame = true } = asking;
  let granted: boolean | undefined;
  request(from, permission, (answer) => void (granted = answer), {
    ...{ mediaTypes: types, requestingUrl: url, isMainFrame },
  });
  if (granted === undefined) throw new Error('The request was not answered.');
  return granted;
}

function mayName({
  permission = 'media',
  from = contents,
  url = `${ORIGIN}/`,
  isMainFrame = true,
}: Asking = {}) {
  return check(from, permission, url, {
    ...{ isMainFrame, requestingUrl: url },
  });
}

it('grants nothing by itself', () => {
  expect(mayOpen()).toBe(false);
  expect(mayName()).toBe(false);
});

it('lets devices be named while they are shown, which opens none', () => {
  permissions.setNaming(true);
  expect(mayName()).toBe(true);
  expect(mayOpen()).toBe(false);
  permissions.setNaming(false);
  expect(mayName()).toBe(false);
});

it('lets that device be opened that is tried out, and only then', () => {
  permissions.setOpening('microphone', true);
  expect(mayOpen()).toBe(true);
  expect(mayOpen({ types: ['video'] })).toBe(false);
  expect(mayOpen({ types: ['audio', 'video'] })).toBe(false);
  permissions.setOpening('camera', true);
  permissions.setOpening('microphone', false);
  expect(mayOpen({ types: ['video'] })).toBe(true);
  expect(mayOpen()).toBe(false);
});

it.each<[string, Asking]>([
  ['another page', { from: new EventEmitter() as unknown as WebContents }],
  ['another origin', { url: 'https://evil.example/' }],
  ['a frame within', { isMainFrame: false }],
  ['another permission', { permission: 'geolocation' }],
])('grants %s nothing', (_what, asking) => {
  permissions.setNaming(true);
  permissions.setOpening('microphone', true);
  expect(mayOpen(asking)).toBe(false);
  expect(mayName(asking)).toBe(false);
});

it('grants the screen to nobody: a request without a type', () => {
  permissions.setOpening('microphone', true);
  expect(mayOpen({ types: [] })).toBe(false);
});

it.each(['did-navigate', 'render-process-gone'])('ends with the page: %s', (event) => {
  permissions.setNaming(true);
  permissions.setOpening('microphone', true);
  events.emit(event);
  expect(mayOpen()).toBe(false);
  expect(mayName()).toBe(false);
});
