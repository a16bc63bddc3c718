/** The settings file when the machine stops at any step of a write, when the disk is full, and when it holds anything. */
import { execFile } from 'node:child_process';
import type * as Promises from 'node:fs/promises';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readJsonFile, writeJsonFile } from '../../../../main/settings/jsonFile';
import { Settings } from '../../../../main/settings/settings';
import { DEFAULTS } from '../../../../main/settings/settingsTable';
import { FILE_MAX_BYTES } from '../../../../main/settings/smallFile';
import { USER_FILE } from '../../../../main/settings/userFile';

/** What the system still does: so many bytes and steps, then nothing, as after a power cut. */
const power = vi.hoisted(() => ({ left: Infinity, full: false }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof Promises>();
  const step = () => {
    power.left -= 1;
    if (power.left < 0) throw new Error('power cut');
  };
  return {
    ...real,
    open: async (path: string, flags: string, mode: number) => {
      if (!flags.includes('w')) return real.open(path, flags, mode);
      step();
      const file = await real.open(path, flags, mode);
      return {
        writeFile: async (text: string) => {
          const bytes = Buffer.from(text);
          const written = Math.min(bytes.length, power.left);
          await file.write(bytes.subarray(0, written));
          power.left -= written;
          if (power.full) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
          if (written < bytes.length) throw new Error('power cut');
        },
        sync: async () => {
          step();
          await file.sync();
        },
        // The system closes what a dead process had open.
        close: () => file.close(),
      };
    },
    rename: async (from: string, to: string) => {
      step();
      await real.rename(from, to);
    },
    unlink: async (path: string) => {
      step();
      await real.unlink(path);
    },
  };
});

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'parley-faults-'));
  file = join(directory, USER_FILE);
});
afterEach(async () => {
  power.left = Infinity;
  power.full = false;
  await rm(directory, { recursive: true, force: true });
});

const read = (policyFile = join(directory, 'none.json')) =>
  Settings.read({ directory, policyFile, environment: {}, version: '0.2.0' });

describe('a write that ends at any byte and any step', () => {
  it('leaves the old settings or the new', async () => {
    const old = { displayName: 'Ana' };
    const fresh = { displayName: 'Berta', freeMode: true };
    const length = Buffer.byteLength(`${JSON.stringify(fresh, null, 2)}\n`);
    const seen: unknown[] = [];
    for (let steps = 0; steps <= length + 3; steps += 1) {
      await writeJsonFile(file, old);
      power.left = steps;
      await writeJsonFile(file, fresh).catch(() => undefined);
      power.left = Infinity;
      const found = await readJsonFile(file);
      expect([old, fresh]).toContainEqual(found.kind === 'value' ? found.json : found.kind);
      seen.push(found);
    }
    expect(seen[0]).toEqual({ kind: 'value', json: old });
    expect(seen.at(-1)).toEqual({ kind: 'value', json: fresh });
  });

  it('is no fault at the next start: what it left beside the file is passed over', async () => {
    await (await read()).change({ displayName: 'Ana' });
    power.left = 5;
    await expect((await read()).change({ displayName: 'Berta' })).rejects.toThrow('power cut');
    power.left = Infinity;
    const next = await read();
    expect([next.values.displayName, next.fault]).toEqual(['Ana', undefined]);
  });
});

describe('a full disk', () => {
  it('refuses the change, keeps the settings and leaves nothing beside them', async () => {
    const settings = await read();
    await settings.change({ displayName: 'Ana' });
    power.full = true;
    await expect(settings.change({ displayName: 'Berta' })).rejects.toMatchObject({ code: 'ENOSPC' });
    power.full = false;
    expect(settings.values.displayName).toBe('Ana');
    expect(await readdir(directory)).toEqual([USER_FILE]);
    await settings.change({ displayName: 'Cara' });
    expect((await read()).values.displayName).toBe('Cara');
  });

  it('the same on a real one', async (context) => {
    const disk = join(directory, 'disk');
    await mkdir(disk);
    const run = promisify(execFile);
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', disk]).then(
      () => true,
      () => false,
    );
    if (!mounted) return context.skip('only root can mount a small disk');
    try {
      const settings = await Settings.read({
        directory: disk,
        policyFile: join(directory, 'none.json'),
        environment: {},
        version: '0.2.0',
      });
      await settings.change({ displayName: 'Ana' });
      await writeFile(join(disk, 'other'), 'x'.repeat(64_000)).catch(() => undefined);
      await expect(settings.change({ displayName: 'Berta' })).rejects.toMatchObject({ code: 'ENOSPC' });
      expect((await readdir(disk)).sort()).toEqual(['other', USER_FILE]);
      await rm(join(disk, 'other'));
      expect(JSON.parse(await readFile(join(disk, USER_FILE), 'utf8'))).toMatchObject({ displayName: 'Ana' });
      await settings.change({ displayName: 'Cara' });
    } finally {
      await run('umount', [disk]);
    }
  });
});

describe('whatever stands in a settings file', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    // A file of ours, half-written.
    fc
      .nat(60)
      .map((bytes) => '{"displayName":"Ana","freeMode":true,"lobbyUrl":"https://a.example"}'.slice(0, bytes)),
    // Our names with values of any kind.
    fc
      .dictionary(fc.constantFrom(...Object.keys(DEFAULTS), '__proto__', 'constructor'), fc.jsonValue())
      .map((said) => JSON.stringify(said)),
  );

  it('is read without throwing, kept aside when it is not whole, and said once', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (text) => {
        const policyFile = join(directory, 'policy.json');
        await rm(`${file}.unreadable`, { force: true });
        await writeFile(file, text);
        await writeFile(policyFile, text);
        const { fault } = await Settings.read({ directory, policyFile, environment: {}, version: '0.2.0' });
        const settings = await read();
        for (const name of Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[]) {
          expect(typeof settings.values[name]).toBe(typeof DEFAULTS[name]);
          expect(Array.isArray(settings.values[name])).toBe(Array.isArray(DEFAULTS[name]));
        }
        if (fault?.keptAs !== undefined)
          expect(await readFile(fault.keptAs, 'utf8')).toBe(Buffer.from(text).toString('utf8'));
        // Nobody changes what an administrator wrote.
        expect(await readFile(policyFile, 'utf8')).toBe(Buffer.from(text).toString('utf8'));
        await settings.change({ displayName: 'Ana' });
        const after = await read();
        expect([after.values.displayName, after.fault]).toEqual(['Ana', undefined]);
      }),
      { numRuns: 150 },
    );
    // A thousand writes to the disk, which others use too.
  }, 30_000);

  it('and be it huge: it is not read, but kept aside', async () => {
    await writeFile(file, `{"displayName":"Ana"}${' '.repeat(FILE_MAX_BYTES)}`);
    const settings = await read();
    expect(settings.fault).toMatchObject({ file, keptAs: `${file}.unreadable`, partly: false });
    expect(settings.values).toMatchObject({ displayName: DEFAULTS.displayName });
  });

  it.each([
    ['a pipe that nobody writes to', (path: string) => promisify(execFile)('mkfifo', [path])],
    ['a device without end', (path: string) => promisify(execFile)('ln', ['-s', '/dev/zero', path])],
  ])('nor does %s in its place stop the start', async (_what, make) => {
    await make(file);
    const settings = await read();
    expect(settings.fault).toMatchObject({ file, partly: false });
    await settings.change({ displayName: 'Ana' });
    expect((await read()).values.displayName).toBe('Ana');
  });
});
