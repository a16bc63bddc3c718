/** The scripts that somebody types first, before npm has installed anything. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

let tree: string;
beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'parley-tree-'));
  await cp(fileURLToPath(new URL('../../../build', import.meta.url)), join(tree, 'build'), {
    recursive: true,
  });
});
afterAll(() => rm(tree, { recursive: true }));

it.each(['start', 'dev', 'demo', 'test'])('%s says that npm ci comes first', async (name) => {
  const said = await new Promise<string>((resolve) => {
    execFile(process.execPath, [join(tree, `build/${name}.mjs`)], (failure, stdout, stderr) => {
      resolve(failure ? stderr : 'It ended well.');
    });
  });
  expect(said).toBe('Parley needs its npm packages: npm ci\n');
});
