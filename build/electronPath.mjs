// @ts-check
/** `npm run --silent electron:path`: prints the executable of the Electron that Parley runs on, and nothing else. */
import process from 'node:process';
import { findElectron } from './foundElectron.mjs';
import { runScript } from './launch.mjs';

await runScript(async () => {
  process.stdout.write(`${await findElectron()}\n`);
  return 0;
});
