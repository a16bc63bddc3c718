import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';

/** A server program that a test has started. */
export interface ChildServer {
  /** Ends it, as a crash would. */
  kill(): Promise<void>;
}

/** How long a server may take until it can be reached, in ms. */
const START_LIMIT_MS = 20_000;
const KNOCK_EVERY_MS = 50;

/** Starts a server program and waits until its port answers. @throws Error with what it wrote, when it does not start. */
export async function startServer(program: string, args: string[], port: number): Promise<ChildServer> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/lib/openldap` },
  });
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const written: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  const exited = once(child, 'exit').then(() => process.removeListener('exit', endWithUs));
  const limit = Date.now() + START_LIMIT_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > limit) {
      child.kill('SIGKILL');
      throw new Error(`${program} did not start: ${written.join('')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, KNOCK_EVERY_MS));
  }
  return { kill: () => kill(child, exited) };
}

async function kill(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  child.kill('SIGKILL');
  await exited;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (reached: boolean) => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
