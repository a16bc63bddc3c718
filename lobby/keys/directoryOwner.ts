import { stat } from 'node:fs/promises';

/**
 * The account that files in a directory are to belong to. When root writes them, the lobby's own account must still be able
 * to read them, and the directory is that account's; `undefined` when it is not root who writes.
 */
export async function directoryOwner(directory: string): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const { uid, gid } = await stat(directory);
  return { uid, gid };
}
