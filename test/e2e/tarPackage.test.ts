/** The archive for any Linux: unpacked in a folder, started there with nothing installed, and ended. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { extract } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InstalledApp } from '../support/installedApp';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe.skipIf(process.platform !== 'linux')('the archive', () => {
  let folder: string;
  let name: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-tar-'));
    const { stderr } = await promisify(execFile)(process.execPath, [join(root, 'build/packageTar.mjs')], {
      cwd: root,
    });
    const file = /^\/.*\.tar\.gz$/m.exec(stderr)?.[0] ?? '';
    name = basename(file, '.tar.gz');
    await extract({ file, cwd: folder });
    // Packing and unpacking 200 MB.
  }, 150_000);
  afterAll(() => rm(folder, { recursive: true }));

  it('unpacks into one folder of its name', async () => {
    expect(await readdir(folder)).toEqual([name]);
    expect(await readdir(join(folder, name))).toEqual(
      expect.arrayContaining(['licences', 'parley', 'resources']),
    );
  });

  it('starts from there, and paints its first screen', async () => {
    const app = await InstalledApp.start(join(folder, name, 'parley'), join(folder, 'profile'), {});
    await app.shell.locator('button:visible').first().waitFor();
    expect(await app.shell.title()).toContain('Parley');
    await app.close();
  });
});
