import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { app } from 'electron';
import type { Versions } from '../../shared/ipc/commands/about';

export function versions(): Versions {
  const { electron, chrome, node } = process.versions;
  return {
    parley: app.getVersion(),
    electron,
    chromium: chrome,
    node,
    system: `${os.type()} ${process.getSystemVersion()} ${process.arch}`,
  };
}

/** More of the system than a user wants to read: distribution, desktop, how the program was installed. */
export async function surroundings(
  environment: NodeJS.ProcessEnv,
): Promise<Readonly<Record<string, string>>> {
  const { XDG_SESSION_TYPE, XDG_CURRENT_DESKTOP } = environment;
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return {
    kernel: os.version(),
    distribution: /^PRETTY_NAME="?([^"\n]*)/m.exec(release)?.[1] ?? '',
    session: XDG_SESSION_TYPE ?? '',
    desktop: XDG_CURRENT_DESKTOP ?? '',
    locale: app.getLocale(),
    installed: app.isPackaged ? 'yes' : 'no, from its source',
  };
}
