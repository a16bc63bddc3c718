import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isFresh } from '../../../build/appBuild.mjs';

const BEFORE = new Date(1_000_000);
const AFTER = new Date(2_000_000);
const SOURCE = 'renderer/parts/button.tsx';
const BUILT = [
  'out/main/index.cjs',
  'out/main/parley.cjs',
  'out/preload/shell.cjs',
  'out/preload/meeting.cjs',
  'out/renderer/index.html',
];

let root: string;

async function place(file: string, time: Date): Promise<void> {
  const target = path.join(root, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, '');
  await utimes(target, time, time);
}

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'parley-build-test-'));
  await place(SOURCE, BEFORE);
  for (const folder of ['renderer', 'renderer/parts']) await utimes(path.join(root, folder), BEFORE, BEFORE);
  for (const file of BUILT) await place(file, AFTER);
});

afterEach(() => rm(root, { recursive: true, force: true }));

it('is fresh when all that was built is newer than the sources', () => {
  expect(isFresh(root)).toBe(true);
});

it('is stale when a source was changed, or went away', async () => {
  await place(SOURCE, new Date(3_000_000));
  expect(isFresh(root)).toBe(false);
  await rm(path.join(root, SOURCE));
  expect(isFresh(root)).toBe(false);
});

it.each(BUILT)('is stale without %s', async (file) => {
  await rm(path.join(root, file));
  expect(isFresh(root)).toBe(false);
});
