/** Where the running app listens for the program `parley`: one place for each profile, in a folder that only its user can open. */
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** The profile that Parley uses, as Electron finds it: `PARLEY_USER_DATA_DIR`, or the system's place for programs' data. */
export function profileDirectory(platform: NodeJS.Platform, environment: Environment): string {
  const own = environment['PARLEY_USER_DATA_DIR'];
  if (own !== undefined && own !== '') return resolve(own);
  switch (platform) {
    case 'win32':
      return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Parley');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Parley');
    default:
      return join(environment['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'Parley');
  }
}

/**
 * The socket's path, or the name of the pipe on Windows, which others may open for reading alone (Node.js leaves the
 * default security descriptor; Win32 "Named Pipe Security and Access Rights"). The profile is in it as a hash, since a path
 * may have 107 characters at most (unix(7)).
 */
export function controlPath(platform: NodeJS.Platform, environment: Environment): string {
  const profile = profileDirectory(platform, environment);
  const name = `parley-${createHash('sha256').update(profile).digest('hex').slice(0, 16)}`;
  if (platform === 'win32') return String.raw`\\.\pipe\${userInfo().username}-${name}`;
  return join(controlDirectory(environment), `${name}.sock`);
}

function controlDirectory(environment: Environment): string {
  const runtime = environment['XDG_RUNTIME_DIR'];
  return runtime !== undefined && runtime !== '' ? runtime : join(tmpdir(), `parley-${userInfo().uid}`);
}

/**
 * Makes the folder if need be. @throws Error when it is not the user's own, or others may enter it: whoever owns the folder
 * could put a socket of theirs in place of the app's.
 */
export function ownControlDirectory(environment: Environment): void {
  const directory = controlDirectory(environment);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  checkOwn(directory);
}

/** @throws Error unless the folder is the user's own and closed to others. */
export function checkControlDirectory(platform: NodeJS.Platform, environment: Environment): void {
  if (platform !== 'win32') checkOwn(controlDirectory(environment));
}

function checkOwn(directory: string): void {
  const { uid, mode } = lstatSync(directory);
  if (uid !== userInfo().uid || (mode & 0o077) !== 0) {
    throw new Error(`${directory} is not a folder of yours that is closed to others.`);
  }
}
