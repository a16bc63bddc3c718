/**
 * Electronegativity, Doyensec's scanner for Electron apps, over built code. It knows neither `.cjs` files nor strings in
 * backticks nor private methods, which is what a minifier leaves: without a translation it would read nothing and find
 * nothing.
 */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import Module, { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join, relative } from 'node:path';
import ts from 'typescript';

export interface ScannerFinding {
  /** The scanner's name of the rule, such as `OPEN_EXTERNAL_JS_CHECK`. */
  rule: string;
  severity: string;
  /** Where, in the app; `N/A` for what is found missing in all of it. */
  file: string;
}

/** As much as is used of what the scanner gives. */
interface ScannerReport {
  errors: readonly { file: string; message: string }[];
  issues: readonly { id: string; file: string; severity: { name: string } }[];
}
type Scan = (options: {
  input: string;
  electronVersionOverride: string;
  excludeFromScan: readonly string[];
}) => Promise<ScannerReport>;

/**
 * Scans the app in `folder`.
 *
 * @throws Error when the scanner cannot read one of its files.
 */
export async function scan(folder: string, electronVersion: string): Promise<ScannerFinding[]> {
  const readable = await mkdtemp(join(tmpdir(), 'parley-scan-'));
  try {
    await translate(folder, readable);
    const { errors, issues } = await loadScanner()({
      input: readable,
      electronVersionOverride: electronVersion,
      // Asks GitHub for Electron's releases.
      excludeFromScan: ['AvailableSecurityFixesGlobalCheck'],
    });
    if (errors.length > 0)
      throw new Error(errors.map(({ file, message }) => `${file}: ${message}`).join('\n'));
    return issues.map(({ id, file, severity }) => ({
      rule: id,
      severity: severity.name,
      file: file === 'N/A' ? file : relative(readable, file),
    }));
  } finally {
    await rm(readable, { recursive: true });
  }
}

/** The scanner, kept from fetching translations of its words from GitHub. */
function loadScanner(): Scan {
  const require = createRequire(import.meta.url);
  const path = require.resolve('@doyensec/electronegativity');
  const got = createRequire(path).resolve('got');
  require.cache[got] = Object.assign(new Module(got), {
    loaded: true,
    exports: () => Promise.reject(new Error('no network')),
  });
  return require(path) as Scan;
}

/** Copies an app so that the scanner can read it, its packages left out. */
async function translate(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules') await translate(source, target);
    } else if (['.js', '.cjs'].includes(extname(entry.name))) {
      await writeFile(target.replace(/\.cjs$/, '.js'), plain(await readFile(source, 'utf8')));
    } else {
      await copyFile(source, target);
    }
  }
}

const plain = (code: string) =>
  ts.transpileModule(code, {
    fileName: 'a.js',
    compilerOptions: { target: ts.ScriptTarget.ES2019, module: ts.ModuleKind.ESNext, allowJs: true },
    transformers: { before: [quoteStrings] },
  }).outputText;

const quoteStrings: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  const visit = (node: ts.Node): ts.Node =>
    ts.isNoSubstitutionTemplateLiteral(node)
      ? context.factory.createStringLiteral(node.text)
      : ts.visitEachChild(node, visit, context);
  return ts.visitNode(file, visit) as ts.SourceFile;
};
