import { chmod, mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readJsonFile, writeJsonFile } from '../../../../main/settings/jsonFile';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-json-'));
  path = join(folder, 'settings.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('reading', () => {
  it.each<[string, string, object]>([
    ['JSON', '{"a":[1]}', { kind: 'value', json: { a: [1] } }],
    ['no JSON', '{"a":', { kind: 'unreadable' }],
    ['nothing', '', { kind: 'unreadable' }],
    ['null', 'null', { kind: 'value', json: null }],
    ['a byte order mark', '\uFEFF{"a":1}', { kind: 'value', json: { a: 1 } }],
    ['a mark within', '{"a":\uFEFF1}', { kind: 'unreadable' }],
  ])('a file with %s', async (_what, text, content) => {
    await writeFile(path, text);
    expect(await readJsonFile(path)).toEqual(content);
  });

  it('a file that is not there is missing; a folder in its place cannot be read', async () => {
    expect(await readJsonFile(path)).toEqual({ kind: 'missing' });
    expect(await readJsonFile(join(folder, 'no', 'such', 'file.json'))).toEqual({ kind: 'missing' });
    await mkdir(path);
    expect(await readJsonFile(path)).toEqual({ kind: 'unreadable' });
  });
});

describe('writing', () => {
  it('leaves one file, whole, for its owner alone', async () => {
    await writeJsonFile(path, { a: 1 });
    await writeJsonFile(path, { a: 2 });
    expect(await readdir(folder)).toEqual(['settings.json']);
    expect(await readFile(path, 'utf8')).toBe('{\n  "a": 2\n}\n');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('is on the disk before it takes the place of the old one, for a power cut to leave either', async () => {
    await writeJsonFile(path, { a: 1 });
    const handle = await open(path);
    const flush = vi.spyOn(Object.getPrototypeOf(handle) as typeof handle, 'sync');
    await handle.close();
    const before = (await stat(path)).ino;
    const inodes: number[] = [];
    flush.mockImplementation(async () => void inodes.push((await stat(path)).ino));
    await writeJsonFile(path, { a: 2 });
    flush.mockRestore();
    expect(inodes).toEqual([before]);
    expect((await stat(path)).ino).not.toBe(before);
  });

  it('replaces the file as a whole: who has the old one open reads the old one to its end', async () => {
    await writeJsonFile(path, { old: 'x'.repeat(10_000) });
    const before = await stat(path);
    await writeJsonFile(path, { new: true });
    expect((await stat(path)).ino).not.toBe(before.ino);
  });

  it('is never seen half done', async () => {
    const contents = ['x', 'y'].map((letter) => ({ text: letter.repeat(200_000) }));
    await writeJsonFile(path, contents[0]);
    const under = { way: true };
    const writing = (async () => {
      for (let round = 0; round < 10; round += 1)
        for (const content of contents) await writeJsonFile(path, content);
      under.way = false;
    })();
    while (under.way) {
      const seen = await readJsonFile(path);
      expect(contents).toContainEqual(seen.kind === 'value' ? seen.json : seen.kind);
    }
    await writing;
  });

  it('that fails at the last step leaves no file of its own', async () => {
    await mkdir(path);
    await writeFile(join(path, 'inside'), '');
    await expect(writeJsonFile(path, { a: 1 })).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['settings.json']);
    expect(await readdir(path)).toEqual(['inside']);
  });

  it('that cannot be put into JSON leaves the old file and nothing else', async () => {
    await writeJsonFile(path, { a: 1 });
    await expect(writeJsonFile(path, { a: 1n })).rejects.toThrow(TypeError);
    expect(await readdir(folder)).toEqual(['settings.json']);
    expect(await readJsonFile(path)).toEqual({ kind: 'value', json: { a: 1 } });
  });

  it("where there is no folder fails with the system's error", async () => {
    await expect(writeJsonFile(join(folder, 'none', 'settings.json'), {})).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  it("keeps the owner's file private though the old one was open to all", async () => {
    await writeFile(path, '{}');
    await chmod(path, 0o644);
    await writeJsonFile(path, {});
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });
});
