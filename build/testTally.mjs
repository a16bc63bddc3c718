// @ts-check
/** Counts what passed and failed: tests by the runner's report, and every other step as one. */

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * @typedef {object} FileReport the part of the runner's JSON report that is read
 * @property {string} status
 * @property {{ status: string }[]} assertionResults
 */

/** @returns {Tally} */
const none = () => ({ passed: 0, failed: 0, skipped: 0 });

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function sumOf(tallies) {
  return tallies.reduce(
    (sum, tally) => ({
      passed: sum.passed + tally.passed,
      failed: sum.failed + tally.failed,
      skipped: sum.skipped + tally.skipped,
    }),
    none(),
  );
}

/** @param {FileReport} file @returns {Tally} */
function fileTally(file) {
  const tally = none();
  for (const { status } of file.assertionResults) {
    if (status === 'passed') tally.passed++;
    else if (status === 'failed') tally.failed++;
    else tally.skipped++;
  }
  // A file that broke outside its tests, while loading or in a hook.
  if (file.status === 'failed' && tally.failed === 0) tally.failed++;
  return tally;
}

/**
 * @param {string | undefined} report the runner's JSON report, if it wrote one
 * @param {number} exitCode of the runner
 * @returns {Tally} with at least one failure when the runner failed
 */
export function suiteTally(report, exitCode) {
  /** @type {FileReport[]} */
  const files = report === undefined ? [] : JSON.parse(report).testResults;
  const tally = sumOf(files.map(fileTally));
  if (exitCode !== 0 && tally.failed === 0) tally.failed++;
  return tally;
}

/** @param {number} exitCode @returns {Tally} of a step that is not a suite of tests */
export function stepTally(exitCode) {
  return exitCode === 0 ? { ...none(), passed: 1 } : { ...none(), failed: 1 };
}

/** @param {Tally} tally @returns {string} */
export function tallyLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
