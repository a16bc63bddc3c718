/** A profile that a later Parley has used, and then an older one: settings roll forward only. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Settings } from '../../../../main/settings/settings';
import { USER_FILE } from '../../../../main/settings/userFile';

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'parley-later-'));
  file = join(directory, USER_FILE);
});
afterEach(() => rm(directory, { recursive: true }));

const readAs = (version: string) =>
  Settings.read({ directory, policyFile: join(directory, 'none.json'), environment: {}, version });
const stands = async () => JSON.parse(await readFile(file, 'utf8')) as unknown;
const write = (json: unknown) => writeFile(file, JSON.stringify(json));

it('notes which version has written the file', async () => {
  await (await readAs('0.2.0')).change({ displayName: 'Ana' });
  expect(await stands()).toEqual({ displayName: 'Ana', writtenBy: '0.2.0' });
});

it('leaves names and values of a later version in the file, and that version’s mark', async () => {
  const later = { displayName: 'Ana', theme: 'sepia', fromTheFuture: { kept: true }, writtenBy: '0.3.0' };
  await write(later);
  const older = await readAs('0.2.0');
  expect(older.values.theme).toBe('system');
  expect(older.fault).toEqual({
    file,
    keptAs: undefined,
    partly: true,
    wrong: ['theme'],
    later: '0.3.0',
  });
  await older.change({ displayName: 'Berta' });
  expect(await stands()).toEqual({ ...later, displayName: 'Berta' });
  expect(await readdir(directory)).toEqual([USER_FILE]);
});

it('writes what the user has chosen since, also over a value of a later version', async () => {
  await write({ theme: 'sepia', writtenBy: '0.3.0' });
  await (await readAs('0.2.0')).change({ theme: 'dark' });
  expect(await stands()).toEqual({ theme: 'dark', writtenBy: '0.3.0' });
});

it.each(['0.2.0', '0.1.9', 'whatever', 7])(
  'drops a wrong value in a file of version %s, and keeps a copy aside',
  async (writtenBy) => {
    await write({ theme: 'sepia', writtenBy });
    const settings = await readAs('0.2.0');
    expect(settings.fault).toMatchObject({ keptAs: `${file}.unreadable`, wrong: ['theme'] });
    await settings.change({ displayName: 'Ana' });
    expect(await stands()).toEqual({ displayName: 'Ana', writtenBy: '0.2.0' });
  },
);

it('keeps a name that no setting has, whoever wrote it', async () => {
  await write({ fromTheFuture: { kept: true } });
  await (await readAs('0.2.0')).change({ displayName: 'Ana' });
  expect(await stands()).toMatchObject({ fromTheFuture: { kept: true } });
});
