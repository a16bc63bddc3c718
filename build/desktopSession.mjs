// @ts-check
/** What an Electron app needs of the desktop it is started in: a display, and a sandbox that can start. */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @returns {string | undefined} one line, when no window could open
 */
export function displayProblem(env, platform) {
  if (platform !== 'linux' || env['DISPLAY'] || env['WAYLAND_DISPLAY']) return undefined;
  return 'No display: run this inside a desktop session, or under xvfb-run -a.';
}

/** Kernel settings that take user namespaces away from ordinary users: file, and the value that does. */
const NAMESPACE_SWITCHES = /** @type {const} */ ([
  ['kernel.unprivileged_userns_clone', '0'],
  ['kernel.apparmor_restrict_unprivileged_userns', '1'],
  ['user.max_user_namespaces', '0'],
]);

/**
 * @param {(file: string) => string | undefined} [read]
 * @returns {string | undefined} the kernel setting that is in the sandbox's way
 */
export function namespaceSwitch(read = readSetting) {
  const found = NAMESPACE_SWITCHES.find(
    ([name, off]) => read(`/proc/sys/${name.replaceAll('.', '/')}`)?.trim() === off,
  );
  return found?.[0];
}

/** @param {string} file @returns {string | undefined} */
function readSetting(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** @param {string} helper @returns {boolean} whether the sandbox helper is root's and SUID */
function isSuidRoot(helper) {
  try {
    const { uid, mode } = statSync(helper);
    return uid === 0 && (mode & 0o4000) !== 0;
  } catch {
    return false;
  }
}

/** @param {string} executable @returns {string | undefined} one line, when Chromium's sandbox could not start */
function sandboxProblem(executable) {
  const helper = path.join(path.dirname(executable), 'chrome-sandbox');
  if (isSuidRoot(helper)) return undefined;
  const setting = namespaceSwitch();
  const tried = spawnSync('unshare', ['--user', 'true'], { stdio: 'ignore' });
  const refused = tried.error === undefined && tried.status !== 0;
  if (!setting && !refused) return undefined;
  return (
    `Chromium's sandbox cannot start here${setting ? ` (${setting})` : ''}; allow it with: ` +
    `sudo chown root '${helper}' && sudo chmod 4755 '${helper}'`
  );
}

/**
 * The arguments about the sandbox that Electron must be started with, and what to tell the user about it.
 * @param {string} executable
 * @param {string[]} args the user's own
 * @returns {{ args: string[], notice: string | undefined }}
 */
export function sandboxArguments(executable, args) {
  if (process.platform !== 'linux' || args.includes('--no-sandbox')) return { args: [], notice: undefined };
  if (process.getuid?.() === 0) {
    return {
      args: ['--no-sandbox'],
      notice: "Running as root: Chromium's sandbox is off. Do not join calls with strangers like this.",
    };
  }
  return { args: [], notice: sandboxProblem(executable) };
}
