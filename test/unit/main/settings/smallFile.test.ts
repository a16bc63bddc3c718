/** What is read on the way to the first paint, whatever stands in its place: nothing of it may hold up the start. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFirstLook } from '../../../../main/settings/firstLook';
import { FILE_MAX_BYTES, readJsonNow } from '../../../../main/settings/smallFile';
import { readBarPlace } from '../../../../main/shell/barPlace';
import { readWindowPlace } from '../../../../main/shell/windowBounds';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-small-'));
  path = join(folder, 'small.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a file', () => {
  it.each([
    ['JSON', '{"a":[1]}', { a: [1] }],
    ['a byte order mark, as PowerShell 5.1 writes', '\uFEFF{"a":1}', { a: 1 }],
    ['half of it', '{"a":', undefined],
    ['nothing', '', undefined],
    ['as much as may be', `1${' '.repeat(FILE_MAX_BYTES - 1)}`, 1],
    ['more than may be', `1${' '.repeat(FILE_MAX_BYTES)}`, undefined],
  ])('with %s', async (_what, text, json) => {
    await writeFile(path, text);
    expect(readJsonNow(path)).toEqual(json);
  });

  it('that is none says nothing', async () => {
    expect(readJsonNow(path)).toBeUndefined();
    await mkdir(path);
    expect(readJsonNow(path)).toBeUndefined();
  });
});

describe.each([
  [
    'settings.json',
    '{"theme":"dark"}',
    () => readFirstLook(folder, join(folder, 'none.json')).theme,
    'system',
  ],
  [
    'policy.json',
    '{"theme":"dark"}',
    () => readFirstLook(folder, join(folder, 'policy.json')).theme,
    'system',
  ],
  [
    'window.json',
    '{"bounds":{"x":0,"y":0,"width":900,"height":700}}',
    () => readWindowPlace(folder)?.bounds.width,
    undefined,
  ],
  ['compactBar.json', '{"x":5,"y":5,"onTop":true}', () => readBarPlace(folder)?.x, undefined],
] as const)('%s', (name, text, read, untold) => {
  it('is heard when it is a file, from a byte order mark on', async () => {
    await writeFile(join(folder, name), `\uFEFF${text}`);
    expect(read()).not.toBe(untold);
  });

  it('is not read when it is huge', async () => {
    await writeFile(join(folder, name), `${text}${' '.repeat(FILE_MAX_BYTES)}`);
    expect(read()).toBe(untold);
  });

  it('is not opened when it is a pipe, which holds up who does', () => {
    const pipe = join(folder, name);
    execFileSync('mkfifo', [pipe]);
    // Were the pipe opened, this would be heard from it; it waits for that.
    const writer = spawn('sh', ['-c', 'printf %s "$1" > "$0"', pipe, text]);
    try {
      expect(read()).toBe(untold);
    } finally {
      writer.kill();
    }
  });
});
