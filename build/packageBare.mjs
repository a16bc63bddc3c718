// @ts-check
/**
 * `npm run package:bare`: the Debian package on a bare Debian 12 that has nothing else, made by debootstrap in a folder
 * and entered by chroot. X server, session bus and keychain are this system's, reached by /tmp; the app and all it
 * loads are that one's. Must be run by root; needs Debian's mirror, or the one that DEBIAN_MIRROR names.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ROOT } from './appBuild.mjs';
import { CannotRun, runScript, tell } from './launch.mjs';
import { runChild } from './runChild.mjs';

const RELEASE = 'bookworm';
const MIRROR = process.env['DEBIAN_MIRROR'] ?? 'http://deb.debian.org/debian';

/** Gives a system what a kernel and this one's desktop would, for as long as the command runs that follows. */
const ENTER = `
root=$1; shift
mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" && mount --bind /tmp "$root/tmp" && exec "$@"`;

await runScript(async () => {
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
    const test = [process.execPath, path.join(ROOT, 'build/test.mjs'), 'e2e', 'test/e2e/debPackage.test.ts'];
    // The mounts are seen in there alone, and go with the last process.
    return await runChild('unshare', ['--mount', 'sh', '-c', ENTER, 'sh', system, ...test], {
      env: { ...process.env, PARLEY_BARE_ROOT: system },
    });
  } finally {
    rmSync(system, { recursive: true, force: true });
  }
});
