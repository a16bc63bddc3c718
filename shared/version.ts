/**
 * Whether version `one` is later than `other`. Pre-releases count as what they lead to; a text that is no version is
 * earlier than all.
 */
export function isLaterVersion(one: string, other: string): boolean {
  const [left, right] = [numbersOf(one), numbersOf(other)];
  const place = left.findIndex((number, index) => number !== right[index]);
  return place !== -1 && (left[place] ?? 0) > (right[place] ?? 0);
}

/** Major, minor, patch (Semantic Versioning 2.0.0, section 2). */
function numbersOf(version: string): readonly number[] {
  const numbers = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?![\d.])/.exec(version)?.slice(1) ?? ['-1', '-1', '-1'];
  return numbers.map(Number);
}
