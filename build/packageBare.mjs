// @ts-check
/**
 * `npm run package:bare`: the Debian package on a bare Debian 12. X server, session bus and keychain are this system's,
 * reached by /tmp; the app and all it loads are that one's.
 */
import path from 'node:path';
import process from 'node:process';
import { ROOT } from './appBuild.mjs';
import { withBareDebian, withMounts } from './bareDebian.mjs';
import { ensureNpmPackages, runScript } from './launch.mjs';
import { runChild } from './runChild.mjs';

await runScript(() => {
  ensureNpmPackages();
  return withBareDebian((system) => {
    const test = [process.execPath, path.join(ROOT, 'build/test.mjs'), 'e2e', 'test/e2e/debPackage.test.ts'];
    const [command = '', ...args] = [...withMounts(system), ...test];
    return runChild(command, args, { env: { ...process.env, PARLEY_BARE_ROOT: system } });
  });
});
