// @ts-check
/** Progress of a long fetch, told on a stream: a bar redrawn on a terminal, a line each tenth elsewhere. */

const BAR_CELLS = 24;
const MB = 1_000_000;

/**
 * @typedef {object} Progress
 * @property {string} label what is being fetched
 * @property {number} received bytes so far
 * @property {number} [total] bytes expected, when known
 */

/**
 * @typedef {object} ProgressStream
 * @property {boolean} [isTTY]
 * @property {(text: string) => unknown} write
 */

/** @param {Progress} progress @returns {number} whole percent, 0 to 100 */
function percentOf({ received, total }) {
  return total ? Math.min(100, Math.floor((received / total) * 100)) : 0;
}

/**
 * One progress as text, without a line end.
 * @param {Progress} progress
 * @param {{ bar: boolean }} style
 * @returns {string}
 */
export function progressText(progress, { bar }) {
  const received = `${Math.floor(progress.received / MB)}`;
  if (!progress.total) return `${progress.label}: ${received} MB`;
  const percent = percentOf(progress);
  const size = `${received} of ${Math.ceil(progress.total / MB)} MB`;
  if (!bar) return `${progress.label}: ${percent} % (${size})`;
  const filled = Math.round((percent / 100) * BAR_CELLS);
  const cells = '#'.repeat(filled) + '-'.repeat(BAR_CELLS - filled);
  return `${progress.label} [${cells}] ${percent} % (${size})`;
}

/**
 * Makes a function that tells each progress it is given.
 * @param {ProgressStream} stream
 * @returns {{ show: (progress: Progress) => void, end: () => void }} `end` closes an open bar line
 */
export function progressOn(stream) {
  let lastStep = -1;
  let lastLabel = '';
  let openLine = false;

  /** Steps at which a line is worth writing: each tenth, or each ten megabytes. @param {Progress} progress */
  const stepOf = (progress) =>
    Math.floor(progress.total ? percentOf(progress) / 10 : progress.received / (10 * MB));

  return {
    show(progress) {
      if (progress.label !== lastLabel) {
        lastLabel = progress.label;
        lastStep = -1;
        if (openLine) stream.write('\n');
        openLine = false;
      }
      if (stream.isTTY) {
        stream.write(`\r\u001b[K${progressText(progress, { bar: true })}`);
        openLine = true;
        return;
      }
      const step = stepOf(progress);
      if (step <= lastStep) return;
      lastStep = step;
      stream.write(`${progressText(progress, { bar: false })}\n`);
    },
    end() {
      if (openLine) stream.write('\n');
      openLine = false;
    },
  };
}
