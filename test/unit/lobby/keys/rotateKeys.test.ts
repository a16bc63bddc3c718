import { chown, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { writeKeyPair } from '../../../../lobby/keys/keyPair';
import { indexFile, readKeyIndex } from '../../../../lobby/keys/keyIndex';
import { loadKeys } from '../../../../lobby/keys/loadKeys';
import { rotateKeys } from '../../../../lobby/keys/rotateKeys';

let directory: string;
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'parley-rotate-')), 'keys');
});
afterEach(() => rm(join(directory, '..'), { recursive: true }));

const start = new Date('2026-03-01T12:00:00Z');
const days = (count: number) => new Date(start.getTime() + count * 86_400_000);
const rotate = (kid: string | undefined, now = start, adopt?: { kid: string; file: string }) =>
  rotateKeys(directory, { bits: 2048, kid, adopt }, now);
const load = () =>
  loadKeys({ kind: 'directory', variable: 'JITSI_RSA_JWT_KEY_DIR', directory }, 'parley-lobby');
const kids = async () => {
  const loaded = await load();
  return loaded.ok ? loaded.keys.map(({ kid }) => kid) : loaded.detail;
};

describe('a rotation', () => {
  it('makes the directory with its first key, closed to others', async () => {
    const { kid, file, first } = await rotate(undefined);
    expect(kid).toMatch(/^parley-2026-03-01-[0-9a-f]{8}$/);
    expect(first).toBe(true);
    expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
    expect(((await stat(directory)).mode & 0o777).toString(8)).toBe('700');
    expect(await kids()).toEqual([kid]);
    expect((await readdir(directory)).sort()).toEqual(['keys.json', `${kid}.pem`, `${kid}.pem.pub`].sort());
  });

  it.runIf(process.getuid?.() === 0)(
    'by root leaves the keys to the account that the directory is of',
    async () => {
      await mkdir(directory);
      await chown(directory, 65_532, 65_531);
      const { file } = await rotate('b', start);
      for (const path of [file, `${file}.pub`, indexFile(directory)]) {
        expect(await stat(path)).toMatchObject({ uid: 65_532, gid: 65_531 });
      }
    },
  );

  it.each(['027', '077'])(
    'under the umask %s leaves an index that the lobby’s account can read',
    async (umask) => {
      const before = process.umask(Number.parseInt(umask, 8));
      onTestFinished(() => void process.umask(before));
      const { file } = await rotate('a');
      await rotate('b', days(1));
      expect(((await stat(indexFile(directory))).mode & 0o777).toString(8)).toBe('644');
      expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
    },
  );

  it('adds keys that sign half a minute later', async () => {
    await rotate('a');
    const { first } = await rotate('b', days(1));
    expect(first).toBe(false);
    const loaded = await load();
    expect(loaded.ok && loaded.keys.map(({ kid, signsFrom }) => [kid, signsFrom?.toISOString()])).toEqual([
      ['a', undefined],
      ['b', '2026-03-02T12:00:30.000Z'],
    ]);
  });

  it('takes a key away when its successor has signed for longer than invites last, and never gives its id again', async () => {
    await rotate('a');
    await rotate('b', days(1));
    expect((await rotate('c', days(31))).retired).toEqual([]);
    expect((await rotate('d', days(33))).retired).toEqual(['a']);
    expect(await kids()).toEqual(['b', 'c', 'd']);
    expect(await readdir(directory)).not.toContain('a.pem');
    await expect(rotate('a', days(34))).rejects.toThrow('Key id a was retired on 2026-04-03.');
    await expect(rotate('d', days(34))).rejects.toThrow('Key id d is in use.');
  });

  it('takes over a key that signs already', async () => {
    await mkdir(directory);
    const file = join(directory, '..', 'old.pem');
    await writeKeyPair(file, 2048);
    await rotate('new', start, { kid: 'CWMKey', file });
    expect(await kids()).toEqual(['CWMKey', 'new']);
    expect(await readFile(join(directory, 'CWMKey.pem'), 'utf8')).toBe(await readFile(file, 'utf8'));
    await expect(rotate('newer', start, { kid: 'other', file })).rejects.toThrow('has keys already');
  });

  it('is made by one at a time', async () => {
    await rotate('a');
    await writeFile(join(directory, 'rotation.lock'), '');
    await expect(rotate('b')).rejects.toThrow('Another rotation is under way.');
    expect(await kids()).toEqual(['a']);
  });
});

describe('a directory', () => {
  it('is not used without an index, or with one that is cut off or wrong', async () => {
    expect(await kids()).toContain('keygen --rotate');
    await rotate('a');
    const index = join(directory, 'keys.json');
    const whole = await readFile(index, 'utf8');
    for (const text of [
      '',
      whole.slice(0, -10),
      '{}',
      whole.replace('"a"', '"../a"'),
      '{"version":1,"keys":[]}',
    ]) {
      await writeFile(index, text);
      expect(await kids()).toContain('its keys.json is');
    }
    await writeFile(index, whole);
    expect(await kids()).toEqual(['a']);
  });

  it('is not used with another key under an id, or without one of its keys', async () => {
    const { file } = await rotate('a');
    await rotate('b');
    await rm(file);
    expect(await kids()).toContain('there is no such file');
    await rm(`${file}.pub`);
    await writeKeyPair(file, 2048);
    expect(await kids()).toContain('a.pem is another key than keys.json says');
  });

  it('may hold files that the index does not name', async () => {
    await rotate('a');
    await writeFile(join(directory, 'half.pem'), '-----BEGIN PRIV');
    expect(await kids()).toEqual(['a']);
    expect((await readKeyIndex(directory)).ok).toBe(true);
  });
});
