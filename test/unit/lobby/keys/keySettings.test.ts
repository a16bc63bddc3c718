import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readKeySource } from '../../../../lobby/keys/keySettings';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-key-settings-'));
  await mkdir(join(folder, 'keys'));
  await mkdir(join(folder, 'k1=keys'));
  await writeFile(join(folder, 'k1=key.pem'), '');
});
afterAll(() => rm(folder, { recursive: true }));

const variable = 'JITSI_RSA_JWT_KEY_FILE';
const sourceOf = (text: string, others: Record<string, string> = {}) => {
  const read = readKeySource({ [variable]: text, ...others });
  return 'value' in read ? read.value : read.faults;
};
const files = (...pairs: [string, string][]) => ({
  kind: 'files',
  variable,
  files: pairs.map(([kid, file]) => ({ kid, file })),
});

describe('JITSI_RSA_JWT_KEY_FILE', () => {
  it('takes one file, there or not, whose id JWT_KEY_ID says', () => {
    expect(sourceOf('/etc/parley/key.pem')).toEqual(files(['CWMKey', '/etc/parley/key.pem']));
    expect(sourceOf('key.pem', { JWT_KEY_ID: 'k2' })).toEqual(files(['k2', 'key.pem']));
  });

  it('takes a list of ids and files, oldest first', () => {
    const pairs: [string, string][] = [
      ['k1', '/etc/a.pem'],
      ['k2', '/etc/b=c.pem'],
    ];
    expect(sourceOf('k1=/etc/a.pem, k2=/etc/b=c.pem')).toEqual(files(...pairs));
    expect(sourceOf('k1=/etc/a.pem')).toEqual(files(['k1', '/etc/a.pem']));
  });

  it('takes a directory, and a name that can be nothing else', () => {
    for (const directory of [join(folder, 'keys'), join(folder, 'k1=keys'), '/nowhere/keys/'])
      expect(sourceOf(directory)).toEqual({ kind: 'directory', variable, directory });
  });

  it('takes a path with "=" in it for what is there', () => {
    const there = join(folder, 'k1=key.pem');
    expect(sourceOf(there)).toEqual(files(['CWMKey', there]));
    const before = process.cwd();
    process.chdir(folder);
    try {
      expect(sourceOf('k1=key.pem')).toEqual(files(['CWMKey', 'k1=key.pem']));
      expect(sourceOf('k1=other.pem')).toEqual(files(['k1', 'other.pem']));
    } finally {
      process.chdir(before);
    }
  });

  it('takes a path with "=" in a folder for one file, though it is not there yet', () => {
    expect(sourceOf('/home/a=b/key.pem')).toEqual(files(['CWMKey', '/home/a=b/key.pem']));
  });

  it.each([
    ['k1=/etc/a.pem,/etc/b.pem', {}, 'takes a list of key ids and files'],
    ['k1=/etc/a.pem,', {}, 'takes a list of key ids and files'],
    ['k1=/etc/a.pem,k1=/etc/b.pem', {}, 'names a key id twice'],
    ['k1=/etc/a.pem', { JWT_KEY_ID: 'k2' }, 'names its keys itself'],
    ['/nowhere/keys/', { JWT_KEY_ID: 'k2' }, 'names its keys itself'],
    ['k1=/etc/a.pem', { JITSI_RSA_JWT_KEY_DIR: '/etc/keys' }, 'Keep one'],
  ])('refuses %j with %j', (text, others, why) => {
    const read = readKeySource({ [variable]: text, ...others });
    const faults = 'faults' in read ? read.faults : [];
    expect(faults).toEqual([expect.stringContaining(why)]);
    expect(faults.join()).toContain(variable);
  });
});
