// @ts-check
/**
 * `npm run bench:NAME`: runs `bench/NAME.ts`; what opens windows gets all that `npm test` prepares, on a desktop of its
 * own. Ends with one line a figure, `name: value`; a figure never fails.
 */
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { ROOT, buildIfStale } from './appBuild.mjs';
import { sandboxArguments } from './desktopSession.mjs';
import { findElectron } from './foundElectron.mjs';
import { ensureNpmPackages, runScript, tell } from './launch.mjs';
import { openPrivateDesktop } from './privateDesktop.mjs';
import { runChild } from './runChild.mjs';
import { ensureSystemPackages } from './systemPackages.mjs';

/**
 * @typedef {object} BenchOptions
 * @property {string} electron
 * @property {string[]} args those that Electron must get, whatever it runs
 * @property {(line: string) => void} print
 * @property {(line: string) => void} progress
 */

/** @typedef {{ runBench: (options: BenchOptions) => Promise<void> }} BenchModule a file of bench/ */

const NAMES = ['start', 'packed', 'lobby', 'call'];

/** Benchmarks that open no window, and so need neither Electron nor a desktop. */
const WINDOWLESS = ['lobby'];

/** Passed to this script by itself, before the runtime and its arguments: the desktop is there. */
const ON_DESKTOP = '--on-desktop';

/** No benchmark takes so long; one that does is ended. */
const LIMIT_MS = 15 * 60_000;

/** @param {string} name @returns {Promise<number>} exit code of the benchmark in a process on its own desktop */
async function prepareAndRun(name) {
  await ensureSystemPackages('test');
  const electron = await findElectron();
  await buildIfStale();
  const { args, notice } = sandboxArguments(electron, []);
  if (notice) tell(notice);

  const desktop = await openPrivateDesktop();
  try {
    const script = fileURLToPath(import.meta.url);
    const [command = process.execPath, ...rest] = [
      ...desktop.prefix,
      ...[process.execPath, script, name, ON_DESKTOP, electron, ...args],
    ];
    return await runChild(command, rest, { cwd: ROOT, env: desktop.env, timeout: LIMIT_MS });
  } finally {
    await desktop.close();
  }
}

/** @param {string} name @param {string} electron @param {string[]} args @returns {Promise<number>} */
async function runHere(name, electron, args) {
  const { runnerImport } = await import('vite');
  /** @type {import('vite').InlineConfig} */
  const config = { configFile: false, root: ROOT, logLevel: 'error' };
  const file = path.join(ROOT, 'bench', `${name}.ts`);
  const { module } = /** @type {{ module: BenchModule }} */ (await runnerImport(file, config));
  /** @param {string} line */
  const print = (line) => void process.stdout.write(`${line}\n`);
  await module.runBench({ electron, args, print, progress: tell });
  return 0;
}

await runScript(async () => {
  const [name = '', mark, electron, ...args] = process.argv.slice(2);
  if (!NAMES.includes(name)) {
    tell(`Which benchmark? One of: ${NAMES.join(', ')}`);
    return 2;
  }
  ensureNpmPackages();
  if (WINDOWLESS.includes(name)) return runHere(name, '', []);
  return mark === ON_DESKTOP && electron !== undefined ? runHere(name, electron, args) : prepareAndRun(name);
});
