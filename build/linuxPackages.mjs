// @ts-check
/** What Parley needs of a Linux system, and what each distribution calls it. */

/**
 * @typedef {object} Need
 * @property {string} name a shared library's file name, or a program's
 * @property {'library' | 'program'} kind
 * @property {'start' | 'keychain' | 'test'} purpose
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
    name: 'Xvfb',
    kind: 'program',
    purpose: 'test',
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
    purpose: 'test',
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
    purpose: 'test',
    apt: 'dbus',
    dnf: 'dbus-daemon',
    pacman: 'dbus',
  },
  {
    name: 'gnome-keyring-daemon',
    kind: 'program',
    purpose: 'test',
    apt: 'gnome-keyring',
    dnf: 'gnome-keyring',
    pacman: 'gnome-keyring',
  },
];

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
 * The command that installs what is missing.
 * @param {readonly Need[]} needs
 * @param {Family} family
 * @returns {string | undefined} undefined where the packages are not known
 */
export function installCommand(needs, family) {
  const names = packageNames(needs, family).join(' ');
  if (family === 'apt' || family === 'aptT64') return `sudo apt-get install -y ${names}`;
  if (family === 'dnf') return `sudo dnf install -y ${names}`;
  return family === 'pacman' ? `sudo pacman -S --needed ${names}` : undefined;
}
