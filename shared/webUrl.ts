const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a URL's host name means this machine (RFC 6761 section 6.3, RFC 1122 section 3.2.1.3). */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

/** A text as a URL, or `undefined` when it is none. (`URL.canParse` is younger than Electron 25's Node.) */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** Whether traffic to the URL cannot be read on the way: https anywhere, http only on this machine. */
export function isSecureUrl(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
}

/**
 * What a person typed as a server's address, as a URL without user info, query, hash or trailing slash; `https://` is
 * added when no scheme is given (`http://` on this machine). `undefined` when it is not a safe web address.
 */
export function parseServerAddress(text: string): URL | undefined {
  const typed = text.trim();
  const bareHost = /^[^/?#]*/.exec(typed)?.[0].replace(/:\d+$/, '') ?? '';
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed)
    ? typed
    : `${isLoopbackHost(bareHost) ? 'http' : 'https'}://${typed}`;
  const url = typed === '' ? undefined : parseUrl(withScheme);
  if (url === undefined || !isSecureUrl(url) || url.username !== '' || url.password !== '') return undefined;
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

/** A URL as text without the slash that `URL` puts after a bare origin. */
export function withoutTrailingSlash(url: URL | string): string {
  return String(url).replace(/\/+$/, '');
}
