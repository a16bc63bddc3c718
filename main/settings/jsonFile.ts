import { randomBytes } from 'node:crypto';
import { open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { isReadable, parseJsonText } from './smallFile';

export type JsonFileContent =
  | { kind: 'value'; json: unknown }
  | { kind: 'missing' }
  /** There is a file, but no JSON in it, or it cannot be read, or it is huge. */
  | { kind: 'unreadable' };

export async function readJsonFile(path: string): Promise<JsonFileContent> {
  let text: string;
  try {
    if (!isReadable(await stat(path))) return { kind: 'unreadable' };
    text = await readFile(path, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return { kind: missing ? 'missing' : 'unreadable' };
  }
  try {
    return { kind: 'value', json: parseJsonText(text) };
  } catch {
    return { kind: 'unreadable' };
  }
}

/**
 * Writes a file so that a stop at any moment leaves the old one or the new one: to a file beside it, flushed, renamed.
 *
 * @throws the system's error, for example `ENOSPC`; the old file is then untouched.
 */
export async function writeJsonFile(path: string, json: unknown): Promise<void> {
  const beside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const file = await open(beside, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(json, null, 2)}\n`);
    await file.sync();
    await file.close();
    await rename(beside, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await unlink(beside).catch(() => undefined);
    throw error;
  }
}
