/**
 * The values of a header such as `Accept-Language: de-AT, de;q=0.9, *;q=0.5`, lower case, the most wanted first; what
 * is not wanted at all (`q=0`) is left out (RFC 9110 section 12.4.2).
 */
export function byQuality(header: string | undefined): { value: string; quality: number }[] {
  const entries = (header ?? '').split(',').slice(0, ENTRIES_MAX);
  return entries
    .map((entry) => {
      const [value = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
      return { value, quality: /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(weight) ? Number(weight) : 0 };
    })
    .filter(({ value, quality }) => value !== '' && quality > 0)
    .sort((one, other) => other.quality - one.quality);
}

/** Browsers send a handful. */
const ENTRIES_MAX = 64;
