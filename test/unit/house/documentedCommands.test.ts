/** The command lines in the documents, put through the programs' own definitions, which do nothing here. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const documents = [
  ...['README.md', 'CONTRIBUTING.md'],
  ...readdirSync(`${root}/docs`)
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

type Program = 'parley' | 'parley-lobby';

/** What a document has somebody type: `parley mute | unmute` is two, and what stands in brackets is there to be typed. */
function commandLines(program: Program): string[] {
  const typed = documents.flatMap((file) => {
    const text = readFileSync(`${root}/${file}`, 'utf8');
    const blocks = [...text.matchAll(/^```[^\n]*\n([^]*?)^```/gm)].flatMap(([, block = '']) =>
      block.split('\n').map((line) => line.trim()),
    );
    const inline = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
    return [...blocks, ...inline].filter((line) => line.startsWith(`${program} `));
  });
  const lines = typed.flatMap((line) => {
    const [first = '', ...rest] = line
      .replace(/<[^>]*>/g, 'some')
      .replace(/[[\]]/g, '')
      .split(' | ');
    return [first, ...rest.filter((word) => /^[\w-]+$/.test(word)).map((word) => `${program} ${word}`)];
  });
  return [...new Set(lines.map((line) => line.replace(/\s+#.*$/, '').trim()))];
}

/** Of the program itself and of all below it: nothing is done, and a wrong line is an error. */
function tame(command: Command): void {
  command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  if (command.commands.length === 0) command.action(() => undefined);
  for (const below of command.commands) tame(below);
}

/** The definitions of a program whose module parses its arguments once it is loaded. */
async function definitions(load: () => Promise<unknown>): Promise<Command> {
  const parse = vi.spyOn(Command.prototype, 'parseAsync').mockImplementation(function (this: Command) {
    return Promise.resolve(this);
  });
  vi.resetModules();
  await load();
  const [defined] = parse.mock.contexts;
  if (!(defined instanceof Command)) throw new Error('The program has parsed nothing.');
  tame(defined);
  return defined;
}
afterEach(() => void vi.restoreAllMocks());

describe.each<[Program, () => Promise<unknown>, number]>([
  ['parley', () => import('../../../main/control/program/parley'), 8],
  ['parley-lobby', () => import('../../../lobby/cli'), 2],
])('what the documents say of %s', (program, load, least) => {
  it('is what it takes', async () => {
    const lines = commandLines(program);
    expect(lines.length).toBeGreaterThanOrEqual(least);
    const wrong: string[] = [];
    const defined = await definitions(load);
    for (const line of lines) {
      try {
        defined.parse(line.split(/\s+/).slice(1), { from: 'user' });
      } catch (error) {
        wrong.push(`${line}: ${String(error)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('would be found out, were it wrong', async () => {
    const defined = await definitions(load);
    for (const line of ['no-such-command', '--no-such-option'])
      expect(() => defined.parse([line], { from: 'user' })).toThrow();
  });
});
