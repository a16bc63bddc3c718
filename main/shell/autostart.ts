/** Starting with the session: the system's own list on macOS and Windows, a desktop file on Linux (XDG Autostart). */
import { randomBytes } from 'node:crypto';
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
  const configured = environment['XDG_CONFIG_HOME'];
  const config = configured === undefined || configured === '' ? join(homedir(), '.config') : configured;
  const file = join(config, 'autostart', 'parley.desktop');
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

/** @see https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html for the quoting */
export function desktopFile(command: readonly string[]): string {
  const exec = command.map(quoted).join(' ');
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Parley',
    'Comment=Voice calls for people who program together',
    `Exec=${exec}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

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
