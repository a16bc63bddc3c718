import { readFile } from 'node:fs/promises';

/** What is answered to a GET. */
export interface Served {
  status: number;
  type: string;
  body: string;
}

/**
 * How long the page takes to open: `rounds` of work before its first word (`page/takeTime.js`), then `waitMs` to its first
 * connection, in ms.
 */
export interface Pace {
  rounds: number;
  waitMs: number;
}

const PAGE_FOLDER = new URL('./page/', import.meta.url);
const TYPES = { html: 'text/html', css: 'text/css', js: 'text/javascript' } as const;

/** A room's path as the real deployment's nginx takes it, less the dot: files have one (jitsi `meet.conf`). */
const ROOM_PATH = /^\/([^/?&:'".]+)$/;

/** The room that an address is the page of. */
export function roomOfPath(path: string): string | undefined {
  const [, name] = ROOM_PATH.exec(path) ?? [];
  return name === undefined || name === 'xmpp-websocket' || name === 'http-bind'
    ? undefined
    : name.toLowerCase();
}

/**
 * The page files of the stand-in, and the few addresses of a real deployment that something may ask for. Without a `pace` the
 * page takes no time.
 */
export async function serve(
  path: string,
  { host, xmppDomain, pace }: { host: string; xmppDomain: string; pace: Pace | undefined },
): Promise<Served> {
  if (roomOfPath(path) !== undefined) return file('room.html');
  if (path === '/' || path === '/static/close.html') return file('close.html');
  if (path === '/config.js') return { status: 200, type: TYPES.js, body: config(host, xmppDomain) };
  if (path === '/stand-in/pace.js' && pace !== undefined)
    return { status: 200, type: TYPES.js, body: `export const pace = ${JSON.stringify(pace)};\n` };
  const [, name] = /^\/stand-in\/([a-zA-Z]+\.(?:js|css))$/.exec(path) ?? [];
  return name === undefined ? NOT_FOUND : file(name);
}

const NOT_FOUND: Served = { status: 404, type: 'text/plain', body: 'Not found' };

async function file(name: string): Promise<Served> {
  const extension = name.slice(name.lastIndexOf('.') + 1) as keyof typeof TYPES;
  try {
    return { status: 200, type: TYPES[extension], body: await readFile(new URL(name, PAGE_FOLDER), 'utf8') };
  } catch {
    return NOT_FOUND;
  }
}

function config(host: string, domain: string): string {
  const values = {
    hosts: { domain, muc: `conference.${domain}` },
    bosh: `//${host}/http-bind`,
    websocket: `ws://${host}/xmpp-websocket`,
    prejoinConfig: { enabled: true },
  };
  return `var config = ${JSON.stringify(values, null, 2)};\n`;
}
