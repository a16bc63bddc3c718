/** The documents: where their links go, the scripts they name, the messages they explain. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { POLICY_FILE_NAMES } from '../../../main/settings/settingsTable';
import { en } from '../../../renderer/i18n/en';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const inRoot = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
const inDocs = readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'));
const documents = [...inRoot, ...inDocs.map((file) => `docs/${file}`)];
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** A heading's address on GitHub. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

const anchors = (file: string) =>
  [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));

describe.each(documents)('%s', (file) => {
  it('links to what is there', () => {
    const targets = [...read(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const broken = targets.filter((target) => {
      if (/^(https?|mailto):/.test(target)) return false;
      const [path = '', anchor] = target.split('#');
      const linked = path === '' ? file : join(dirname(file), path);
      return !existsSync(join(root, linked)) || (anchor !== undefined && !anchors(linked).includes(anchor));
    });
    expect(broken).toEqual([]);
  });

  it('names scripts that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(file).matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

it('explains messages as the app words them', () => {
  const headings = [...read('docs/troubleshooting.md').matchAll(/^## (.*)$/gm)].map(
    ([, heading = '']) => heading,
  );
  const words: readonly unknown[] = Object.values(en);
  expect(headings.filter((heading) => heading !== 'Without a message' && !words.includes(heading))).toEqual(
    [],
  );
  expect(headings.length).toBeGreaterThan(10);
});

it('names to administrators each setting that a policy may hold, and no other', () => {
  const table = read('docs/install.md').split('| what it may be')[1]?.split('\n\n')[0] ?? '';
  const cells = [...table.matchAll(/^\| (`[^|]*)\|/gm)].map(([, cell = '']) => cell);
  const named = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect(named.sort()).toEqual([...POLICY_FILE_NAMES].sort());
});
