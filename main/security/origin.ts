import { parseUrl } from '../../shared/webUrl';

/** `URL.origin` is "null" for schemes that are not special, such as ours. A frame that shows nothing yet has no URL. */
export function originOf(address: string): string | undefined {
  const url = parseUrl(address);
  return url && `${url.protocol}//${url.host}`;
}
