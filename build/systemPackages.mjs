// @ts-check
/** Makes sure that a Linux system has what Parley needs, or says in one line what to install. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
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

/** Something that Parley cannot do without is missing; the message says what to install. */
export class SystemPackagesMissing extends Error {}

/**
 * @typedef {object} System what is looked at
 * @property {(library: string) => boolean} hasLibrary
 * @property {(program: string) => boolean} hasProgram
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
  };
}

/**
 * @param {'start' | 'test'} purpose `test` needs all that `start` does: the package is installed, too
 * @param {System} [system]
 * @returns {Need[]} what is missing
 */
export function missingNeeds(purpose, system = thisSystem()) {
  return NEEDS.filter((need) => {
    if (need.purpose === 'test' && purpose !== 'test') return false;
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
 * @param {'start' | 'test'} purpose
 * @returns {Promise<void>} rejects with {@link SystemPackagesMissing}
 */
export async function ensureSystemPackages(purpose) {
  if (process.platform !== 'linux') return;
  let missing = missingNeeds(purpose);
  if (missing.length === 0) return;
  const family = thisFamily();
  const byApt = family === 'apt' || family === 'aptT64';
  if (byApt && isRoot() && process.env['CI']) {
    await aptInstall(packageNames(missing, family));
    missing = missingNeeds(purpose);
  }
  const vital = missing.filter((need) => purpose === 'test' || need.purpose === 'start');
  if (vital.length > 0) throw new SystemPackagesMissing(missingText(missing, family));
  if (missing.length > 0) {
    process.stderr.write(`To ${lostWithout(missing)}, ${missingText(missing, family)}\n`);
  }
}
