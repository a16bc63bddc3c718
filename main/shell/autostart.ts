/** Starting with the session: the system's own list on macOS and Windows, a desktop file on Linux (XDG Autostart). */
import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Autostart {
  isOn: () => Promise<boolean>;
  /** @throws the system's error when it cannot be changed. */
  set: (on: boolean) => Promise<void>;
}

/** The part of Electron's `app` that is needed. */
export interface LoginItems {
  getLoginItemSettings: (options: { args: string[] }) => { openAtLogin: boolean };
  setLoginItemSettings: (settings: { openAtLogin: boolean; args: string[] }) => void;
}

/** @param args what the program is then started with, where the system can give it that (Windows). */
export function systemAutostart(app: LoginItems, args: string[]): Autostart {
  return {
    isOn: () => Promise.resolve(app.getLoginItemSettings({ args }).openAtLogin),
    set: (on) => {
      app.setLoginItemSettings({ openAtLogin: on, args });
      return Promise.resolve();
    },
  };
}

export interface DesktopFileOptions {
  /** The program and its arguments. */
  command: readonly string[];
  environment: NodeJS.ProcessEnv;
}

export function desktopFileAutostart({ command, environment }: DesktopFileOptions): Autostart {
  const file = desktopFilePath(environment);
  return {
    isOn: () =>
      readFile(file, 'utf8').then(
        (text) => !/^Hidden\s*=\s*true/m.test(text),
        () => false,
      ),
    async set(on) {
      if (on) await writeWhole(file, desktopFile(command));
      else await unlink(file).catch(unlessMissing);
    },
  };
}

function desktopFilePath(environment: NodeJS.ProcessEnv): string {
  const configured = environment['XDG_CONFIG_HOME'];
  const config = configured === undefined || configured === '' ? join(homedir(), '.config') : configured;
  return join(config, 'autostart', 'parley.desktop');
}

/**
 * Has the desktop file start the program by its new name, if it names the old one, on or off. At once, since the app may
 * end right after.
 *
 * @throws the system's error when the file cannot be written.
 */
export function renameInAutostart(
  from: readonly string[],
  to: readonly string[],
  environment: NodeJS.ProcessEnv,
): void {
  const file = desktopFilePath(environment);
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch {
    return;
  }
  if (!lines.includes(execLine(from))) return;
  const renamed = lines.map((line) => (line === execLine(from) ? execLine(to) : line));
  const beside = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  writeFileSync(beside, renamed.join('\n'), { mode: 0o644 });
  renameSync(beside, file);
}

/** @see https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html for the quoting */
export function desktopFile(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Parley',
    'Comment=Voice calls for people who program together',
    execLine(command),
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

const execLine = (command: readonly string[]) => `Exec=${command.map(quoted).join(' ')}`;

/** Quoted for the command line, then for the file, where a backslash is written twice; a percent sign twice in both. */
function quoted(argument: string): string {
  const inQuotes = argument.replace(/["`$\\]/g, '\\$&');
  return `"${inQuotes.replace(/\\/g, '\\\\').replace(/%/g, '%%')}"`;
}

/** A stop midway leaves the old file or the new one. */
async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const beside = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(beside, text, { mode: 0o644 });
    await rename(beside, file);
  } catch (error) {
    await unlink(beside).catch(() => undefined);
    throw error;
  }
}

function unlessMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
