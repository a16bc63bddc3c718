// @ts-check
/** How to run the npm that a script was started by. */
import path from 'node:path';
import process from 'node:process';

/**
 * @param {readonly string[]} args for npm
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {{ command: string, args: string[] }}
 */
export function npmCommand(args, env = process.env) {
  const script = env['npm_execpath'];
  if (script && /^npm.*\.c?js$/.test(path.basename(script))) {
    return { command: process.execPath, args: [script, ...args] };
  }
  return { command: 'npm', args: [...args] };
}
