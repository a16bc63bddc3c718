// @ts-check
/** `npm start`: builds Parley if need be and opens it. Arguments after `--` go to the app. */
import process from 'node:process';
import { ROOT, buildIfStale } from './appBuild.mjs';
import { prepareLaunch, runScript } from './launch.mjs';
import { runChild } from './runChild.mjs';

await runScript(async () => {
  const args = process.argv.slice(2);
  const { electron, sandbox } = await prepareLaunch(args);
  await buildIfStale();
  return runChild(electron, [ROOT, ...sandbox, ...args]);
});
