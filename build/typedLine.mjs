// @ts-check
/**
 * A line that is typed into a shell, as somebody does who follows the README: what stays until it is ended is awaited
 * until it says that it is up, then ended as Ctrl+C does; what asks for packages gets them by the very command it names.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import process from 'node:process';
import { PASSED_ON, exitCodeOf } from './runChild.mjs';

/**
 * @typedef {object} Stay a command that does not end by itself
 * @property {RegExp} command
 * @property {RegExp} up what it says once it is up
 */

/** @type {readonly Stay[]} */
export const STAYS = [
  // The window has painted.
  { command: /\bnpm start$/, up: /"event":"app\.started"/ },
  { command: /\bnpm run demo$/, up: /Two windows are open/ },
  { command: / serve$/, up: /is listening on (?<address>[^\s;]+)/ },
  // Lint, types, build and unit tests have passed, or it would have ended; the rest takes half an hour.
  { command: /\bnpm test$/, up: /^== integration$/m },
];

/** The line by which a script asks for packages. */
const ASKED_FOR = /^Parley needs: (.+)$/m;

/** What an end by Ctrl+C looks like: the program's own, or the signal's. */
const ENDED = [0, exitCodeOf(null, 'SIGINT')];

/** How long a line may take until it has ended or is up, and then until it has ended, ms. */
const LIMITS = { run: 45 * 60_000, end: 60_000 };

/** A typed line did not do what it should. */
export class LineFailed extends Error {}

/**
 * @typedef {object} Shell
 * @property {readonly string[]} prefix what runs the script that is put after it: `bash -c`
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(text: string) => void} show gets what the line writes
 */

/**
 * @param {Shell} shell
 * @param {string} script
 * @param {RegExp | undefined} up
 * @param {(said: string) => Promise<void>} whenUp
 * @returns {Promise<{ code: number, said: string, wasUp: boolean }>}
 */
async function runOnce({ prefix, env, show }, script, up, whenUp) {
  const [program = '', ...args] = [...prefix, script];
  // A group of its own, as a terminal gives it.
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  /** @param {NodeJS.Signals} signal */
  const send = (signal) => {
    try {
      process.kill(-(child.pid ?? 0), constants.signals[signal]);
    } catch {
      // It has ended meanwhile.
    }
  };
  const endAtOnce = () => send('SIGKILL');
  for (const signal of PASSED_ON) process.on(signal, endAtOnce);
  let timer = setTimeout(endAtOnce, LIMITS.run);
  let said = '';
  let wasUp = false;
  /** @type {Promise<void>} */
  let looked = Promise.resolve();
  /** @param {Buffer} chunk */
  const hear = (chunk) => {
    said += String(chunk);
    show(String(chunk));
    if (wasUp || !up?.test(said)) return;
    wasUp = true;
    looked = whenUp(said).finally(() => {
      clearTimeout(timer);
      timer = setTimeout(endAtOnce, LIMITS.end);
      send('SIGINT');
    });
    // Awaited below; until then nobody hears a failure.
    looked.catch(() => undefined);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  try {
    const [code, signal] = await once(child, 'close');
    await looked;
    return { code: exitCodeOf(code, signal), said, wasUp };
  } finally {
    clearTimeout(timer);
    for (const signal of PASSED_ON) process.off(signal, endAtOnce);
  }
}

/** Asks what listens whether it is well. @param {RegExp} up @param {string} said */
async function lookAt(up, said) {
  const address = up.exec(said)?.groups?.['address'];
  if (address === undefined) return;
  const { status } = await fetch(`${address}/healthz`);
  if (status !== 200) throw new LineFailed(`${address}/healthz answered ${status}.`);
}

/**
 * @param {Shell} shell
 * @param {{ line: string, exported?: string }} typed
 * @returns {Promise<void>} rejects with {@link LineFailed}
 */
export async function typeLine(shell, { line, exported = '' }) {
  const stay = STAYS.find(({ command }) => command.test(line.replace(/\s+#.*$/, '')));
  const script = `${exported}\n${line}`;
  const run = () =>
    runOnce(shell, script, stay?.up, (said) => (stay ? lookAt(stay.up, said) : Promise.resolve()));

  shell.show(`$ ${line}\n`);
  let result = await run();
  const command = result.code === 0 ? undefined : ASKED_FOR.exec(result.said)?.[1];
  if (command !== undefined) {
    shell.show(`$ ${command}\n`);
    const { code } = await runOnce(shell, command, undefined, () => Promise.resolve());
    if (code !== 0) throw new LineFailed(`What "${line}" asked for could not be installed: ${command}`);
    shell.show(`$ ${line}\n`);
    result = await run();
  }
  if (stay && !result.wasUp) throw new LineFailed(`"${line}" ended with ${result.code} and never was up.`);
  if (!(stay ? ENDED : [0]).includes(result.code)) {
    throw new LineFailed(`"${line}" ended with ${result.code}.`);
  }
}
