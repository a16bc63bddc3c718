// @ts-check

/**
 * What a changelog says of one version, without its heading; of "Unreleased" when it has no section of its own yet.
 * @param {string} changelog in the format of Keep a Changelog
 * @param {string} version
 * @returns {string} empty when it says nothing
 */
export function notesOf(changelog, version) {
  const sections = changelog.split(/^## /m).slice(1);
  const of = (/** @type {string} */ name) => sections.find((section) => section.startsWith(`[${name}]`));
  const section = of(version) ?? of('Unreleased') ?? '';
  return section.split('\n').slice(1).join('\n').trim();
}
