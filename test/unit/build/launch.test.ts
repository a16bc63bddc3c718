/** The scripts that somebody types first, before npm has installed anything. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { scripts as typed } from '../../../package.json';

const scripts: Partial<Record<string, string>> = typed;

let tree: string;
beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'parley-tree-'));
  await cp(fileURLToPath(new URL('../../../build', import.meta.url)), join(tree, 'build'), {
    recursive: true,
  });
});
afterAll(() => rm(tree, { recursive: true }));

it.each([
  ...['start', 'dev', 'demo', 'test'],
  ...['package:bare', 'package:deb', 'package:dir', 'package:tar'],
  ...['bench:call', 'bench:lobby', 'bench:packed', 'bench:start'],
])('%s says that npm ci comes first', async (script) => {
  const [, file = '', ...args] = (scripts[script] ?? '').split(' ');
  const said = await new Promise<string>((resolve) => {
    // Without other programs: a script that went on would make a whole system, where it may.
    const env = { ...process.env, PATH: '' };
    execFile(process.execPath, [join(tree, file), ...args], { env }, (failure, stdout, stderr) => {
      resolve(failure ? stderr : 'It ended well.');
    });
  });
  expect(said).toBe('Parley needs its npm packages: npm ci\n');
});
