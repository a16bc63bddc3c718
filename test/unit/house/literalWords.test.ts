/** That no English stands in the source where a person would see it is a lint rule; here it is broken, place by place. */
import { fileURLToPath } from 'node:url';
import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { expect, it } from 'vitest';

const eslint = new ESLint({
  cwd: fileURLToPath(new URL('../../../', import.meta.url)),
  // Without rules that need types, a text needs no file.
  overrideConfig: {
    files: ['**/*.{ts,tsx}'],
    ...(tseslint.configs.disableTypeChecked as Linter.Config),
  },
});

async function isRefused(filePath: string, line: string): Promise<boolean> {
  const [result] = await eslint.lintText(`${line}\n`, { filePath });
  return result?.messages.some(({ ruleId }) => ruleId === 'no-restricted-syntax') ?? false;
}

it.each([
  ['<p>Ready</p>', true],
  ['<p>{"Ready"}</p>', true],
  ['<p>{`${count} others`}</p>', true],
  ['<p>{busy ? "Wait" : ready}</p>', true],
  ['<>{busy && "Wait"}</>', true],
  ['<button title="Leave" />', true],
  ['<button aria-label={`Leave ${room}`} />', true],
  ['<p className="muted" role="status">· {text("call.cancel")}</p>', false],
  ['<button aria-label={text("call.cancel")}>{busy ? text("call.cancel") : undefined}</button>', false],
])('in a page: %s', async (element, refused) => {
  expect(await isRefused('renderer/parts/example.tsx', `export const example = () => ${element};`)).toBe(
    refused,
  );
});

it.each([
  ["{ label: 'Leave call', click }", true],
  ["{ buttons: ['Stay'] }", true],
  ["tray.setToolTip('In a call')", true],
  ["{ label: nativeText('away.leave'), type: 'checkbox' }", false],
  ["{ title: 'Parley' }", false],
])('in what the system draws: %s', async (value, refused) => {
  expect(await isRefused('main/shell/example.ts', `export const example = ${value};`)).toBe(refused);
});
