import { createPublicKey } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeKeyPair } from '../../../../lobby/keys/keyPair';

it('is written by one of two commands at once, and the other replaces nothing', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'parley-pair-'));
  const file = join(directory, 'key.pem');
  const results = await Promise.allSettled([writeKeyPair(file, 2048), writeKeyPair(file, 2048)]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await readdir(directory)).sort()).toEqual(['key.pem', 'key.pem.pub']);
  const ofPrivate = createPublicKey(await readFile(file)).export({ type: 'spki', format: 'pem' });
  expect(await readFile(`${file}.pub`, 'utf8')).toBe(ofPrivate);
  await rm(directory, { recursive: true });
});
