/** The import table of the house is a lint rule; here it is broken, line by line. */
import { fileURLToPath } from 'node:url';
import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { beforeAll, describe, expect, it } from 'vitest';

const cwd = fileURLToPath(new URL('../../../', import.meta.url));

// The rules at hand need no types; without them a text needs no file.
const eslint = new ESLint({
  cwd,
  overrideConfig: {
    files: ['**/*.{ts,tsx}'],
    ...(tseslint.configs.disableTypeChecked as Linter.Config),
  },
});

const IMPORT_RULES = [
  'import-x/no-restricted-paths',
  'import-x/no-unresolved',
  'import-x/no-cycle',
  'no-restricted-imports',
  'no-restricted-properties',
];

/** Which of the house's rules a line breaks when it stands in a file. */
async function broken(filePath: string, line: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${line}\n`, { filePath });
  const rules = (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
  return rules.filter((rule) => IMPORT_RULES.includes(rule) || !rule.includes('/'));
}

const TABLE = 'import-x/no-restricted-paths';
const MODULES = 'no-restricted-imports';

// The first text loads every rule, which takes seconds on a busy machine.
beforeAll(() => broken('shared/example.ts', ''), 60_000);

describe('an import that crosses a border', () => {
  it.each([
    ['renderer/example.ts', "export * from '../main/log';", TABLE],
    ['renderer/parts/example.tsx', "export * from '../../preload/shell';", TABLE],
    ['renderer/example.ts', "export * from '../lobby/tokens/roomToken';", TABLE],
    ['renderer/example.ts', "export * from 'electron';", MODULES],
    ['renderer/example.ts', "export * from 'zod';", MODULES],
    ['shared/example.ts', "export { net } from 'electron';", MODULES],
    ['shared/jitsi/example.ts', "export * from '../../main/log';", TABLE],
    ['shared/example.ts', "export * from '../renderer/failureWords';", TABLE],
    ['shared/example.ts', "export * from '../lobby/tokens/roomToken';", TABLE],
    ['preload/example.ts', "export * from '../main/log';", TABLE],
    ['preload/example.ts', "export * from '../renderer/failureWords';", TABLE],
    ['preload/example.ts', "export * from 'zod';", MODULES],
    ['main/example.ts', "export * from '../renderer/failureWords';", TABLE],
    ['main/example.ts', "export * from '../preload/shell';", TABLE],
    ['main/example.ts', "export * from '../lobby/tokens/roomToken';", TABLE],
    ['main/example.ts', "export * from '../test/support/servers';", TABLE],
    ['main/shell/example.ts', "export { ipcMain } from 'electron';", MODULES],
    ['main/security/example.ts', "export { ipcMain } from 'electron';", MODULES],
    ['lobby/example.ts', "export * from '../main/log';", TABLE],
    ['lobby/routes/example.ts', "export { app } from 'electron';", MODULES],
    ['build/example.mjs', "export * from '../main/log';", TABLE],
    ['main/example.ts', "export * from './no-such-file';", 'import-x/no-unresolved'],
    ['shared/example.ts', "export const known = URL.canParse('x');", 'no-restricted-properties'],
  ])('%s: %s', async (file, line, rule) => {
    expect(await broken(file, line)).toContain(rule);
  });
});

describe('an import of the table', () => {
  it.each([
    ['renderer/example.ts', "export * from '../shared/failure';"],
    ['renderer/parts/example.tsx', "export * from '../failureWords';"],
    ['shared/jitsi/example.ts', "export * from '../webUrl';"],
    ['shared/example.ts', "export * from 'zod';"],
    ['preload/example.ts', "export { ipcRenderer } from 'electron';"],
    ['preload/example.ts', "export * from '../shared/jitsi/limits';"],
    ['main/example.ts', "export * from '../shared/webUrl';"],
    ['main/shell/example.ts', "export { BrowserWindow } from 'electron';"],
    ['main/security/ipc.ts', "export { ipcMain } from 'electron';"],
    ['lobby/routes/example.ts', "export * from '../../shared/lobbyApi';"],
    ['test/unit/example.ts', "export * from '../../main/log';"],
    ['bench/example.ts', "export * from '../lobby/tokens/roomToken';"],
  ])('%s: %s', async (file, line) => {
    expect(await broken(file, line)).toEqual([]);
  });
});
