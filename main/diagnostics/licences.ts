/** The licences of Parley and of what is in it, as the build has put them beside the code (`build/thirdPartyNotices.mjs`). */
import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const PARTS = ['main', 'preload', 'renderer'] as const;

/**
 * @param root of the app: the folder, or the archive, that holds `out`.
 * @param program the runtime's executable; Chromium's own licences lie beside it.
 */
export async function licences(root: string, program: string): Promise<string> {
  const read = (file: string) => readFile(join(root, file), 'utf8');
  const own = await Promise.all([
    read('LICENSE'),
    // A part that has no code of others in it has no notices.
    ...PARTS.map((part) => read(`out/${part}/THIRD_PARTY_NOTICES.txt`).catch(() => '')),
  ]);
  const chromium = join(dirname(program), 'LICENSES.chromium.html');
  const beside = await access(chromium).then(
    () => [`Electron and Chromium: ${chromium}\n`],
    () => [],
  );
  return [...beside, ...own].join('\n');
}
