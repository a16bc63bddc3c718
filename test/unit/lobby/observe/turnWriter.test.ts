import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TurnWriter } from '../../../../lobby/observe/turnWriter';

let folder: string;
let descriptor: number;
const written = () => readFileSync(join(folder, 'log'), 'utf8');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-writer-'));
  descriptor = openSync(join(folder, 'log'), 'w');
});
afterEach(() => {
  closeSync(descriptor);
  rmSync(folder, { recursive: true });
});

it('writes what a turn gathered at its end, in order', async () => {
  const writer = new TurnWriter(descriptor);
  writer.write('one\n');
  writer.write('two é\n');
  expect(written()).toBe('');
  await setImmediate();
  expect(written()).toBe('one\ntwo é\n');
  writer.write('three\n');
  await setImmediate();
  expect(written()).toBe('one\ntwo é\nthree\n');
});

it('does not gather without end', () => {
  const writer = new TurnWriter(descriptor);
  for (let count = 0; count < 70; count += 1) writer.write(`${'x'.repeat(999)}\n`);
  expect(written().length).toBeGreaterThanOrEqual(65_000);
  writer.flushSync();
  expect(written()).toHaveLength(70_000);
});
