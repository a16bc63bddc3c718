// @ts-check
/** Runs a program that fetches something to disk, watching how much has arrived; ends it when nothing more does. */
import { spawn } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** How often the arrived bytes are counted. */
const WATCH_MS = 200;

/**
 * Bytes in a folder and below. What vanishes meanwhile counts nothing.
 * @param {string} directory
 * @returns {Promise<number>}
 */
export async function bytesIn(directory) {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map((entry) => {
      const child = path.join(directory, entry.name);
      if (entry.isDirectory()) return bytesIn(child);
      return stat(child).then(
        (found) => found.size,
        () => 0,
      );
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Runs a fetching program to its end.
 * @param {object} options
 * @param {string} options.command
 * @param {string[]} options.args
 * @param {NodeJS.ProcessEnv} options.env
 * @param {string} options.cwd
 * @param {string[]} options.watch folders that grow while it works
 * @param {number} options.stallMs end it after so long without growth
 * @param {number} [options.maxBytes] end it when the folders hold more than this
 * @param {(received: number) => void} [options.onBytes]
 * @returns {Promise<void>} rejects with an Error whose message is fit for a user
 */
export async function runFetch({ command, args, env, cwd, watch, stallMs, maxBytes, onBytes }) {
  const before = await Promise.all(watch.map(bytesIn));
  const held = before.reduce((sum, size) => sum + size, 0);
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });

  let output = '';
  let stopped = '';
  let received = 0;
  let grewAt = Date.now();
  child.stdout.resume();
  child.stderr.on('data', (chunk) => (output = (output + String(chunk)).slice(-20_000)));

  /** @param {string} reason */
  const stop = (reason) => {
    if (stopped) return;
    stopped = reason;
    child.kill('SIGKILL');
  };
  const timer = setInterval(() => {
    void Promise.all(watch.map(bytesIn)).then((sizes) => {
      const now = sizes.reduce((sum, size) => sum + size, 0) - held;
      if (now > received) {
        received = now;
        grewAt = Date.now();
        onBytes?.(received);
      }
      if (maxBytes !== undefined && now > maxBytes) stop(`more than ${maxBytes} bytes arrived`);
      else if (Date.now() - grewAt > stallMs) stop(`nothing arrived for ${stallMs / 1000} s`);
    });
  }, WATCH_MS);

  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (stopped) throw new Error(stopped);
    if (code !== 0) throw new Error(reasonIn(output) || `it ended with code ${code}`);
  } finally {
    clearInterval(timer);
  }
}

/**
 * The reason in what a failed program wrote: its first telling lines, without stack and log file.
 * @param {string} output
 * @returns {string}
 */
export function reasonIn(output) {
  return output
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim())
    .filter(
      (line) =>
        line !== '' && !/^(at |npm warn|\(node:|\(Use |A complete log|syscall |errno |\{|\})/.test(line),
    )
    .slice(0, 2)
    .join('; ');
}
