// @ts-check
/** The texts inside a Debian package: control file, checksums, desktop entry. */
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { APP_NEEDS } from './linuxPackages.mjs';

/** @typedef {import('electron-builder').Configuration} Configuration */

/** Debian's names of processors, by Node's. */
const ARCHITECTURES = /** @type {Record<string, string>} */ ({ x64: 'amd64', arm64: 'arm64', arm: 'armhf' });

/** @param {string} arch as Node calls it @returns {string} as Debian does */
export function debArch(arch) {
  const name = ARCHITECTURES[arch];
  if (name === undefined) throw new Error(`Debian has no name for ${arch}.`);
  return name;
}

/** @param {string} folder @returns {string[]} every file below it that is no link, relative */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => lstatSync(path.join(folder, file)).isFile())
    .sort();
}

/** @param {string} folder @returns {number} as Debian Policy 5.6.20 counts it, in KiB */
export function installedSize(folder) {
  const sizes = filesBelow(folder).map((file) => Math.ceil(lstatSync(path.join(folder, file)).size / 1024));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** @param {string} folder @returns {string} a line a file, by which `dpkg --verify` finds what was changed */
export function md5sums(folder) {
  const line = (/** @type {string} */ file) =>
    `${createHash('md5')
      .update(readFileSync(path.join(folder, file)))
      .digest('hex')}  ${file}\n`;
  return filesBelow(folder).map(line).join('');
}

/** @returns {string} what the app needs of the system, under the names of old and new releases */
export function dependencies() {
  return APP_NEEDS.map(({ apt, aptT64 }) => (aptT64 === undefined ? apt : `${apt} | ${aptT64}`)).join(', ');
}

/**
 * @param {{ program: string, version: string, arch: string, sizeKb: number, config: Configuration }} app
 * @returns {string}
 */
export function controlText({ program, version, arch, sizeKb, config }) {
  const fields = {
    Package: program,
    // In Debian's order, what comes after a tilde is before the release.
    Version: version.replace('-', '~'),
    Architecture: arch,
    Maintainer: config.linux?.maintainer,
    'Installed-Size': sizeKb,
    Depends: dependencies(),
    Section: 'net',
    Priority: 'optional',
    Description: config.linux?.synopsis,
  };
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${String(value)}\n`)
    .join('');
}

/**
 * @param {Configuration} config
 * @param {string} executable
 * @param {string} icon
 * @returns {string} freedesktop.org, Desktop Entry Specification
 */
export function desktopEntry(config, executable, icon) {
  const schemes = [config.protocols ?? []].flat().flatMap((protocol) => protocol.schemes);
  const fields = {
    Type: 'Application',
    ...config.linux?.desktop?.entry,
    Comment: config.linux?.synopsis,
    // What stands for the link or links that it is opened with.
    Exec: `${executable} %U`,
    Icon: icon,
    Terminal: 'false',
    MimeType: schemes.map((scheme) => `x-scheme-handler/${scheme};`).join(''),
    Categories: `${String(config.linux?.category)};`,
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}=${String(value)}\n`);
  return `[Desktop Entry]\n${lines.join('')}`;
}
