import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { answer, type PageFiles, readPageFiles, SHELL_URL } from '../../../../main/security/appScheme';

vi.mock('electron', () => ({ protocol: {} }));

describe("the shell's own scheme", () => {
  let root: string;
  let files: PageFiles;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'parley-page-'));
    await mkdir(join(root, 'renderer/assets'), { recursive: true });
    await writeFile(join(root, 'secret.js'), 'secret');
    await writeFile(join(root, 'renderer/index.html'), '<title>Parley</title>');
    await writeFile(
      join(root, 'renderer/framed.html'),
      '<script nonce="PARLEY_NONCE" src="a.js"></script><link nonce="PARLEY_NONCE" href="a.css">',
    );
    await writeFile(join(root, 'renderer/assets/index.js'), 'page()');
    await writeFile(join(root, 'renderer/assets/notes.txt'), 'notes');
    files = readPageFiles(join(root, 'renderer'));
  });
  afterAll(() => rm(root, { recursive: true }));

  const get = (url: string) => answer({ method: 'GET', url }, files);

  it.each([
    [SHELL_URL, 'text/html', '<title>Parley</title>'],
    [`${SHELL_URL}?a=../../etc#b`, 'text/html', '<title>Parley</title>'],
    ['parley-app://shell/assets/index.js', 'text/javascript', 'page()'],
  ])('answers %s', async (url, type, content) => {
    const response = get(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain(type);
    const policy = (response.headers.get('content-security-policy') ?? '').replace(
      /nonce-[\w-]{22}/g,
      'nonce',
    );
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'nonce'",
      "style-src 'nonce'",
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ]);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe(content);
  });

  it('gives each page a nonce of its own, in its policy and where its scripts stand', async () => {
    const noncesOf = async () => {
      const response = get('parley-app://shell/framed.html');
      const said = `${response.headers.get('content-security-policy') ?? ''} ${await response.text()}`;
      return [...said.matchAll(/nonce[-=]"?([\w-]+)/g)].map(([, nonce]) => nonce);
    };
    const [first, second] = [await noncesOf(), await noncesOf()];
    expect(first).toHaveLength(4);
    expect(new Set(first).size).toBe(1);
    expect(new Set([...first, ...second]).size).toBe(2);
  });

  it.each([
    'parley-app://shell/',
    'parley-app://shell/../secret.js',
    'parley-app://shell/assets/..%2f..%2fsecret.js',
    'parley-app://shell/%2e%2e/secret.js',
    'parley-app://shell/assets/notes.txt',
    'parley-app://shell/index.html%00.js',
    'parley-app://other/index.html',
    'parley-app://shell/constructor',
  ])('knows no %s', (url) => {
    expect(get(url).status).toBe(404);
  });

  it('answers nothing but GET', () => {
    for (const method of ['HEAD', 'POST', 'PUT'])
      expect(answer({ method, url: SHELL_URL }, files).status).toBe(404);
  });

  it('gives nothing of a file outside, whatever the path', async () => {
    const piece = fc.oneof(
      fc.constantFrom('..', '.', '/', '%2e', '%2f', '%5c', 'secret.js', 'assets', '%00', '\\'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        expect(await get(`parley-app://shell/${pieces.join('')}`).text()).not.toContain('secret');
      }),
      { numRuns: 500 },
    );
  });
});
