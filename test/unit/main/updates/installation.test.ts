import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bringerOf, ownAppImage } from '../../../../main/updates/installation';

let folder: string;
let appImage: string;
let mounted: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-installation-'));
  [appImage, mounted] = [join(folder, 'Parley.AppImage'), join(folder, 'mounted')];
  await mkdir(mounted);
  await writeFile(appImage, '');
});
afterEach(() => rm(folder, { recursive: true }));

const linux = (environment: NodeJS.ProcessEnv, program = join(mounted, 'parley')) =>
  bringerOf({ platform: 'linux', packaged: true, environment, program });

it('brings an AppImage by itself', async () => {
  expect(await linux({ APPIMAGE: appImage, APPDIR: mounted })).toBe('parley');
});

it.each([
  ['a package of the system', {}],
  ['a program that some AppImage has started', { APPIMAGE: 'file', APPDIR: '/tmp/.mount_editor' }],
  ['an AppImage whose place is not said', { APPIMAGE: 'file' }],
  ['an AppImage that is gone', { APPIMAGE: '/nowhere/Parley.AppImage', APPDIR: 'mounted' }],
  ['a relative path', { APPIMAGE: 'Parley.AppImage', APPDIR: 'mounted' }],
])('leaves %s alone', async (_what, { APPIMAGE, APPDIR }: { APPIMAGE?: string; APPDIR?: string }) => {
  expect(
    await linux({
      ...(APPIMAGE === undefined ? {} : { APPIMAGE: APPIMAGE === 'file' ? appImage : APPIMAGE }),
      ...(APPDIR === undefined ? {} : { APPDIR: APPDIR === 'mounted' ? mounted : APPDIR }),
    }),
  ).toBe('system');
});

it('leaves alone what lies beside the mounted AppImage', async () => {
  expect(await linux({ APPIMAGE: appImage, APPDIR: mounted }, `${mounted}-other/parley`)).toBe('system');
});

it('knows the AppImage that it runs from, and none that has started it', () => {
  const program = join(mounted, 'parley');
  const own = { APPIMAGE: appImage, APPDIR: mounted };
  expect(ownAppImage({ environment: own, program })).toBe(appImage);
  expect(ownAppImage({ environment: own, program: '/opt/Parley/parley' })).toBeUndefined();
  expect(ownAppImage({ environment: { APPIMAGE: appImage }, program })).toBeUndefined();
});

// Root may write everywhere.
it.skipIf(process.getuid?.() === 0)('leaves alone an AppImage in a folder of somebody else', async () => {
  await chmod(folder, 0o555);
  expect(await linux({ APPIMAGE: appImage, APPDIR: mounted })).toBe('system');
  await chmod(folder, 0o755);
});

it('brings on Windows what its installer has installed, not what was unpacked', async () => {
  const windows = () =>
    bringerOf({
      platform: 'win32',
      packaged: true,
      environment: {},
      program: join(folder, 'Parley.exe'),
    });
  expect(await windows()).toBe('system');
  await writeFile(join(folder, 'Uninstall Parley.exe'), '');
  expect(await windows()).toBe('parley');
});

it('brings on macOS the app, and nowhere the source tree', async () => {
  const mac = { platform: 'darwin', environment: {}, program: '/Applications/Parley.app' } as const;
  expect(await bringerOf({ ...mac, packaged: true })).toBe('parley');
  expect(await bringerOf({ ...mac, packaged: false })).toBe('system');
});
