import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readFirstLook } from '../../../../main/settings/firstLook';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-look-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const look = () => readFirstLook(folder, join(folder, 'policy.json'));
const says = (file: 'policy' | 'settings', text: string) => writeFile(join(folder, `${file}.json`), text);

it('is the system’s when nobody says anything', () => {
  expect(look()).toEqual({ theme: 'system', language: 'system' });
});

it('is the user’s, and policy’s where that says something', async () => {
  await says('settings', '{"theme":"dark","language":"de"}');
  expect(look()).toEqual({ theme: 'dark', language: 'de' });
  await says('policy', '{"theme":"light"}');
  expect(look()).toEqual({ theme: 'light', language: 'de' });
});

it.each(['{', '[]', 'null', '7', '{"theme":"pink","language":7}', '{"language":"__proto__"}'])(
  'passes over %s',
  async (text) => {
    await says('settings', text);
    await says('policy', text);
    expect(look()).toEqual({ theme: 'system', language: 'system' });
  },
);
