// @ts-check
/** The common part of the scripts that open the app: what they need, and how they say that it is missing. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { BuildFailed, ROOT } from './appBuild.mjs';
import { displayProblem, sandboxArguments } from './desktopSession.mjs';
import { ElectronUnavailable } from './electronRuntime.mjs';
import { findElectron } from './foundElectron.mjs';
import { SystemPackagesMissing, ensureSystemPackages } from './systemPackages.mjs';

/** Something that the script needs is not there; the message says what. */
export class CannotRun extends Error {}

const EXPECTED = [BuildFailed, CannotRun, ElectronUnavailable, SystemPackagesMissing];

/** @param {string} line */
export const tell = (line) => void process.stderr.write(`${line}\n`);

/** Makes sure that npm's part is there; throws {@link CannotRun}. */
export function ensureNpmPackages() {
  if (!existsSync(path.join(ROOT, 'node_modules')))
    throw new CannotRun('Parley needs its npm packages: npm ci');
}

/**
 * Makes sure that the app can be opened.
 * @param {string[]} args the user's arguments for the app
 * @param {'start' | 'demo'} [task]
 * @returns {Promise<{ electron: string, sandbox: string[] }>} the executable, and the sandbox arguments it must get
 */
export async function prepareLaunch(args, task = 'start') {
  ensureNpmPackages();
  await ensureSystemPackages(task);
  const problem = displayProblem(process.env, process.platform);
  if (problem) throw new CannotRun(problem);
  const electron = await findElectron();
  const { args: sandbox, notice } = sandboxArguments(electron, args);
  if (notice) tell(notice);
  return { electron, sandbox };
}

/**
 * Runs a script's body: its result is the exit code; a failure that a user can act on is one message, not a stack.
 * @param {() => Promise<number>} body
 */
export async function runScript(body) {
  try {
    process.exitCode = await body();
  } catch (error) {
    if (!EXPECTED.some((kind) => error instanceof kind)) throw error;
    tell(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
