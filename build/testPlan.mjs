// @ts-check
/** What a run of `npm test` does, from its arguments. */

/** @typedef {'unit' | 'integration' | 'e2e'} Suite */

/** @type {readonly Suite[]} */
const SUITES = ['unit', 'integration', 'e2e'];

/** The arguments name no suite; the message says what can be asked for. */
export class UnknownSuite extends Error {}

/**
 * @typedef {object} TestPlan
 * @property {boolean} system whether programs and libraries of the system are needed
 * @property {boolean} electron
 * @property {boolean} checks lint and types
 * @property {boolean} build
 * @property {readonly Suite[]} suites
 * @property {readonly string[]} filters handed to the test runner: files, `-t name`
 */

/**
 * @param {readonly string[]} args of `npm test --`: none, or a suite and what to pick from it
 * @returns {TestPlan}
 */
export function planTests(args) {
  const [asked, ...filters] = args;
  if (asked === undefined) {
    return { system: true, electron: true, checks: true, build: true, suites: SUITES, filters: [] };
  }
  const suite = SUITES.find((name) => name === asked);
  if (!suite)
    throw new UnknownSuite(`No tests are called ${asked}: npm test -- ${SUITES.join('|')} [file...]`);
  const beyondUnit = suite !== 'unit';
  return {
    system: beyondUnit,
    electron: suite === 'e2e',
    checks: false,
    build: beyondUnit,
    suites: [suite],
    filters,
  };
}
