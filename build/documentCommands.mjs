// @ts-check
/** The commands that a document has its reader type: the lines of its blocks for a shell. */

/**
 * @param {string} document Markdown
 * @param {string} heading with its rank: `## A lobby in 60 seconds`
 * @returns {string} what stands below it, up to the next heading of its rank; nothing where it does not stand
 */
export function sectionBelow(document, heading) {
  const [rank = ''] = heading.split(' ');
  return document.split(`\n${heading}\n`)[1]?.split(new RegExp(`\\n${rank} `))[0] ?? '';
}

/**
 * @param {string} document Markdown
 * @returns {string[]} each block, in order, as a script
 */
export function shellBlocks(document) {
  return [...document.matchAll(/^ *```sh\n([^]*?)^ *```$/gm)].map(([, lines = '']) => lines);
}

/**
 * The lines of a script, each with what the ones before it have exported: to be typed in a shell of its own.
 * @param {string} script
 * @returns {{ line: string, exported: string }[]}
 */
export function linesToType(script) {
  const lines = script.split('\n').map((line) => line.trim());
  const typed = lines.filter((line) => line !== '' && !line.startsWith('#'));
  return typed
    .map((line, index) => ({
      line,
      exported: typed
        .slice(0, index)
        .filter((before) => before.startsWith('export '))
        .join('\n'),
    }))
    .filter(({ line }) => !line.startsWith('export '));
}
