/** Looks for secrets in the places where they must never be. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DesktopApp } from './desktopApp';

/**
 * A signed token (RFC 7515 section 7.1), as room tokens, invites and renewals are: header and claims, each a JSON object in
 * base64url. The signature may have been cut off.
 */
const SIGNED_TOKEN = /eyJ[\w-]{10,}\.eyJ[\w-]{10,}/;

/** Whether a text holds one of the secrets, or any signed token. */
function tells(text: string, secrets: readonly string[]): boolean {
  return SIGNED_TOKEN.test(text) || secrets.some((secret) => text.includes(secret));
}

/** Files under `directory` that hold one of the secrets or a signed token, in UTF-8 or UTF-16 (as Chromium's stores keep text). */
export async function filesWithSecrets(directory: string, secrets: readonly string[]): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const text = await readFile(path, 'latin1');
    if (tells(text, secrets) || tells(text.replaceAll('\0', ''), secrets)) found.push(path);
  }
  return found;
}

/** Where an app has let one of the secrets or a signed token get to: files of its profile, its log among them, and its output. */
export async function leaks(
  { profile, output }: Pick<DesktopApp, 'profile' | 'output'>,
  secrets: readonly string[],
): Promise<string[]> {
  const files = await filesWithSecrets(profile, secrets);
  const lines = output.split('\n').filter((line) => tells(line, secrets));
  return [...files, ...lines.map((line) => `output: ${line}`)];
}

/** Arguments of the app's processes that hold one of the secrets or a signed token (Linux). */
export async function argumentsWithSecrets(
  desktop: Pick<DesktopApp, 'processIds'>,
  secrets: readonly string[],
): Promise<string[]> {
  const ids = await desktop.processIds();
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8')));
  return lines.filter((line) => tells(line, secrets));
}

/** All of that to the app's end, which it brings about: what is written at quitting is looked through as well. */
export async function leaksToTheEnd(desktop: DesktopApp, secrets: readonly string[]): Promise<string[]> {
  const found = await argumentsWithSecrets(desktop, secrets);
  await desktop.app.close();
  return [...found, ...(await leaks(desktop, secrets))];
}
