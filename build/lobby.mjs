/**
 * Runs the lobby from the tree: bundles it when the bundle is missing or older than its sources, then becomes it. The
 * bundle is loaded into this very process, so signals, standard streams and exit code are the lobby's own.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = join(root, 'out/lobby/parley-lobby.cjs');
const require = createRequire(import.meta.url);
/** How soon the end of npm is noticed, ms. */
const PARENT_CHECK_MS = 200;

if (!isCurrent()) makeBundle();
if (process.env['npm_lifecycle_event'] === 'lobby') stopWithParent();
require(bundle);

function isCurrent() {
  const made = changedAt(bundle);
  const sources = ['lobby', 'shared'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return sources.every((source) => changedAt(source) <= made);
}

/** @param {string} file */
function changedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/**
 * A SIGTERM to `npm run` ends npm and its shell, but the shell passes it on to nobody (measured with npm 11 and dash):
 * without this the lobby would live on and hold its port.
 */
function stopWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, PARENT_CHECK_MS);
  watch.unref();
}

/** Bundles aside and moves the result into place: two of these at once never load each other's half-written file. */
function makeBundle() {
  const aside = join(root, `out/lobby-${process.pid}`);
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const config = join(root, 'lobby/vite.config.mts');
  const args = [vite, 'build', '--config', config, '--logLevel', 'error', '--outDir', aside];
  // Standard output belongs to the lobby's results: what the bundler says goes to standard error.
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    process.stderr.write('The lobby could not be bundled; run "npm ci" and try again.\n');
    process.exit(1);
  }
  mkdirSync(join(root, 'out/lobby'), { recursive: true });
  renameSync(join(aside, 'parley-lobby.cjs'), bundle);
  rmSync(aside, { recursive: true });
}
