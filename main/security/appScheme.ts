/**
 * `parley-app://shell/…`: the toolbar's own files, and nothing else. A scheme of our own instead of `file:`, whose pages
 * may read other files (Electron security guide, item 18). The few files are read once, at start: what is served is looked
 * up by name and never becomes a path; and the first paint does not wait for streams (a quarter of it, measured).
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { protocol } from 'electron';

const SCHEME = 'parley-app';

export const SHELL_ORIGIN = `${SCHEME}://shell`;
export const SHELL_URL = `${SHELL_ORIGIN}/index.html`;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** Stands in the built pages for the nonce (electron.vite.config.ts). */
const NONCE_PLACE = 'PARLEY_NONCE';
const NONCE_BYTES = 16;

/** Scripts and styles count if the page names them with its nonce; where they come from is no reason. */
const policyWith = (nonce: string) =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    // Small pictures of screens and windows, made by the main process.
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');

/** The toolbar's files by address, such as `parley-app://shell/assets/index.js`. */
export type PageFiles = ReadonlyMap<string, { type: string; content: Buffer }>;

/** Must run before the app is ready: privileges of a scheme cannot be given later. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
}

/** Reads the built pages: the toolbar's, the compact bar's, and their scripts and styles in `assets/`. */
export function readPageFiles(directory: string): PageFiles {
  const pages = readdirSync(directory).filter((name) => name.endsWith('.html'));
  const names = [...pages, ...readdirSync(join(directory, 'assets')).map((name) => `assets/${name}`)];
  const files = new Map<string, { type: string; content: Buffer }>();
  for (const name of names) {
    const type = CONTENT_TYPES[extname(name)];
    if (type !== undefined) {
      files.set(`${SHELL_ORIGIN}/${name}`, { type, content: readFileSync(join(directory, name)) });
    }
  }
  return files;
}

/** Answers the shell's requests. Any address that is not one of the files is a 404. */
export function serveAppScheme(files: PageFiles): void {
  protocol.handle(SCHEME, (request) => answer(request, files));
}

/**
 * Loads what `Response` is made of, which Node does on first use: while the page's process starts, not when the page asks.
 */
export function warmResponses(): void {
  answer({ method: 'GET', url: '' }, new Map());
}

/** The answer to one request; the address counts without its query. */
export function answer({ method, url }: { method: string; url: string }, files: PageFiles): Response {
  const file = method === 'GET' ? files.get(url.replace(/[?#].*$/, '')) : undefined;
  if (file === undefined) {
    return new Response('Not found', { status: 404, headers: { 'Content-Type': 'text/plain' } });
  }
  const nonce = randomBytes(NONCE_BYTES).toString('base64url');
  return new Response(
    file.type.startsWith('text/html') ? withNonce(file.content, nonce) : new Uint8Array(file.content),
    {
      headers: {
        'Content-Type': file.type,
        'Content-Security-Policy': policyWith(nonce),
        'X-Content-Type-Options': 'nosniff',
      },
    },
  );
}

const withNonce = (page: Buffer, nonce: string) => page.toString('utf8').replaceAll(NONCE_PLACE, nonce);
