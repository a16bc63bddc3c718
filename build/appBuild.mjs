// @ts-check
/** Builds the desktop app when what was built is older than its sources. */
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { captureChild } from './runChild.mjs';

const require = createRequire(import.meta.url);

/** The repository. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const SOURCES = [
  'main',
  'preload',
  'renderer',
  'shared',
  'electron.vite.config.ts',
  'build/thirdPartyNotices.mjs',
  'package.json',
  'package-lock.json',
];
const BUILT = [
  'out/main/index.cjs',
  'out/main/parley.cjs',
  'out/preload/shell.cjs',
  'out/preload/meeting.cjs',
  'out/renderer/index.html',
];

/** The app could not be built; the message holds what the build said. */
export class BuildFailed extends Error {}

/** @returns {string} the script that is electron-vite */
export function electronVite() {
  return path.join(path.dirname(require.resolve('electron-vite/package.json')), 'bin', 'electron-vite.js');
}

/**
 * The last change in a file, or in a folder and below (a folder changes when a file in it goes away).
 * @param {string} target
 * @returns {number} milliseconds; 0 when there is nothing
 */
function changedAt(target) {
  const found = statSync(target, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(target).map((name) => changedAt(path.join(target, name))));
}

/**
 * @param {string} [root]
 * @returns {boolean} whether all that `electron .` needs is there and newer than every source
 */
export function isFresh(root = ROOT) {
  const built = BUILT.map((file) => changedAt(path.join(root, file)));
  const newestSource = Math.max(...SOURCES.map((source) => changedAt(path.join(root, source))));
  return Math.min(...built) > newestSource;
}

/**
 * @returns {Promise<void>} rejects with {@link BuildFailed}
 */
export async function buildIfStale() {
  if (isFresh()) return;
  const startedAt = Date.now();
  process.stderr.write('Building Parley… ');
  const args = [electronVite(), 'build', '--logLevel', 'warn'];
  const { code, output } = await captureChild(process.execPath, args, { cwd: ROOT });
  process.stderr.write(code === 0 ? `${((Date.now() - startedAt) / 1000).toFixed(1)} s\n` : 'failed\n');
  if (code !== 0) throw new BuildFailed(output.trim());
}
