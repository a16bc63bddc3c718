/** `LDAP_FILTER`: which entry of a directory is somebody's (RFC 4515), with marks for the name. */
import { FilterParser } from 'ldapts';

/** Nobody's names: what is no value could not hold their blanks. */
const [SAMPLE, OTHER] = ['ada lovelace@exam ple', 'grace hopper@exam ple'];

/**
 * Reads a filter; the outermost brackets may be left out, as saslauthd and docker-jitsi-meet have it.
 *
 * @returns it with its brackets; `undefined` when it is none, or the same for everybody.
 */
export function readFilter(text: string): string | undefined {
  const filter = text.startsWith('(') ? text : `(${text})`;
  if (filterFor(filter, SAMPLE) === filterFor(filter, OTHER)) return undefined;
  try {
    FilterParser.parseString(filterFor(filter, SAMPLE));
    return filter;
  } catch {
    return undefined;
  }
}

/** The filter for a name, which is only ever a value in it. */
export function filterFor(filter: string, user: string): string {
  const [local = '', domain = ''] = user.split('@', 2);
  const values: Readonly<Record<string, string>> = { '%%': '%', '%u': user, '%U': local, '%d': domain };
  return filter.replace(/%[%uUd]/g, (mark) => (mark === '%%' ? '%' : escaped(values[mark] ?? '')));
}

/** RFC 4515 section 3: everything that has a meaning in a filter stands as its bytes. */
function escaped(value: string): string {
  return value.replace(
    /[\0()*\\]/g,
    (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
