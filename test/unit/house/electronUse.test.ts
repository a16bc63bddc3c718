/** What Electron's security guide warns of is a lint rule in the app's sides; here it is broken, line by line. */
import { fileURLToPath } from 'node:url';
import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { expect, it } from 'vitest';

const cwd = fileURLToPath(new URL('../../../', import.meta.url));
const eslint = new ESLint({
  cwd,
  overrideConfig: { files: ['**/*.{ts,tsx}'], ...(tseslint.configs.disableTypeChecked as Linter.Config) },
});

async function refused(filePath: string, line: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${line}\n`, { filePath });
  const found = (result?.messages ?? []).filter(
    ({ ruleId, fatal }) => fatal === true || ruleId?.startsWith('no-restricted-') === true,
  );
  return found.map(({ message }) => message);
}

const TEXT = 'Run only a constant text in a page.';
const CERTIFICATE = 'A certificate that the system refuses is refused.';
const PREFERENCES = 'Begin with PAGE_PREFERENCES (main/security/pagePreferences.ts).';
const MARKUP = 'Markup is made of elements, not of text.';

it.each([
  ['main/example.ts', 'contents.executeJavaScript(`mute(${name})`);', TEXT],
  ['main/example.ts', 'contents.executeJavaScript(text);', TEXT],
  ['main/call/example.ts', 'contents.mainFrame.executeJavaScript("1" + text);', TEXT],
  ['main/example.ts', 'new BrowserWindow({ webPreferences: { sandbox: false } });', PREFERENCES],
  [
    'main/example.ts',
    'new BrowserWindow({ webPreferences: { preload, ...PAGE_PREFERENCES } });',
    PREFERENCES,
  ],
  ['main/example.ts', "app.on('certificate-error', accept);", CERTIFICATE],
  ['main/example.ts', "app.commandLine.appendSwitch('ignore-certificate-errors');", CERTIFICATE],
  ['main/example.ts', 'session.setCertificateVerifyProc(accept);', CERTIFICATE],
  ['main/example.ts', 'request(url, { rejectUnauthorized: false });', CERTIFICATE],
  ['main/example.ts', 'void shell.openExternal(link);', 'Open links through main/security/navigation.ts.'],
  // Folders with rules of their own for words keep these as well.
  [
    'main/shell/example.ts',
    'void shell.openExternal(link);',
    'Open links through main/security/navigation.ts.',
  ],
  ['main/example.ts', "import remote from '@electron/remote';", 'No page gets objects of the main process.'],
  ['renderer/example.tsx', 'export const part = <p dangerouslySetInnerHTML={given} />;', MARKUP],
  ['renderer/example.ts', 'element.innerHTML = text;', MARKUP],
  ['preload/example.ts', 'eval(text);', 'No code is made of text.'],
  ['shared/example.ts', 'new Function(text);', 'No code is made of text.'],
])('in %s is refused: %s', async (file, line, message) => {
  expect(await refused(file, line)).toEqual([message]);
});

it.each([
  ['main/example.ts', 'void contents.executeJavaScript(READ_MEDIA_REPORT);'],
  ['main/example.ts', 'new BrowserWindow({ webPreferences: { ...PAGE_PREFERENCES, preload } });'],
  ['main/security/navigation.ts', 'void shell.openExternal(link);'],
])('in %s stands: %s', async (file, line) => {
  expect(await refused(file, line)).toEqual([]);
});

it('only main/security/ipc.ts listens to renderers', async () => {
  const line = "import { ipcMain } from 'electron';\nipcMain.handle('x', () => 1);";
  expect(await refused('main/shell/example.ts', line)).toHaveLength(1);
  expect(await refused('main/security/ipc.ts', line)).toEqual([]);
});
