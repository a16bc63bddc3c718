import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { drawIcons } from '../../../build/icons.mjs';

it('has every icon as build/icon.svg draws it', async () => {
  for (const [file, drawn] of drawIcons()) {
    const committed = await readFile(new URL(`../../../build/${file}`, import.meta.url));
    expect(committed.equals(drawn), `${file} is old: npm run icons`).toBe(true);
  }
});
