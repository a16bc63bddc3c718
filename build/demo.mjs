// @ts-check
/**
 * `npm run demo`: the whole system on this machine, with nothing configured. `--fake-devices` (after `--`) gives the
 * windows a microphone and a camera that are not real.
 */
import path from 'node:path';
import process from 'node:process';
import { ROOT, buildIfStale } from './appBuild.mjs';
import { CannotRun, prepareLaunch, runScript, tell } from './launch.mjs';
import { missingForKeychain } from './systemPackages.mjs';

/**
 * @typedef {object} DemoModule test/support/demo.ts
 * @property {(options: { electron: string, args: string[], say: (line: string) => void }, stopped: AbortSignal)
 *   => Promise<void>} runDemo
 * @property {new (message: string) => Error} NoKeychain
 */

const FAKE_DEVICES = '--fake-devices';

await runScript(async () => {
  const { electron, sandbox } = await prepareLaunch([], 'demo');
  await buildIfStale();
  const { runnerImport } = await import('vite');
  /** @type {import('vite').InlineConfig} */
  const config = { configFile: false, root: ROOT, logLevel: 'error' };
  const file = path.join(ROOT, 'test/support/demo.ts');
  const { module } = /** @type {{ module: DemoModule }} */ (await runnerImport(file, config));

  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop.abort());
  const fake = process.argv.includes(FAKE_DEVICES) ? ['--use-fake-device-for-media-stream'] : [];
  await module
    .runDemo({ electron, args: [ROOT, ...sandbox, ...fake], say: tell }, stop.signal)
    .catch((/** @type {unknown} */ error) => {
      throw error instanceof module.NoKeychain ? new CannotRun(missingForKeychain() ?? error.message) : error;
    });
  return 0;
});
