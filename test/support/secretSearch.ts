/** Looks for secrets in the places where they must never be. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Files under `directory` that hold one of the secrets, in UTF-8 or UTF-16 (as Chromium's stores keep text). */
export async function filesWithSecrets(directory: string, secrets: readonly string[]): Promise<string[]> {
  const needles = secrets.flatMap((secret) => [Buffer.from(secret, 'utf8'), Buffer.from(secret, 'utf16le')]);
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path);
    if (needles.some((needle) => content.includes(needle))) found.push(path);
  }
  return found;
}

/** Command lines of processes that hold one of the secrets (Linux). */
export async function commandLinesWithSecrets(
  processIds: readonly number[],
  secrets: readonly string[],
): Promise<string[]> {
  const lines = await Promise.all(processIds.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8')));
  return lines.filter((line) => secrets.some((secret) => line.includes(secret)));
}
