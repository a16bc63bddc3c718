import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ElectronUnavailable,
  TRIAL_NOTICE,
  executableName,
  resolveElectron,
} from '../../../build/electronRuntime.mjs';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'parley-runtime-test-'));
  await writeFile(path.join(root, 'package.json'), '{"version":"45.0.0"}');
});

afterEach(() => rm(root, { recursive: true, force: true }));

/** Leaves what electron's installer leaves when it succeeds. */
async function placeInstalled(version = '45.0.0'): Promise<string> {
  const executable = path.join(root, 'dist', executableName());
  await mkdir(path.dirname(executable), { recursive: true });
  await writeFile(executable, '');
  await writeFile(path.join(root, 'dist', 'version'), version);
  await writeFile(path.join(root, 'path.txt'), executableName());
  return executable;
}

function sources() {
  return {
    packageDirectory: root,
    env: {} as NodeJS.ProcessEnv,
    registrySupported: true,
    cached: vi.fn<() => Promise<string | undefined>>(() => Promise.resolve(undefined)),
    install: vi.fn<() => Promise<unknown>>(() => Promise.reject(new Error('fetch failed'))),
    fetchRegistry: vi.fn<() => Promise<string>>(() => Promise.resolve('/registry/electron')),
  };
}

describe('the order in which Electron is looked for', () => {
  it('takes ELECTRON_OVERRIDE_DIST_PATH before all else', async () => {
    await placeInstalled();
    const dist = path.join(root, 'mine');
    const executable = path.join(dist, executableName());
    await mkdir(path.dirname(executable), { recursive: true });
    await writeFile(executable, '');
    const from = { ...sources(), env: { ELECTRON_OVERRIDE_DIST_PATH: dist } };
    expect(await resolveElectron({ sources: from })).toBe(executable);
  });

  it('refuses an override that holds no Electron instead of passing it over', async () => {
    await placeInstalled();
    const from = { ...sources(), env: { ELECTRON_OVERRIDE_DIST_PATH: path.join(root, 'empty') } };
    await expect(resolveElectron({ sources: from })).rejects.toThrow(
      /ELECTRON_OVERRIDE_DIST_PATH is .*empty/,
    );
  });

  it('takes what the installer has fetched, and asks nobody', async () => {
    const executable = await placeInstalled();
    const from = sources();
    expect(await resolveElectron({ sources: from })).toBe(executable);
    expect(from.cached).not.toHaveBeenCalled();
    expect(from.install).not.toHaveBeenCalled();
  });

  it.each([
    ['of another version', () => placeInstalled('44.0.0')],
    [
      'cut short',
      async () => {
        await placeInstalled();
        await rm(path.join(root, 'path.txt'));
      },
    ],
  ])('does not take an Electron %s', async (_, place) => {
    await place();
    const from = sources();
    expect(await resolveElectron({ sources: from })).toBe('/registry/electron');
    expect(from.install).toHaveBeenCalledOnce();
  });

  it('uses the cached registry runtime without trying the installer again, and says what it is', async () => {
    const from = sources();
    from.cached.mockResolvedValue('/cache/electron');
    const onNotice = vi.fn();
    expect(await resolveElectron({ sources: from, onNotice })).toBe('/cache/electron');
    expect(from.install).not.toHaveBeenCalled();
    expect(onNotice).toHaveBeenCalledExactlyOnceWith(TRIAL_NOTICE);
  });

  it('says in one line why the registry had to help, when the installer has just failed', async () => {
    const from = sources();
    from.install.mockRejectedValue(new Error('connect ETIMEDOUT\n  at github.com:443'));
    const onNotice = vi.fn();
    expect(await resolveElectron({ sources: from, onNotice })).toBe('/registry/electron');
    const said = `${TRIAL_NOTICE} Its installer failed: connect ETIMEDOUT at github.com:443`;
    expect(onNotice).toHaveBeenCalledExactlyOnceWith(said);
  });

  it('says so too when the installer ends well and leaves nothing', async () => {
    const from = sources();
    from.install.mockResolvedValue(undefined);
    const onNotice = vi.fn();
    await resolveElectron({ sources: from, onNotice });
    expect(onNotice).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('left no Electron'));
  });

  it('prefers the installer to the registry', async () => {
    const from = sources();
    from.install.mockImplementation(() => placeInstalled());
    expect(await resolveElectron({ sources: from })).toBe(path.join(root, 'dist', executableName()));
    expect(from.fetchRegistry).not.toHaveBeenCalled();
  });

  it('does not ask the registry where its runtime cannot run', async () => {
    const from = { ...sources(), registrySupported: false };
    await expect(resolveElectron({ sources: from })).rejects.toThrow(ElectronUnavailable);
    expect(from.cached).not.toHaveBeenCalled();
    expect(from.fetchRegistry).not.toHaveBeenCalled();
  });

  it('says why each way failed, and what to do', async () => {
    const from = sources();
    from.fetchRegistry.mockRejectedValue(new Error('E403 forbidden'));
    const failure = await resolveElectron({ sources: from }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ElectronUnavailable);
    const { message } = failure as ElectronUnavailable;
    expect(message).toContain("electron's installer: fetch failed");
    expect(message).toContain('E403 forbidden');
    for (const way of ['ELECTRON_OVERRIDE_DIST_PATH', 'ELECTRON_MIRROR', 'github.com', 'registry']) {
      expect(message).toContain(way);
    }
  });
});
