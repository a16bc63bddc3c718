// @ts-check
/**
 * `npm run readme:bare`: types the README's commands, in order, on a bare Debian 12 with Node: as root and without CI, so
 * that missing packages are asked for and not installed unasked. Sources are those of the last commit. What opens
 * windows gets an X server of this system's; what asks npm does so by this system's registry.
 */
import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ROOT } from './appBuild.mjs';
import { inside, withBareDebian } from './bareDebian.mjs';
import { linesToType, shellBlocks } from './documentCommands.mjs';
import { CannotRun, runScript, tell } from './launch.mjs';
import { openPrivateDesktop } from './privateDesktop.mjs';
import { captureChild } from './runChild.mjs';
import { LineFailed, typeLine } from './typedLine.mjs';

/** Where the sources lie in there. */
const SOURCES = '/root/parley';

/** What says how this system reaches the outside. */
const PASSED_ON = /^(npm_config_registry|(https?|no)_proxy|ELECTRON_(MIRROR|GET_USE_PROXY))$/i;

/** Where certificates lie in there that this system's Node trusts besides its own. */
const AUTHORITIES = '/root/authorities.pem';

/** @param {string} system gets Node and npm as nodejs.org's archive has them, and npm's settings */
function installNode(system) {
  const npm = path.resolve(process.env['npm_execpath'] ?? '', '../..');
  if (path.basename(npm) !== 'npm') throw new CannotRun('Start this by npm: npm run readme:bare');
  const local = path.join(system, 'usr/local');
  cpSync(process.execPath, path.join(local, 'bin/node'));
  cpSync(npm, path.join(local, 'lib/node_modules/npm'), { recursive: true });
  for (const name of ['npm', 'npx']) {
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, path.join(local, 'bin', name));
  }
  const settings = process.env['npm_config_userconfig'] ?? '';
  if (existsSync(settings)) cpSync(settings, path.join(system, 'root/.npmrc'));
}

/** @param {string} system @returns {Record<string, string>} the environment in there, without a display */
function environment(system) {
  const passed = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name));
  const authorities = process.env['NODE_EXTRA_CA_CERTS'];
  if (authorities !== undefined) cpSync(authorities, path.join(system, AUTHORITIES), { dereference: true });
  return {
    ...Object.fromEntries(passed.map(([name, value = '']) => [name, value])),
    ...(authorities === undefined ? {} : { NODE_EXTRA_CA_CERTS: AUTHORITIES }),
    HOME: '/root',
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    DEBIAN_FRONTEND: 'noninteractive',
  };
}

/** @param {string} system @returns {Promise<number>} */
async function typeReadme(system) {
  installNode(system);
  const { code, output } = await captureChild('git', ['clone', '--quiet', ROOT, path.join(system, SOURCES)]);
  if (code !== 0) throw new CannotRun(`The sources could not be cloned: ${output.trim()}`);
  const readme = readFileSync(path.join(system, SOURCES, 'README.md'), 'utf8');
  const lines = shellBlocks(readme).flatMap(linesToType);
  const desktop = await openPrivateDesktop();
  try {
    const env = { ...environment(system), DISPLAY: desktop.env['DISPLAY'] ?? '' };
    const shell = {
      prefix: [...inside(system, env), 'bash', '-c', `cd ${SOURCES} && eval "$1"`, 'bash'],
      show: (/** @type {string} */ text) => void process.stderr.write(text),
    };
    for (const typed of lines) await typeLine(shell, typed);
  } catch (error) {
    throw error instanceof LineFailed ? new CannotRun(error.message) : error;
  } finally {
    await desktop.close();
  }
  tell(`All ${lines.length} lines of the README do what they should.`);
  return 0;
}

await runScript(() => withBareDebian(typeReadme));
