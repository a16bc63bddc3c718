/** The licences of Parley and of what is in it, as the build has put them there (`build/thirdPartyNotices.mjs`). */
import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const PARTS = ['main', 'preload', 'renderer'] as const;

export interface LicencePlaces {
  /** Parley's own. */
  own: string;
  /** The folder that has a folder for each part. */
  notices: string;
  /** The runtime's executable; Chromium's own licences lie beside it. */
  program: string;
}

export async function licences({ own, notices, program }: LicencePlaces): Promise<string> {
  const texts = await Promise.all([
    readFile(own, 'utf8'),
    // A part that has no code of others in it has no notices.
    ...PARTS.map((part) => readFile(join(notices, part, 'THIRD_PARTY_NOTICES.txt'), 'utf8').catch(() => '')),
  ]);
  const chromium = join(dirname(program), 'LICENSES.chromium.html');
  const beside = await access(chromium).then(
    () => [`Electron and Chromium: ${chromium}\n`],
    () => [],
  );
  return [...beside, ...texts].join('\n');
}
