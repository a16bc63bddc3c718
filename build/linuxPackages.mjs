// @ts-check
/** What Parley needs of a Linux system, and what each distribution calls it. */

/**
 * `display` is to open windows where there is no desktop, `demo` a keychain for the demo where none works.
 * @typedef {'start' | 'keychain' | 'browser' | 'notices' | 'sound' | 'display' | 'demo' | 'test'} Purpose
 */

/**
 * @typedef {object} Need
 * @property {string} name a shared library's file name, or a program's
 * @property {'library' | 'program'} kind
 * @property {Purpose} purpose
 * @property {string} apt
 * @property {string} [aptT64] the name since Debian 13 and Ubuntu 24.04, where it changed
 * @property {string} dnf
 * @property {string} pacman
 */

/** @type {readonly Need[]} */
export const NEEDS = [
  {
    name: 'libgtk-3.so.0',
    kind: 'library',
    purpose: 'start',
    apt: 'libgtk-3-0',
    aptT64: 'libgtk-3-0t64',
    dnf: 'gtk3',
    pacman: 'gtk3',
  },
  {
    name: 'libnss3.so',
    kind: 'library',
    purpose: 'start',
    apt: 'libnss3',
    dnf: 'nss',
    pacman: 'nss',
  },
  {
    name: 'libasound.so.2',
    kind: 'library',
    purpose: 'start',
    apt: 'libasound2',
    aptT64: 'libasound2t64',
    dnf: 'alsa-lib',
    pacman: 'alsa-lib',
  },
  {
    name: 'libgbm.so.1',
    kind: 'library',
    purpose: 'start',
    apt: 'libgbm1',
    dnf: 'mesa-libgbm',
    pacman: 'mesa',
  },
  {
    name: 'libsecret-1.so.0',
    kind: 'library',
    purpose: 'keychain',
    apt: 'libsecret-1-0',
    dnf: 'libsecret',
    pacman: 'libsecret',
  },
  {
    name: 'xdg-open',
    kind: 'program',
    purpose: 'browser',
    apt: 'xdg-utils',
    dnf: 'xdg-utils',
    pacman: 'xdg-utils',
  },
  {
    name: 'libnotify.so.4',
    kind: 'library',
    purpose: 'notices',
    apt: 'libnotify4',
    dnf: 'libnotify',
    pacman: 'libnotify',
  },
  {
    name: 'libpulse.so.0',
    kind: 'library',
    purpose: 'sound',
    apt: 'libpulse0',
    dnf: 'pulseaudio-libs',
    pacman: 'libpulse',
  },
  {
    name: 'Xvfb',
    kind: 'program',
    purpose: 'display',
    apt: 'xvfb',
    dnf: 'xorg-x11-server-Xvfb',
    pacman: 'xorg-server-xvfb',
  },
  {
    name: 'import',
    kind: 'program',
    purpose: 'test',
    apt: 'imagemagick',
    dnf: 'ImageMagick',
    pacman: 'imagemagick',
  },
  {
    name: 'xauth',
    kind: 'program',
    purpose: 'display',
    apt: 'xauth',
    dnf: 'xorg-x11-xauth',
    pacman: 'xorg-xauth',
  },
  {
    name: 'openssl',
    kind: 'program',
    purpose: 'test',
    apt: 'openssl',
    dnf: 'openssl',
    pacman: 'openssl',
  },
  {
    name: 'certutil',
    kind: 'program',
    purpose: 'test',
    apt: 'libnss3-tools',
    dnf: 'nss-tools',
    pacman: 'nss',
  },
  {
    name: 'slapd',
    kind: 'program',
    purpose: 'test',
    apt: 'slapd',
    dnf: 'openldap-servers',
    pacman: 'openldap',
  },
  {
    name: 'redis-server',
    kind: 'program',
    purpose: 'test',
    apt: 'redis-server',
    dnf: 'valkey-compat-redis',
    pacman: 'redis',
  },
  {
    name: 'dbus-run-session',
    kind: 'program',
    purpose: 'demo',
    apt: 'dbus',
    dnf: 'dbus-daemon',
    pacman: 'dbus',
  },
  {
    name: 'gnome-keyring-daemon',
    kind: 'program',
    purpose: 'demo',
    apt: 'gnome-keyring',
    dnf: 'gnome-keyring',
    pacman: 'gnome-keyring',
  },
];

/** @type {ReadonlySet<Purpose>} */
const OF_SOURCES = new Set(['display', 'demo', 'test']);

/** What the app needs where it is installed; the rest is for who works in the source tree. */
export const APP_NEEDS = NEEDS.filter(({ purpose }) => !OF_SOURCES.has(purpose));

/** What Parley cannot do without a need; the app starts all the same. @type {Partial<Record<Purpose, string>>} */
const LOST_WITHOUT = {
  keychain: 'keep access tokens',
  browser: 'open links in the browser',
  notices: 'show notices',
  sound: 'share the sound devices with other programs',
  display: 'open windows with no desktop',
};

/**
 * @param {readonly Need[]} needs
 * @returns {string} what would be lost without them, as a list: `a, b and c`
 */
export function lostWithout(needs) {
  const parts = [...new Set(needs.flatMap(({ purpose }) => LOST_WITHOUT[purpose] ?? []))];
  const last = parts.pop() ?? '';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

/** Releases of Debian and Ubuntu from before the names changed. */
const BEFORE_T64 = new Set(['buster', 'bullseye', 'bookworm', 'bionic', 'focal', 'jammy', 'lunar', 'mantic']);

/**
 * Reads an os-release file.
 * @param {string} text
 * @returns {Record<string, string>}
 */
export function parseOsRelease(text) {
  const pairs = [...text.matchAll(/^([A-Z_]+)="?([^"\n]*)"?$/gm)];
  return Object.fromEntries(pairs.map(([, key = '', value = '']) => [key, value]));
}

/** @typedef {'apt' | 'aptT64' | 'dnf' | 'pacman' | 'unknown'} Family */

/**
 * Whose package names a system uses.
 * @param {Record<string, string>} osRelease
 * @returns {Family}
 */
export function familyOf(osRelease) {
  const ids = `${osRelease['ID'] ?? ''} ${osRelease['ID_LIKE'] ?? ''}`.split(' ');
  if (ids.includes('debian') || ids.includes('ubuntu')) {
    const codename =
      osRelease['UBUNTU_CODENAME'] ?? osRelease['DEBIAN_CODENAME'] ?? osRelease['VERSION_CODENAME'] ?? '';
    return BEFORE_T64.has(codename) ? 'apt' : 'aptT64';
  }
  if (ids.includes('fedora')) return 'dnf';
  return ids.includes('arch') ? 'pacman' : 'unknown';
}

/**
 * @param {readonly Need[]} needs
 * @param {Family} family
 * @returns {string[]} package names, or the bare names of what is missing where the packages are not known
 */
export function packageNames(needs, family) {
  const names = needs.map((need) => {
    if (family === 'unknown') return need.name;
    return family === 'aptT64' ? (need.aptT64 ?? need.apt) : need[family];
  });
  return [...new Set(names)];
}

/**
 * The command that installs what is missing. A fresh image of a Debian-like system has no lists of packages yet.
 * @param {readonly Need[]} needs
 * @param {Family} family
 * @param {boolean} byRoot for root, who needs no sudo and may have none
 * @returns {string | undefined} undefined where the packages are not known
 */
export function installCommand(needs, family, byRoot) {
  const names = packageNames(needs, family).join(' ');
  const sudo = byRoot ? '' : 'sudo ';
  if (family === 'apt' || family === 'aptT64') {
    return `${sudo}apt-get update && ${sudo}apt-get install -y ${names}`;
  }
  if (family === 'dnf') return `${sudo}dnf install -y ${names}`;
  return family === 'pacman' ? `${sudo}pacman -S --needed ${names}` : undefined;
}
