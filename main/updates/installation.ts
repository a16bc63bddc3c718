/** How the Parley that runs came to this machine, and so who brings a later one. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import type { UpdateBringer } from '../../shared/updates';

export interface Installation {
  platform: NodeJS.Platform;
  environment: NodeJS.ProcessEnv;
  /** Absolute path of the running program. */
  program: string;
  /** Not started from the source tree. */
  packaged: boolean;
}

/** Parley replaces only what a user has put there: never what the system's package manager, or root, looks after. */
export async function bringerOf(installation: Installation): Promise<UpdateBringer> {
  const { platform, packaged } = installation;
  if (!packaged) return 'system';
  if (platform === 'darwin') return 'parley';
  const own =
    platform === 'win32' ? await isInstalledForUser(installation) : await isOwnAppImage(installation);
  return own ? 'parley' : 'system';
}

/** The installer leaves its counterpart beside the program (electron-builder's NSIS template); the zip has none. */
const isInstalledForUser = ({ program }: Installation) =>
  may(join(dirname(program), 'Uninstall Parley.exe'), constants.F_OK);

async function isOwnAppImage(installation: Installation): Promise<boolean> {
  const file = ownAppImage(installation);
  return (
    file !== undefined && (await may(file, constants.W_OK)) && (await may(dirname(file), constants.W_OK))
  );
}

/**
 * The AppImage that a program runs from; `undefined` when it is from none. `APPIMAGE` alone is not enough: every program
 * that an AppImage starts has it from there. Only the AppImage's own program lies where it is mounted (`APPDIR`).
 */
export function ownAppImage({
  environment,
  program,
}: Pick<Installation, 'environment' | 'program'>): string | undefined {
  const { APPIMAGE: file = '', APPDIR: mounted = '' } = environment;
  if (!isAbsolute(file) || !isAbsolute(mounted)) return undefined;
  const within = relative(mounted, program);
  return within === '' || within.startsWith('..') || isAbsolute(within) ? undefined : file;
}

const may = (path: string, mode: number) =>
  access(path, mode).then(
    () => true,
    () => false,
  );
