/**
 * `parley-app://shell/…`: the toolbar's own files, and nothing else, from inside the app's directory. A scheme of our
 * own instead of `file:`, whose pages may read other files (Electron security guide, item 18).
 */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { protocol } from 'electron';

const SCHEME = 'parley-app';

export const SHELL_ORIGIN = `${SCHEME}://shell`;
export const SHELL_URL = `${SHELL_ORIGIN}/index.html`;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Must run before the app is ready: privileges of a scheme cannot be given later. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
}

/** Answers the shell's requests from `directory`. Anything that is not a known kind of file in it is a 404. */
export function serveAppScheme(directory: string): void {
  protocol.handle(SCHEME, async (request) => {
    const file = fileFor(new URL(request.url), directory);
    const type = file === undefined ? undefined : CONTENT_TYPES[extname(file)];
    if (file === undefined || type === undefined || request.method !== 'GET') return notFound();
    try {
      return new Response(await readFile(file), {
        headers: {
          'Content-Type': type,
          'Content-Security-Policy': POLICY,
          'X-Content-Type-Options': 'nosniff',
        },
      });
    } catch {
      return notFound();
    }
  });
}

/** The file a URL of our scheme names, or `undefined` when it would lie outside `directory`. */
export function fileFor(url: URL, directory: string): string | undefined {
  if (url.host !== 'shell') return undefined;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  if (path.includes('\0') || path.includes('\\')) return undefined;
  const root = normalize(`${directory}/`);
  const file = normalize(join(root, path));
  return file.startsWith(root) ? file : undefined;
}

function notFound(): Response {
  return new Response('Not found', { status: 404, headers: { 'Content-Type': 'text/plain' } });
}
