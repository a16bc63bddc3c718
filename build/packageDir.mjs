// @ts-check
/** `npm run package:dir`: the app as it would be installed, unpacked, in `dist/`, around the Electron that is here. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Platform, build } from 'electron-builder';
import { buildIfStale } from './appBuild.mjs';
import { findElectron } from './foundElectron.mjs';
import { runScript } from './launch.mjs';

await runScript(async () => {
  const electron = await findElectron();
  await buildIfStale();
  // On macOS the executable stands three folders deep in Electron.app.
  const folder = process.platform === 'darwin' ? '../../..' : '.';
  const electronDist = path.resolve(path.dirname(electron), folder);
  const electronVersion = readFileSync(path.join(electronDist, 'version'), 'utf8').trim().replace(/^v/, '');
  await build({
    targets: Platform.current().createTarget('dir'),
    config: { electronDist, electronVersion },
    publish: 'never',
  });
  return 0;
});
