// @ts-check
/**
 * A bare Debian 12 that has nothing else, made by debootstrap in a folder and entered by chroot. X server and /tmp are
 * this system's; all that runs in there is that one's. Must be made by root; needs Debian's mirror, or the one that
 * DEBIAN_MIRROR names.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { CannotRun, tell } from './launch.mjs';
import { runChild } from './runChild.mjs';

const RELEASE = 'bookworm';
const MIRROR = process.env['DEBIAN_MIRROR'] ?? 'http://deb.debian.org/debian';

/** Gives a system what a kernel and this one's desktop would, for as long as the command runs that follows. */
const ENTER = `
root=$1; shift
mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" && mount --bind /tmp "$root/tmp" || exit
"$@"
exit $?`;

/**
 * What to put before a command that is to find the system's kernel and desktop below its folder. The mounts are seen by
 * that command alone, and go with its last process.
 * @param {string} system
 * @returns {string[]}
 */
export const withMounts = (system) => ['unshare', '--mount', 'sh', '-c', ENTER, 'sh', system];

/**
 * What to put before a command that is to run in the system, with an environment of its own; none of its processes stays.
 * @param {string} system
 * @param {Readonly<Record<string, string>>} env
 * @returns {string[]}
 */
export function inside(system, env) {
  const [unshare = '', ...rest] = withMounts(system);
  const alone = [unshare, '--pid', '--fork', '--kill-child', ...rest];
  return [
    ...alone,
    'chroot',
    system,
    'env',
    '-i',
    ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
  ];
}

/**
 * Makes a bare system, and removes it once it is no longer used.
 * @template T
 * @param {(system: string) => Promise<T>} use gets the system's root folder
 * @returns {Promise<T>}
 */
export async function withBareDebian(use) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new CannotRun('A bare system can be made on Linux, and by root alone.');
  }
  if ((await runChild('sh', ['-c', 'command -v debootstrap unshare >/dev/null'])) !== 0) {
    throw new CannotRun('To make a bare system: apt-get install -y debootstrap util-linux');
  }
  const system = mkdtempSync(path.join(os.tmpdir(), 'parley-bare-'));
  try {
    tell(`Making a bare Debian (${RELEASE}) in ${system}`);
    // What it mounts meanwhile is seen in there alone, also when it fails.
    const make = ['--mount', 'debootstrap', '--variant=minbase', RELEASE, system, MIRROR];
    const made = await runChild('unshare', make, { stdio: ['ignore', 'ignore', 2] });
    if (made !== 0) throw new CannotRun(`debootstrap ended with ${made}.`);
    // What an installer writes, and debootstrap leaves to it.
    writeFileSync(path.join(system, 'etc/hosts'), '127.0.0.1 localhost\n::1 localhost\n');
    cpSync('/etc/resolv.conf', path.join(system, 'etc/resolv.conf'), { dereference: true });
    return await use(system);
  } finally {
    rmSync(system, { recursive: true, force: true });
  }
}
