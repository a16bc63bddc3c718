// @ts-check
/** `npm run dev`: opens Parley from its sources, with hot reload. Arguments after `--` go to electron-vite. */
import process from 'node:process';
import { ROOT, electronVite } from './appBuild.mjs';
import { prepareLaunch, runScript } from './launch.mjs';
import { runChild } from './runChild.mjs';

await runScript(async () => {
  const args = process.argv.slice(2);
  const { electron, sandbox } = await prepareLaunch(args);
  const flags = sandbox.length > 0 ? ['--noSandbox'] : [];
  return runChild(process.execPath, [electronVite(), 'dev', '--watch', ...flags, ...args], {
    cwd: ROOT,
    env: { ...process.env, ELECTRON_EXEC_PATH: electron },
  });
});
