/** The app as it would be installed: what is in it, what its program will not do, and what a scanner says of it. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { lstat, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { extractAll, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SANDBOX_ARGS } from '../support/desktopApp';
import { scan } from '../support/scanner';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packed = join(root, 'dist/linux-unpacked');
const program = join(packed, 'parley');
const archive = join(packed, 'resources/app.asar');

/** A fuse that is on, as its byte stands in the program: the character 1 (@electron/fuses, `FuseState`). */
const ON = '1'.charCodeAt(0);

describe.skipIf(process.platform !== 'linux')('the packed app', () => {
  let scratch: string;
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'parley-packed-'));
    await promisify(execFile)(process.execPath, [join(root, 'build/packageDir.mjs')], { cwd: root });
  });
  afterAll(() => rm(scratch, { recursive: true }));

  it('has its fuses set', async () => {
    const { version, ...wire } = await getCurrentFuseWire(program);
    const states = Object.entries(wire).map(([fuse, state]) => [
      FuseV1Options[Number(fuse)],
      Number(state) === ON,
    ]);
    expect(version).toBe('1');
    expect(Object.fromEntries(states)).toMatchObject({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
    });
    // Electron has this one from 29 on.
    expect(wire[FuseV1Options.GrantFileProtocolExtraPrivileges]).not.toBe(ON);
  });

  it('is neither Node nor open to a debugger, nor runs code from outside, and starts', async () => {
    const [profile, mark] = [join(scratch, 'profile'), join(scratch, 'mark')];
    const intruder = join(scratch, 'intruder.cjs');
    await writeFile(intruder, `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '')`);
    const child = spawn(program, [...SANDBOX_ARGS, '--inspect=0', intruder], {
      env: {
        ...process.env,
        PARLEY_USER_DATA_DIR: profile,
        ELECTRON_RUN_AS_NODE: '1',
        NODE_OPTIONS: `--require ${intruder}`,
      },
    });
    const ended = once(child, 'exit');
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    }
    try {
      // Chromium's mark of the one instance of a profile: made by the app, never by Node.
      await expect
        .poll(() => lstat(join(profile, 'SingletonLock')).catch(() => undefined), { timeout: 20_000 })
        .toBeDefined();
      expect(existsSync(mark)).toBe(false);
      expect(output).not.toContain('Debugger listening');
    } finally {
      child.kill();
      await ended;
    }
  });

  it('holds what runs, no source, test or setting, and the licences of others beside it', async () => {
    const files = listPackage(archive, { isPack: false }).filter((file) => /\.\w+$/.test(file));
    const strange = files.filter(
      (file) =>
        !/^\/(package\.json|node_modules\/keytar\/(package\.json|lib\/keytar\.js|prebuilds\/.*\/keytar\.node))$/.test(
          file,
        ) && !/^\/out\/(main|preload|renderer)\/[\w/-]+\.(c?js|css|html|txt)$/.test(file),
    );
    expect(files).toContain('/out/main/index.cjs');
    expect(strange).toEqual([]);
    expect(existsSync(join(packed, 'resources/default_app.asar'))).toBe(false);
    // What "Show licences" shows.
    expect(listPackage(archive, { isPack: false })).toContain('/LICENSE');
    for (const [part, name] of [
      ['main', 'zod '],
      ['renderer', 'react '],
    ] as const) {
      const notices = await readFile(join(packed, 'licences', part, 'THIRD_PARTY_NOTICES.txt'), 'utf8');
      expect(notices).toContain(name);
    }
  });

  it('has nothing that the scanner calls grave but what docs/security.md explains', async () => {
    extractAll(archive, join(scratch, 'app'));
    const version = (await readFile(join(packed, 'version'), 'utf8')).trim().replace(/^v/, '');
    const findings = await scan(join(scratch, 'app'), version);
    const grave = findings.filter(({ severity }) => severity === 'HIGH' || severity === 'MEDIUM');
    const found = new Set(grave.map(({ rule, file }) => `${rule} ${file}`));
    expect([...found].sort()).toEqual(await explained());
  });
});

/** The rows of the table of findings in docs/security.md: rule and file. */
async function explained(): Promise<string[]> {
  const text = await readFile(join(root, 'docs/security.md'), 'utf8');
  const rows = text.matchAll(/^\| `([A-Z_]+_CHECK)` +\| `?([^ |`]+)`? +\| \S/gm);
  return [...rows].map(([, rule, file]) => `${rule ?? ''} ${file ?? ''}`).sort();
}
