import { mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { KeyRing } from '../../../../lobby/keys/keyRing';
import { KeyWatch } from '../../../../lobby/keys/keyWatch';
import { loadKeys } from '../../../../lobby/keys/loadKeys';
import { rotateKeys } from '../../../../lobby/keys/rotateKeys';

let directory: string;
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'parley-watch-')), 'keys');
});
afterEach(() => rm(join(directory, '..'), { recursive: true }));

/** What may take the place of a directory, so that no file in it can even be looked at. */
it.each<[string, () => Promise<void>]>([
  ['ENOTDIR', () => writeFile(directory, '')],
  ['ELOOP', () => symlink('keys', directory)],
  ['ENOENT', () => Promise.resolve()],
])(
  'keeps its keys while its directory gives %s, says so once, and follows it again',
  async (_code, spoil) => {
    const source = { kind: 'directory', variable: 'JITSI_RSA_JWT_KEY_DIR', directory } as const;
    const rotate = (kid: string) => rotateKeys(directory, { bits: 2048, kid, adopt: undefined }, new Date());
    await rotate('a');
    const loaded = await loadKeys(source, 'parley-lobby');
    const ring = new KeyRing(loaded.ok ? loaded.keys : [], 600, undefined);
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => void lines.push(line) });
    const watch = new KeyWatch(source, ring, log, 'parley-lobby');
    const kids = () => ring.keys.map(({ kid }) => kid);

    await rename(directory, `${directory}.away`);
    await spoil();
    await watch.reload();
    await watch.reload();
    expect(kids()).toEqual(['a']);
    expect(lines.filter((line) => line.includes('those known stay in force'))).toHaveLength(1);

    await rm(directory, { force: true });
    await rename(`${directory}.away`, directory);
    await rotate('b');
    await watch.reload();
    expect(kids()).toEqual(['a', 'b']);
  },
);

it('can be made while something else is in the place of its directory', async () => {
  const source = { kind: 'directory', variable: 'JITSI_RSA_JWT_KEY_DIR', directory } as const;
  await writeFile(directory, '');
  const log = pino({ level: 'silent' });
  expect(() => new KeyWatch(source, new KeyRing([], 600, undefined), log, 'parley-lobby')).not.toThrow();
});
