/** The program's end of the line: asks the running app, and starts it when that is wanted. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CONTROL_LINE_MAX, ControlReply, type ControlRequest } from '../../../shared/control';
import { checkControlDirectory, controlPath } from '../controlPath';

/** How long the app may take to start, in ms: a first start from the tree builds it. */
const START_MS = 120_000;
const LOOK_EVERY_MS = 250;

/** Nobody listens: the app does not run. */
export class NotRunning extends Error {}

/** Asks the running app. @throws NotRunning; Error when what answers is no Parley of this version. */
export async function askApp(request: ControlRequest): Promise<ControlReply> {
  const socket = await connectToApp();
  socket.write(`${JSON.stringify(request)}\n`);
  let answer = '';
  for await (const chunk of socket) {
    answer += String(chunk);
    if (answer.length > CONTROL_LINE_MAX) break;
  }
  socket.destroy();
  const reply = parse(answer);
  if (reply === undefined) throw new Error('Parley is of another version. Quit it and start it again.');
  return reply;
}

/** Starts the app and waits until it listens. @throws Error when there is no app here, or it does not start. */
export async function startApp(): Promise<void> {
  const start = join(__dirname, '../../build/start.mjs');
  // Installed, this program is the app's own executable.
  const installed = 'electron' in process.versions;
  if (!installed && !existsSync(start)) throw new Error('Parley is not running. Start it, then try again.');
  const child = spawn(process.execPath, installed ? [] : [start], { detached: true, stdio: 'ignore' });
  child.unref();
  const failed = once(child, 'exit').then(() => 'failed' as const);
  for (let waited = 0; waited < START_MS; waited += LOOK_EVERY_MS) {
    try {
      (await connectToApp()).destroy();
      return;
    } catch (error) {
      if (!(error instanceof NotRunning)) throw error;
    }
    if ((await Promise.race([failed, delay(LOOK_EVERY_MS)])) === 'failed') break;
  }
  throw new Error('Parley did not start. Start it by hand to see why.');
}

async function connectToApp(): Promise<Socket> {
  const { platform, env } = process;
  try {
    checkControlDirectory(platform, env);
    const socket = connect(controlPath(platform, env));
    await once(socket, 'connect');
    return socket;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ECONNREFUSED') throw new NotRunning('Parley is not running.');
    throw error;
  }
}

function parse(text: string): ControlReply | undefined {
  try {
    return ControlReply.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
