import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lineCost } from '../../../../main/updates/lineCost';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-cost-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A program in the place of `busctl` that answers so. */
async function answering(script: string): Promise<string> {
  const program = join(folder, 'busctl');
  await writeFile(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return program;
}

it.each([
  ['u 0', 'unknown'],
  ['u 1', 'metered'],
  ['u 2', 'free'],
  ['u 3', 'metered'],
  ['u 4', 'free'],
  ['u 5', 'unknown'],
  ['', 'unknown'],
  ['s "2"', 'unknown'],
  ['u 2 u 1', 'unknown'],
])('takes %j of NetworkManager for %s', async (answer, cost) => {
  expect(await lineCost('linux', await answering(`echo '${answer}'`))).toBe(cost);
});

it('asks for NetworkManager’s own property', async () => {
  const question = '--system get-property org.freedesktop.NetworkManager /org/freedesktop/NetworkManager';
  const program = await answering(
    `[ "$*" = '${question} org.freedesktop.NetworkManager Metered' ] && echo 'u 4'`,
  );
  expect(await lineCost('linux', program)).toBe('free');
});

it('knows nothing where nobody answers', async () => {
  expect(await lineCost('linux', await answering('echo "u 2"; exit 1'))).toBe('unknown');
  expect(await lineCost('linux', join(folder, 'none'))).toBe('unknown');
  expect(await lineCost('win32', await answering("echo 'u 2'"))).toBe('unknown');
});
