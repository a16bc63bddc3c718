// @ts-check
/**
 * The default app of the runtime that build/registryElectron.mjs sets up: opens the app named on the command line,
 * the way the default app inside a stock Electron does.
 */
const { existsSync, readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const process = require('node:process');
const { app: publicApp } = require('electron');

/**
 * @typedef {object} DefaultAppSetters what Electron gives its default app and leaves out of its types
 * @property {(version: string) => void} setVersion
 * @property {(directory: string) => void} setAppPath
 */

const app = /** @type {typeof publicApp & DefaultAppSetters} */ (publicApp);

/**
 * @typedef {object} LoadingModule the parts of Node's loader that a default app needs and its types leave out
 * @property {(path: string, parent: unknown, isMain: boolean) => string} _resolveFilename
 * @property {(path: string, parent: unknown, isMain: boolean) => unknown} _load
 * @property {(requests: string[]) => void} _preloadModules
 */

/**
 * Splits the command line (without argv[0]) into the modules to load first and the app's path: the first argument
 * that is neither a flag nor the value of `-r`.
 * @param {string[]} args
 * @returns {{ preload: string[], appPath: string | undefined }}
 */
function readArguments(args) {
  /** @type {string[]} */
  const preload = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '-r' || arg === '--require') {
      const request = args[++i];
      if (request !== undefined) preload.push(request);
    } else if (arg.startsWith('--app=')) {
      return { preload, appPath: arg.slice('--app='.length) };
    } else if (!arg.startsWith('-')) {
      return { preload, appPath: arg };
    }
  }
  return { preload, appPath: undefined };
}

/**
 * Gives Electron the name, version and path of the app itself instead of this default app's.
 * @param {string} directory
 */
function adoptPackage(directory) {
  const described = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'));
  if (described.version) app.setVersion(described.version);
  app.setName(described.productName ?? described.name ?? app.getName());
  app.setAppPath(directory);
}

/** @param {string} message @returns {never} */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** Opens the app named on the command line. */
function openApp() {
  const loader = /** @type {LoadingModule} */ (/** @type {unknown} */ (Module));
  const { preload, appPath } = readArguments(process.argv.slice(1));
  if (appPath === undefined) fail('No app to open: give the path of a folder with a package.json.');

  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
  if (preload.length > 0) loader._preloadModules(preload);

  const target = path.resolve(appPath);
  let entry;
  try {
    if (existsSync(path.join(target, 'package.json'))) adoptPackage(target);
    entry = loader._resolveFilename(target, null, true);
  } catch (error) {
    fail(`Cannot open an app at ${target}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!existsSync(path.join(target, 'package.json'))) app.setAppPath(path.dirname(entry));
  loader._load(entry, module, true);
}

openApp();
