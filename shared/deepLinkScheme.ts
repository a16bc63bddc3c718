/** The scheme of links that open Parley; apart from their parser, whose schemas would hold up the window. */
export const DEEP_LINK_SCHEME = 'parley';

/** Whether a text claims to be such a link: it is then `parseDeepLink`'s to take or to refuse. */
export function isDeepLink(text: string): boolean {
  return text.slice(0, DEEP_LINK_SCHEME.length + 1).toLowerCase() === `${DEEP_LINK_SCHEME}:`;
}
