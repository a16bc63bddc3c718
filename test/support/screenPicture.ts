import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A picture of all that stands on the screen, without the black around it, in `out/pictures`, for people to look at. Needs ImageMagick. */
export async function screenPicture(name: string): Promise<void> {
  const folder = fileURLToPath(new URL('../../out/pictures/', import.meta.url));
  await mkdir(folder, { recursive: true });
  await promisify(execFile)('import', ['-window', 'root', '-trim', '+repage', join(folder, name)]);
}
