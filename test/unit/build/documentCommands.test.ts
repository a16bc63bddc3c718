import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { linesToType, sectionBelow, shellBlocks } from '../../../build/documentCommands.mjs';
import { STAYS } from '../../../build/typedLine.mjs';

const DOCUMENT = `# Name

## One

\`\`\`sh
first
\`\`\`

### Below one

   \`\`\`sh
   second
   \`\`\`

\`\`\`json
{}
\`\`\`

## Two

\`\`\`sh
third
\`\`\`
`;

describe('the commands of a document', () => {
  it('are the blocks for a shell, in order', () => {
    expect(shellBlocks(DOCUMENT).map((block) => block.trim())).toEqual(['first', 'second', 'third']);
  });

  it('below a heading end at the next one of its rank', () => {
    expect(shellBlocks(sectionBelow(DOCUMENT, '## One'))).toHaveLength(2);
    expect(shellBlocks(sectionBelow(DOCUMENT, '### Below one'))).toHaveLength(2);
    expect(sectionBelow(DOCUMENT, '## Three')).toBe('');
  });

  it('are lines, each with what was exported before it', () => {
    expect(linesToType('# why\nmake\n\n  export A=1\nexport B="$A"\nuse "$B"\n')).toEqual([
      { line: 'make', exported: '' },
      { line: 'use "$B"', exported: 'export A=1\nexport B="$A"' },
    ]);
  });

  it('are in the README those that start, try, keep, serve and test Parley', () => {
    const readme = readFileSync(fileURLToPath(new URL('../../../README.md', import.meta.url)), 'utf8');
    const lines = shellBlocks(readme).flatMap(linesToType);
    expect(lines.map(({ line }) => line.replace(/\s+#.*$/, ''))).toEqual([
      'npm ci && npm start',
      'npm run demo',
      'npm run package:deb',
      'npm run package:tar',
      'npm ci && npm run build:lobby',
      'node out/lobby/parley-lobby.cjs keygen "$JITSI_RSA_JWT_KEY_FILE"',
      'node out/lobby/parley-lobby.cjs token add alice',
      'node out/lobby/parley-lobby.cjs serve',
      'npm ci && npm test',
    ]);
    const staying = lines.filter(({ line }) => STAYS.some(({ command }) => command.test(line)));
    expect(staying).toHaveLength(4);
  });
});
