// @ts-check
/** Makes sure that a Linux system has what Parley needs, or says in one line what to install. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { displayProblem } from './desktopSession.mjs';
import {
  NEEDS,
  familyOf,
  installCommand,
  lostWithout,
  packageNames,
  parseOsRelease,
} from './linuxPackages.mjs';
import { runChild } from './runChild.mjs';

/** @typedef {import('./linuxPackages.mjs').Need} Need */
/** @typedef {import('./linuxPackages.mjs').Family} Family */

/** What is to be done: `demo` and `test` need all that `start` does. @typedef {'start' | 'demo' | 'test'} Task */

/** Something that Parley cannot do without is missing; the message says what to install. */
export class SystemPackagesMissing extends Error {}

/**
 * @typedef {object} System what is looked at
 * @property {(library: string) => boolean} hasLibrary
 * @property {(program: string) => boolean} hasProgram
 * @property {boolean} hasDisplay
 */

/** @returns {System} this machine */
function thisSystem() {
  const folders = ['/usr/sbin', '/sbin', ...(process.env['PATH'] ?? '').split(path.delimiter)];
  const listed = spawnSync('ldconfig', ['-p'], {
    encoding: 'utf8',
    env: { ...process.env, PATH: folders.join(path.delimiter) },
  });
  return {
    // Where there is no ldconfig to ask, the loader itself will have to say what is missing.
    hasLibrary: (library) => listed.status !== 0 || listed.stdout.includes(`\t${library} `),
    hasProgram: (program) =>
      folders.some((folder) => {
        try {
          accessSync(path.join(folder, program), constants.X_OK);
          return true;
        } catch {
          return false;
        }
      }),
    hasDisplay: displayProblem(process.env, process.platform) === undefined,
  };
}

/**
 * @param {Task} task
 * @param {System} [system]
 * @returns {Need[]} what is missing
 */
export function missingNeeds(task, system = thisSystem()) {
  return NEEDS.filter((need) => {
    if (need.purpose === 'test' && task !== 'test') return false;
    if (need.purpose === 'demo' && task === 'start') return false;
    // Tests open their windows on a display of their own.
    if (need.purpose === 'display' && task !== 'test' && system.hasDisplay) return false;
    return need.kind === 'library' ? !system.hasLibrary(need.name) : !system.hasProgram(need.name);
  });
}

/**
 * @param {readonly Need[]} needs
 * @param {Family} family
 * @param {boolean} [byRoot]
 * @returns {string} one line
 */
export function missingText(needs, family, byRoot = isRoot()) {
  const command = installCommand(needs, family, byRoot);
  return command ? `Parley needs: ${command}` : `Parley needs: ${packageNames(needs, family).join(' ')}`;
}

/** @returns {string | undefined} one line about what the demo's own keychain lacks; undefined when nothing is missing */
export function missingForKeychain() {
  const lacks = missingNeeds('demo').filter(({ purpose }) => purpose === 'demo' || purpose === 'keychain');
  return lacks.length > 0 ? missingText(lacks, thisFamily()) : undefined;
}

const isRoot = () => process.getuid?.() === 0;

/** @returns {Family} */
function thisFamily() {
  try {
    return familyOf(parseOsRelease(readFileSync('/etc/os-release', 'utf8')));
  } catch {
    return 'unknown';
  }
}

/**
 * Installs packages on a Debian-like system.
 * @param {string[]} names
 */
async function aptInstall(names) {
  process.stderr.write(`Installing ${names.join(' ')}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  /** @type {import('node:child_process').SpawnOptions} */
  const options = { env, stdio: ['ignore', 2, 2] };
  await runChild('apt-get', ['update', '-qq'], options);
  await runChild('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], options);
}

/**
 * Makes sure of the system's part. Installs by itself only as root on a Debian-like system with CI set.
 * @param {Task} task
 * @returns {Promise<void>} rejects with {@link SystemPackagesMissing}
 */
export async function ensureSystemPackages(task) {
  if (process.platform !== 'linux') return;
  let missing = missingNeeds(task);
  if (missing.length === 0) return;
  const family = thisFamily();
  const byApt = family === 'apt' || family === 'aptT64';
  if (byApt && isRoot() && process.env['CI']) {
    await aptInstall(packageNames(missing, family));
    missing = missingNeeds(task);
  }
  const vital = missing.filter((need) => task === 'test' || need.purpose === 'start');
  if (vital.length > 0) throw new SystemPackagesMissing(missingText(missing, family));
  // The demo's keychain is missed only where the user's own does not work.
  const lost = missing.filter((need) => need.purpose !== 'demo');
  if (lost.length > 0) process.stderr.write(`To ${lostWithout(lost)}, ${missingText(lost, family)}\n`);
}
