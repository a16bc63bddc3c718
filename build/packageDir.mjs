// @ts-check
/** `npm run package:dir`: the app as it would be installed, unpacked, in `dist/`, around the Electron that is here. */
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Platform, build } from 'electron-builder';
import { buildIfStale } from './appBuild.mjs';
import { findElectron } from './foundElectron.mjs';
import { runScript } from './launch.mjs';

/** First Electron whose fuse wire has one for the privileges of `file:`; the packer refuses to set what is not there. */
const FIRST_WITH_FILE_FUSE = 29;

await runScript(async () => {
  const electron = await findElectron();
  await buildIfStale();
  // On macOS the executable stands three folders deep in Electron.app.
  const folder = process.platform === 'darwin' ? '../../..' : '.';
  const electronDist = path.resolve(path.dirname(electron), folder);
  const electronVersion = readFileSync(path.join(electronDist, 'version'), 'utf8').trim().replace(/^v/, '');
  const hasFileFuse = Number(electronVersion.split('.')[0]) >= FIRST_WITH_FILE_FUSE;
  await build({
    targets: Platform.current().createTarget('dir'),
    config: {
      electronDist,
      electronVersion,
      afterPack: ({ packager, appOutDir }) => {
        if (!hasFileFuse) delete packager.config.electronFuses?.grantFileProtocolExtraPrivileges;
        // The app that a bare Electron shows; electron-builder leaves it out of its own downloads alone.
        rmSync(path.join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
        return Promise.resolve();
      },
    },
    publish: 'never',
  });
  return 0;
});
