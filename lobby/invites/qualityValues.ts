interface Weighed {
  /** Lower case. */
  value: string;
  /** 0 is: not at all. */
  quality: number;
}

/**
 * The values of a header such as `Accept-Language: de-AT, de;q=0.9, *;q=0.5`, lower case, the most wanted first; what
 * is not wanted at all (`q=0`) is left out (RFC 9110 section 12.4.2).
 */
export function byQuality(header: string | undefined): Weighed[] {
  return weighed(header)
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality);
}

/**
 * How much a media type is wanted by `Accept`, 0 to 1, the most exact range that fits deciding (RFC 9110 section 12.5.1).
 * Without the header everything is wanted.
 */
export function qualityOf(type: string, accept: string | undefined): number {
  const ranges = weighed(accept ?? '*/*');
  const exactest = [type, type.replace(/\/.*/, '/*'), '*/*'];
  return exactest.flatMap((range) => ranges.find(({ value }) => value === range) ?? [])[0]?.quality ?? 0;
}

function weighed(header: string | undefined): Weighed[] {
  const entries = (header ?? '').split(',').slice(0, ENTRIES_MAX);
  return entries
    .map((entry) => {
      const [value = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
      return { value, quality: /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(weight) ? Number(weight) : 0 };
    })
    .filter(({ value }) => value !== '');
}

/** Browsers send a handful. */
const ENTRIES_MAX = 64;
