// @ts-check
/** A desktop of its own for tests that open windows: an X server, and folders that are not the user's. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

const SCREEN = '1280x800x24';

/**
 * @typedef {object} PrivateDesktop
 * @property {NodeJS.ProcessEnv} env for programs that are to run on it
 * @property {readonly string[]} prefix what to put before a command to give it a D-Bus session of its own
 * @property {() => Promise<void>} close
 */

/** @returns {Promise<{ display: string, end: () => Promise<void> }>} an X server that is ready */
async function startDisplay() {
  const args = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const exited = once(server, 'exit');
  const ready = /** @type {import('node:stream').Readable} */ (server.stdio[3]);
  const [number] = await Promise.race([
    once(ready, 'data'),
    exited.then(([code]) => Promise.reject(new Error(`Xvfb ended with code ${code} before it was ready`))),
  ]);
  return {
    display: `:${String(number).trim()}`,
    end: async () => {
      server.kill();
      await exited;
    },
  };
}

/** @returns {Promise<PrivateDesktop>} outside Linux, the desktop that is there */
export async function openPrivateDesktop() {
  if (process.platform !== 'linux') return { env: process.env, prefix: [], close: async () => undefined };
  const { display, end } = await startDisplay();
  const root = await mkdtemp(path.join(os.tmpdir(), 'parley-desktop-'));
  /** @param {string} name */
  const folder = async (name) => {
    await mkdir(path.join(root, name), { mode: 0o700 });
    return path.join(root, name);
  };
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...process.env,
    DISPLAY: display,
    XDG_RUNTIME_DIR: await folder('run'),
    XDG_DATA_HOME: await folder('data'),
    XDG_CONFIG_HOME: await folder('config'),
  };
  delete env['WAYLAND_DISPLAY'];
  return {
    env,
    prefix: ['dbus-run-session', '--'],
    close: async () => {
      await end();
      await rm(root, { recursive: true, force: true });
    },
  };
}
