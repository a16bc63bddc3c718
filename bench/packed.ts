/** `npm run bench:packed`: what the packed app takes of the disk, and how soon it paints against the one in the tree. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeUnpackedApp } from '../build/unpackedApp.mjs';
import type { BenchOptions } from './start';
import { median, summary } from './statistics';
import { measurePackedStarts } from './windowStart';

const PAIRS = 5;
const MEBIBYTE = 1024 ** 2;

/** Measures, tells how, and ends with one line a figure. */
export async function runBench({ electron, args, print, progress }: BenchOptions): Promise<void> {
  const { folder, program } = await makeUnpackedApp();
  const packedRuntime = { electron: join(folder, program), args };
  const { packed, tree } = await measurePackedStarts(packedRuntime, { electron, args }, PAIRS, progress);
  print('Spawn to first contentful paint:');
  print(`  in the tree: ${summary(tree.paint, 'ms')}`);
  print(`  packed: ${summary(packed.paint, 'ms')}`);

  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) =>
    statSync(join(folder, file)),
  );
  const installed = files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
  print(`packed.installed_mib: ${(installed / MEBIBYTE).toFixed(1)}`);
  print(`packed.asar_mib: ${(statSync(join(folder, 'resources/app.asar')).size / MEBIBYTE).toFixed(2)}`);
  print(`packed.paint_ratio: ${(median(packed.paint) / median(tree.paint)).toFixed(3)}`);
}
