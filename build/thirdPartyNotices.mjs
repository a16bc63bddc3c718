// @ts-check
/** Writes beside what was built whose code is in it, and under which licence: from the bundle itself, so never by hand. */
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

export const NOTICES_FILE = 'THIRD_PARTY_NOTICES.txt';

const require = createRequire(import.meta.url);

/**
 * @typedef {object} Package
 * @property {string} name
 * @property {string} version
 * @property {string} license its SPDX expression
 * @property {string} text of its licence files
 */

/**
 * @param {string} moduleId as bundlers write it: a path, perhaps with a query, perhaps virtual
 * @returns {string | undefined} the folder of the package that the module is of; undefined for our own
 */
export function packageFolderOf(moduleId) {
  const file = moduleId.replace(/^\0/, '').replace(/\?.*$/, '').split(path.sep).join('/');
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
}

/** @param {string} folder @returns {Package} */
function readPackage(folder) {
  const {
    name,
    version,
    license = 'none',
  } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)\b/i.test(file))
    .sort()
    .map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
  return { name, version, license, text: texts.join('\n\n') };
}

/** @param {readonly Package[]} packages @returns {string} */
export function noticesText(packages) {
  const line = '-'.repeat(80);
  const parts = packages.map(({ name, version, license, text }) =>
    [line, `${name} ${version} (${license})`, line, text].join('\n'),
  );
  return `Parley contains the following software.\n\n${parts.join('\n\n')}\n`;
}

/**
 * @param {{ beside?: readonly string[] }} [options] `beside`: packages that are shipped unbundled
 * @returns {import('vite').Plugin}
 */
export function thirdPartyNotices({ beside = [] } = {}) {
  return {
    name: 'third-party-notices',
    generateBundle(_options, bundle) {
      const folders = new Set(beside.map((name) => path.dirname(require.resolve(`${name}/package.json`))));
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue;
        for (const id of output.moduleIds) {
          const folder = packageFolderOf(id);
          if (folder !== undefined) folders.add(folder);
        }
      }
      if (folders.size === 0) return;
      // One package may lie in several folders, in one version or more.
      const packages = new Map(
        [...folders].map(readPackage).map((found) => [`${found.name} ${found.version}`, found]),
      );
      const sorted = [...packages].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, found]) => found);
      this.emitFile({ type: 'asset', fileName: NOTICES_FILE, source: noticesText(sorted) });
    },
  };
}
