// @ts-check
/** Makes the app as it would be installed, unpacked, in `dist/`, around the Electron that is here. */
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { buildIfStale } from './appBuild.mjs';
import { findElectron } from './foundElectron.mjs';
import { ensureNpmPackages } from './launch.mjs';
import { MARKER as RUNTIME_MARKER } from './registryElectron.mjs';

const require = createRequire(import.meta.url);

/** First Electron whose fuse wire has one for the privileges of `file:`; the packer refuses to set what is not there. */
const FIRST_WITH_FILE_FUSE = 29;

/**
 * @typedef {object} UnpackedApp
 * @property {string} folder
 * @property {import('electron-builder').Configuration} config of electron-builder.yml
 * @property {string} program name of the executable in the folder
 * @property {string} version of Parley
 * @property {string} arch of this machine, as Node calls it
 */

/** @returns {Promise<UnpackedApp>} */
export async function makeUnpackedApp() {
  ensureNpmPackages();
  // Not by `import()`: what the benchmark loads by vite cannot import any more once it runs.
  /** @type {typeof import('electron-builder')} */
  const { Platform, build } = require('electron-builder');
  const electron = await findElectron();
  await buildIfStale();
  // On macOS the executable stands three folders deep in Electron.app.
  const folder = process.platform === 'darwin' ? '../../..' : '.';
  const electronDist = path.resolve(path.dirname(electron), folder);
  const electronVersion = readFileSync(path.join(electronDist, 'version'), 'utf8').trim().replace(/^v/, '');
  const hasFileFuse = Number(electronVersion.split('.')[0]) >= FIRST_WITH_FILE_FUSE;
  /** @type {UnpackedApp | undefined} */
  let made;
  await build({
    targets: Platform.current().createTarget('dir'),
    config: {
      electronDist,
      electronVersion,
      afterPack: ({ packager, appOutDir }) => {
        if (!hasFileFuse) delete packager.config.electronFuses?.grantFileProtocolExtraPrivileges;
        // The app that a bare Electron shows; electron-builder leaves it out of its own downloads alone.
        rmSync(path.join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
        rmSync(path.join(appOutDir, RUNTIME_MARKER), { force: true });
        made = {
          folder: appOutDir,
          config: packager.config,
          program:
            'executableName' in packager ? String(packager.executableName) : packager.appInfo.productName,
          version: packager.appInfo.version,
          arch: process.arch,
        };
        return Promise.resolve();
      },
    },
    publish: 'never',
  });
  if (!made) throw new Error('electron-builder ended without an app.');
  return made;
}
