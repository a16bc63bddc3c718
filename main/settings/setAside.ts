import { copyFile, rename } from 'node:fs/promises';

/**
 * Keeps a file of the profile that cannot be read, for its user to look into; gives its new path. `partly`: something of it
 * is in force, so it stays where it is as well.
 */
export async function setAside(path: string, partly: boolean): Promise<string | undefined> {
  const aside = `${path}.unreadable`;
  try {
    await (partly ? copyFile(path, aside) : rename(path, aside));
    return aside;
  } catch {
    return undefined;
  }
}
