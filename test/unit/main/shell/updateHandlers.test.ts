/** What the commands about updates come to, over real settings. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Settings } from '../../../../main/settings/settings';
import { newUpdateHandlers } from '../../../../main/shell/handlers/updates';

let directory: string;
let changes: number;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'parley-update-commands-'));
  changes = 0;
});
afterEach(() => rm(directory, { recursive: true }));

async function build(policy: object = {}, environment: NodeJS.ProcessEnv = {}) {
  const policyFile = join(directory, 'policy.json');
  await writeFile(policyFile, JSON.stringify(policy));
  const settings = await Settings.read({ directory, policyFile, environment, version: '0.2.0' });
  const addressChanged = () => Promise.resolve(void (changes += 1));
  const updates = { look: vi.fn(), load: vi.fn(), restart: vi.fn(), addressChanged };
  return { settings, handlers: newUpdateHandlers({ settings, updates }) };
}

it.each([
  ['https://updates.example.com/parley/', 'https://updates.example.com/parley'],
  ['updates.example.com', 'https://updates.example.com'],
  ['http://127.0.0.1:8080/parley', 'http://127.0.0.1:8080/parley'],
  ['  ', ''],
])('keeps the address %j as %j', async (url, kept) => {
  const { settings, handlers } = await build();
  expect(await handlers['updates/address']({ url })).toEqual({ ok: true });
  expect([settings.values.updateUrl, changes]).toEqual([kept, 1]);
});

it.each([
  ['http://updates.example.com', 'insecure'],
  ['file:///etc', 'address'],
  ['https://ana:secret@updates.example.com', 'address'],
  ['two words', 'address'],
])('refuses %j', async (url, fault) => {
  const { settings, handlers } = await build();
  expect(await handlers['updates/address']({ url })).toEqual({ ok: false, fault });
  expect([settings.values.updateUrl, changes]).toEqual(['', 0]);
});

it('leaves what policy sets', async () => {
  const { settings, handlers } = await build({ updateUrl: 'https://policy.example' });
  expect(await handlers['updates/address']({ url: 'https://other.example' })).toEqual({ ok: true });
  expect([settings.values.updateUrl, changes]).toEqual(['https://policy.example', 0]);
});

it('lets policy turn updates off, and nobody else on', async () => {
  await writeFile(join(directory, 'settings.json'), '{"updates":"on"}');
  expect((await build({ updates: 'off' })).settings.values.updates).toBe('off');
  await writeFile(join(directory, 'settings.json'), '{"updates":"off"}');
  expect((await build()).settings.values.updates).toBe('on');
});

it('takes an address from the environment for one run, and only a protected one', async () => {
  const url = async (PARLEY_UPDATE_URL: string) =>
    (await build({}, { PARLEY_UPDATE_URL })).settings.values.updateUrl;
  expect(await url('https://updates.example.com/')).toBe('https://updates.example.com');
  expect(await url('http://updates.example.com/')).toBe('');
});

it('says why it cannot keep the address, where a folder has the file’s name', async () => {
  const { handlers } = await build();
  await mkdir(join(directory, 'settings.json'));
  expect(await handlers['updates/address']({ url: 'https://a.example' })).toMatchObject({
    ok: false,
    fault: 'file',
  });
});
