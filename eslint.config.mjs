// @ts-check
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** The import table of docs/architecture.md: what each folder may import of ours, besides itself. */
/** @type {Readonly<Record<string, readonly string[]>>} */
const mayImport = {
  shared: [],
  main: ['shared'],
  preload: ['shared'],
  renderer: ['shared'],
  lobby: ['shared'],
  build: [],
};
const sides = [...Object.keys(mayImport), 'test', 'bench'];

const importTable = Object.entries(mayImport).map(([side, allowed]) => ({
  target: `./${side}`,
  from: sides.filter((other) => other !== side && !allowed.includes(other)).map((other) => `./${other}`),
  message: `${side}/ may import only ${['itself', ...allowed].join(' and ')} (docs/architecture.md).`,
}));

/** Words in the source that a person would see: they belong into the catalogues of all languages. */
const IN_CATALOGUES = 'Words that are seen come from i18n/.';
const ATTRIBUTES =
  'alt|aria-description|aria-label|aria-roledescription|aria-valuetext|label|placeholder|title';
const wordsInPages = [
  'JSXText[value=/\\p{L}/u]',
  ':matches(JSXElement, JSXFragment) > JSXExpressionContainer > :matches(Literal[value=/\\p{L}/u], TemplateLiteral)',
  ':matches(JSXElement, JSXFragment) > JSXExpressionContainer > :matches(ConditionalExpression, LogicalExpression) > Literal[value=/\\p{L}/u]',
  `JSXAttribute[name.name=/^(${ATTRIBUTES})$/] > Literal[value=/\\p{L}/u]`,
  `JSXAttribute[name.name=/^(${ATTRIBUTES})$/] > JSXExpressionContainer > :matches(Literal, TemplateLiteral)`,
].map((selector) => ({ selector, message: IN_CATALOGUES }));
const wordsDrawnBySystem = [
  'Property[key.name=/^(buttonLabel|checkboxLabel|detail|label|message|title|toolTip|tooltip)$/] > Literal[value=/\\p{L}/u]:not([value="Parley"])',
  'Property[key.name="buttons"] > ArrayExpression > Literal',
  'CallExpression[callee.property.name=/^(setTitle|setToolTip|showErrorBox)$/] > Literal[value=/\\p{L}/u]',
].map((selector) => ({ selector, message: IN_CATALOGUES }));

/**
 * @param {readonly string[]} modules
 * @param {string} message
 * @returns {import('eslint').Linter.RulesRecord}
 */
const withoutModules = (modules, message) => ({
  'no-restricted-imports': ['error', { paths: modules.map((name) => ({ name, message })) }],
});

const openExternal = {
  selector: 'MemberExpression[property.name="openExternal"]',
  message: 'Open links through main/security/navigation.ts.',
};

/**
 * What Electron's security guide warns of, by the shape of the code that would do it; docs/security.md says what holds each
 * of these in place at run time.
 * @type {readonly { selector: string, message: string }[]}
 */
const neverInApp = [
  openExternal,
  {
    // A constant's name is in capitals: text from outside has none.
    selector:
      'CallExpression[callee.property.name=/^(executeJavaScript|executeJavaScriptInIsolatedWorld|insertCSS)$/]:not([arguments.0.name=/^[A-Z][A-Z_]+$/])',
    message: 'Run only a constant text in a page.',
  },
  {
    selector:
      'Property[key.name="webPreferences"] > ObjectExpression:not(:has(> SpreadElement:first-child[argument.name="PAGE_PREFERENCES"]))',
    message: 'Begin with PAGE_PREFERENCES (main/security/pagePreferences.ts).',
  },
  {
    selector: 'Literal[value=/^(certificate-error|ignore-certificate-errors|NODE_TLS_REJECT_UNAUTHORIZED)/]',
    message: 'A certificate that the system refuses is refused.',
  },
  {
    selector:
      ':matches(Identifier, Property > Identifier)[name=/^(setCertificateVerifyProc|rejectUnauthorized)$/]',
    message: 'A certificate that the system refuses is refused.',
  },
  {
    selector: 'ImportDeclaration[source.value="@electron/remote"]',
    message: 'No page gets objects of the main process.',
  },
  {
    selector:
      ':matches(Identifier, JSXIdentifier)[name=/^(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML)$/]',
    message: 'Markup is made of elements, not of text.',
  },
  {
    selector: 'CallExpression[callee.name="eval"], NewExpression[callee.name="Function"]',
    message: 'No code is made of text.',
  },
];

export default defineConfig(
  globalIgnores(['out/', 'dist/', 'test/support/jitsi/recordings/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mjs}'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createTypeScriptImportResolver({ project: '*/tsconfig.json', noWarnOnMultipleProjects: true }),
      ],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: importTable }],
      'import-x/no-cycle': 'error',
      'import-x/no-duplicates': 'error',
      'import-x/no-unresolved': ['error', { ignore: ['^virtual:'] }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/dot-notation': 'off',
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    extends: [jsxA11y.flatConfigs.strict, reactHooks.configs.flat.recommended],
    languageOptions: { globals: globals.browser },
    rules: withoutModules(
      ['electron', 'zod'],
      'The renderer is a plain page: no Electron, no schema library.',
    ),
  },
  {
    files: ['{main,preload,renderer,shared}/**/*.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', ...neverInApp] },
  },
  {
    files: ['main/security/navigation.ts'],
    rules: { 'no-restricted-syntax': ['error', ...neverInApp.filter((rule) => rule !== openExternal)] },
  },
  {
    files: ['renderer/**/*.tsx'],
    rules: { 'no-restricted-syntax': ['error', ...neverInApp, ...wordsInPages] },
  },
  {
    files: ['main/shell/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...neverInApp, ...wordsDrawnBySystem] },
  },
  {
    files: ['preload/**/*.ts'],
    rules: withoutModules(['zod'], 'A preload only carries messages; main parses them.'),
  },
  {
    files: ['shared/**/*.ts', 'lobby/**/*.ts'],
    rules: withoutModules(['electron'], 'Only the desktop sides may use Electron.'),
  },
  {
    files: ['main/**/*.ts'],
    ignores: ['main/security/ipc.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'electron', importNames: ['ipcMain'], message: 'Listen through main/security/ipc.ts.' },
          ],
        },
      ],
    },
  },
  {
    files: ['{shared,main,preload,renderer}/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'URL', property: 'canParse', message: 'Electron 25 (Node 18.15) has none: use parseUrl.' },
      ],
    },
  },
  {
    // Electron before 30 has no other view.
    files: ['main/call/browserViewSlot.ts'],
    rules: { '@typescript-eslint/no-deprecated': 'off' },
  },
  {
    files: ['test/support/jitsi/page/*.js', 'test/support/jitsi/recorder/preload.cjs'],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['test/support/jitsi/recorder/*.cjs'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['build/**/*.mjs', '*.mjs'],
    languageOptions: { globals: globals.node },
  },
);
