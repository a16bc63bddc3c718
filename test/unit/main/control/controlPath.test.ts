import { chmodSync, chownSync, mkdtempSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  checkControlDirectory,
  controlPath,
  ownControlDirectory,
  profileDirectory,
} from '../../../../main/control/controlPath';

let runtime: string;
beforeEach(() => {
  runtime = mkdtempSync(join(tmpdir(), 'parley-run-'));
});
afterEach(() => rmSync(runtime, { recursive: true, force: true }));

it('is another one for each profile, and short however long that is', () => {
  const at = (profile: string) =>
    controlPath('linux', { XDG_RUNTIME_DIR: '/run/user/1000', PARLEY_USER_DATA_DIR: profile });
  expect(at('/a')).not.toBe(at('/b'));
  expect(at('/a')).toBe(at('/x/../a'));
  expect(at(`/${'long/'.repeat(100)}`).length).toBeLessThan(108);
  expect(controlPath('win32', { PARLEY_USER_DATA_DIR: 'C:/a' })).toMatch(
    /^\\\\\.\\pipe\\.+parley-[0-9a-f]{16}$/,
  );
});

it('is that of the profile that Electron uses by itself', () => {
  expect(profileDirectory('linux', { XDG_CONFIG_HOME: '/c' })).toBe('/c/Parley');
  expect(profileDirectory('win32', { APPDATA: '/r' })).toBe(join('/r', 'Parley'));
  expect(profileDirectory('darwin', {})).toMatch(/Library\/Application Support\/Parley$/);
});

describe.runIf(process.platform !== 'win32')('its folder', () => {
  it('is made, closed to others', () => {
    const environment = { XDG_RUNTIME_DIR: join(runtime, 'new') };
    ownControlDirectory(environment);
    expect(statSync(join(runtime, 'new')).mode & 0o777).toBe(0o700);
    expect(() => checkControlDirectory('linux', environment)).not.toThrow();
  });

  it('is not trusted when others may enter it', () => {
    const open = join(runtime, 'open');
    mkdirSync(open);
    chmodSync(open, 0o755);
    expect(() => ownControlDirectory({ XDG_RUNTIME_DIR: open })).toThrow('closed to others');
    expect(() => checkControlDirectory('linux', { XDG_RUNTIME_DIR: open })).toThrow('closed to others');
  });

  // Only root can make a folder that is somebody else's.
  it.runIf(process.getuid?.() === 0)('is not trusted when it is somebody else’s, closed though it is', () => {
    const foreign = join(runtime, 'foreign');
    mkdirSync(foreign, { mode: 0o700 });
    chownSync(foreign, 65_534, 65_534);
    expect(() => ownControlDirectory({ XDG_RUNTIME_DIR: foreign })).toThrow('closed to others');
  });
});
