// @ts-check
/**
 * `npm test`: lint, types, build, then the unit, integration and e2e tests; `npm test -- unit` (or `integration`, or
 * `e2e`, each with files to pick) runs that alone. Ends with one line: N passed, N failed.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ROOT } from './appBuild.mjs';
import { findElectron } from './foundElectron.mjs';
import { ensureNpmPackages, tell } from './launch.mjs';
import { npmCommand } from './npmCommand.mjs';
import { openPrivateDesktop } from './privateDesktop.mjs';
import { runChild } from './runChild.mjs';
import { ensureSystemPackages } from './systemPackages.mjs';
import { planTests } from './testPlan.mjs';
import { stepTally, suiteTally, sumOf, tallyLine } from './testTally.mjs';

/** @typedef {import('./testTally.mjs').Tally} Tally */
/** @typedef {import('./testPlan.mjs').Suite} Suite */

/** No step takes so long; one that does is ended, so that a run always ends. */
const STEP_LIMIT_MS = 30 * 60_000;

const require = createRequire(import.meta.url);

/** @param {string} script of package.json @returns {Promise<Tally>} */
async function runNpmScript(script) {
  const { command, args } = npmCommand(['run', '--silent', script]);
  return stepTally(await runChild(command, args, { cwd: ROOT, timeout: STEP_LIMIT_MS }));
}

/**
 * Runs one suite of tests; e2e on a desktop of its own.
 * @param {Suite} suite
 * @param {readonly string[]} filters
 * @returns {Promise<Tally>}
 */
async function runSuite(suite, filters) {
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'parley-test-'));
  const report = path.join(scratch, 'report.json');
  const desktop = suite === 'e2e' ? await openPrivateDesktop() : undefined;
  try {
    const vitest = path.join(path.dirname(require.resolve('vitest/package.json')), 'vitest.mjs');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const [command = process.execPath, ...args] = [
      ...(desktop?.prefix ?? []),
      ...[process.execPath, vitest, 'run', '--project', suite, ...reporters, ...filters],
    ];
    const env = desktop?.env ?? process.env;
    const exitCode = await runChild(command, args, { cwd: ROOT, env, timeout: STEP_LIMIT_MS });
    return suiteTally(await readFile(report, 'utf8').catch(() => undefined), exitCode);
  } finally {
    await desktop?.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** @typedef {{ name: string, run: () => Promise<Tally> }} Step */

/** @param {Step} step @returns {Promise<Tally>} */
async function runStep({ name, run }) {
  tell(`== ${name}`);
  const startedAt = Date.now();
  const tally = await run();
  tell(`== ${name}: ${tallyLine(tally)}, ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  return tally;
}

/** @returns {Promise<Tally>} of all steps up to the first that failed */
async function runAll() {
  const plan = planTests(process.argv.slice(2));
  ensureNpmPackages();
  if (plan.system) await ensureSystemPackages('test');
  if (plan.electron) await findElectron();

  /** @type {Step[][]} what stands together runs at once: the linter and the compiler keep one processor each. */
  const stages = [
    (plan.checks ? ['lint', 'typecheck'] : []).map((name) => ({ name, run: () => runNpmScript(name) })),
    plan.build ? [{ name: 'build', run: () => runNpmScript('build') }] : [],
    ...plan.suites.map((suite) => [{ name: suite, run: () => runSuite(suite, plan.filters) }]),
  ];
  /** @type {Tally[]} */
  const tallies = [];
  for (const stage of stages) {
    const run = await Promise.all(stage.map(runStep));
    tallies.push(...run);
    if (sumOf(run).failed > 0) break;
  }
  return sumOf(tallies);
}

/** @type {Tally} */
let tally;
try {
  tally = await runAll();
} catch (error) {
  tell(error instanceof Error ? error.message : String(error));
  tally = stepTally(1);
}
process.stdout.write(`${tallyLine(tally)}\n`);
process.exitCode = tally.failed > 0 ? 1 : 0;
