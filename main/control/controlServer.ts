/** The app's end of the line to the program `parley`: a socket that only this user can open. */
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import {
  CONTROL_LINE_MAX,
  CONTROL_VERSION,
  type ControlReply,
  ControlRequest,
  type ControlState,
} from '../../shared/control';
import { log } from '../log';
import { controlPath, ownControlDirectory } from './controlPath';

/** Programs that are listened to at once. */
const CONNECTIONS_MAX = 16;
/** How long a program may take to say what it wants, in ms. */
const REQUEST_MS = 2_000;

export interface ControlServerParts {
  platform: NodeJS.Platform;
  environment: NodeJS.ProcessEnv;
  carryOut: (request: ControlRequest) => Promise<ControlReply>;
  state: () => ControlState;
}

/**
 * Listens. What another run has left in the socket's place is removed: of each profile only one app runs. A folder that
 * cannot be trusted is a line in the log, and no reason not to start.
 */
export function startControlServer(parts: ControlServerParts): void {
  const { platform, environment } = parts;
  const path = controlPath(platform, environment);
  // A program may say all it has to say before the answer is there.
  const server = createServer({ allowHalfOpen: true }, (socket) => void serve(socket, parts));
  server.maxConnections = CONNECTIONS_MAX;
  server.on('error', (error) => log.warn('control.failed', { reason: String(error) }));
  try {
    if (platform === 'win32') server.listen(path);
    else listenPrivately(server, path, environment);
  } catch (error) {
    log.warn('control.failed', { reason: String(error) });
  }
  server.unref();
}

/** The folder is closed to others; so is the socket from its first moment on, whatever the user's mask is. */
function listenPrivately(server: Server, path: string, environment: NodeJS.ProcessEnv): void {
  ownControlDirectory(environment);
  rmSync(path, { force: true });
  const mask = process.umask(0o177);
  try {
    server.listen(path, () => chmodSync(path, 0o600));
  } finally {
    process.umask(mask);
  }
}

async function serve(socket: Socket, { carryOut, state }: ControlServerParts): Promise<void> {
  socket.on('error', () => socket.destroy());
  socket.setTimeout(REQUEST_MS, () => socket.destroy());
  const line = await lineOf(socket);
  if (line === undefined) {
    socket.destroy();
    return;
  }
  socket.setTimeout(0);
  const request = parse(line);
  const reply: ControlReply =
    request === undefined
      ? { version: CONTROL_VERSION, ok: false, fault: 'bad-request', state: state() }
      : await carryOut(request);
  if (!socket.destroyed) socket.end(`${JSON.stringify(reply)}\n`);
}

function parse(line: string): ControlRequest | undefined {
  try {
    return ControlRequest.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** The first line that comes; `undefined` when it is too long or never ends. */
export function lineOf(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    let held = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      held = Buffer.concat([held, chunk]);
      const end = held.indexOf(0x0a);
      if (end >= 0) resolve(held.toString('utf8', 0, end));
      else if (held.length > CONTROL_LINE_MAX) resolve(undefined);
    });
    socket.on('close', () => resolve(undefined));
  });
}
