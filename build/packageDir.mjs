// @ts-check
/** `npm run package:dir`: the app as it would be installed, unpacked, in `dist/`. */
import { runScript, tell } from './launch.mjs';
import { makeUnpackedApp } from './unpackedApp.mjs';

await runScript(async () => {
  tell((await makeUnpackedApp()).folder);
  return 0;
});
