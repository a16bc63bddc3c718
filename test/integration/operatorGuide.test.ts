/** README and operator's guide as an operator follows them: the commands that stand there, in that order, in a shell. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sectionBelow, shellBlocks } from '../../build/documentCommands.mjs';
import { runLobby } from '../support/lobbyProcess';
import { freePort } from '../support/servers';
import { type PlayedDeployment, startPlayedDeployment } from '../support/xmpp/deployment';

const root = fileURLToPath(new URL('../../', import.meta.url));

let home: string;
let port: number;
let deployment: PlayedDeployment;
let guide: string;

beforeAll(async () => {
  expect((await runLobby(['--help'])).code).toBe(0);
  home = await mkdtemp(join(tmpdir(), 'parley-guide-'));
  port = await freePort();
  // As step 6 closes it.
  deployment = await startPlayedDeployment({
    asapKeyServer: `http://127.0.0.1:${port}/asap`,
    prosody: { xmppDomain: 'meet.jitsi', muc: 'muc.meet.jitsi' },
  });
  guide = (await readFile(join(root, 'docs/operator.md'), 'utf8'))
    .replaceAll('https://meet.example.com', deployment.url)
    .replaceAll('https://lobby.example.com', `http://127.0.0.1:${port}`)
    .replaceAll('/etc/parley-lobby', `${home}/etc`);
});
afterAll(async () => {
  await deployment.stop();
  await rm(home, { recursive: true });
});

/** The shell commands below a heading, up to the next one of its rank. */
function commandsBelow(heading: string, document = guide): string {
  // What is for the machine that Prosody runs on, or for the system as a whole, is not for this one.
  return shellBlocks(sectionBelow(document, heading))
    .join('')
    .replace(/^ *sudo .*$/gm, '');
}

/** Longest time for a script, ms. */
const SCRIPT_MAX_MS = 55_000;

/** Runs a script in the source tree, with a home of its own; the first command that fails ends it. */
async function run(script: string): Promise<string> {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', HOME: home, LOBBY_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that nothing of it is left behind.
    detached: true,
  });
  const timer = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), SCRIPT_MAX_MS);
  const [said, log, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  clearTimeout(timer);
  if (code !== 0) throw new Error(`exit code ${String(code)}\n${said}\n${log}`);
  return said;
}

/** Packages and bundle are here already, and the lobby needs a moment before it can be asked. */
const SURROUNDINGS = `
trap 'kill %1 2>/dev/null && wait %1' EXIT
npm() { :; }
node() {
  # In the background, in a shell of its own, which the signal is not to end alone.
  if [ "$2" = serve ]; then exec node "$@"; fi
  if [ "$2" = print ]; then for _ in $(seq 100); do command node "$1" health 2>/dev/null && break; done; fi
  command node "$@"
}
`;

it(
  'leads from nothing to a deployment at which doctor finds nothing wrong',
  { timeout: 60_000 },
  async () => {
    const commands = commandsBelow('## From nothing to a closed Jitsi in fifteen minutes');
    const said = await run(`${SURROUNDINGS}${commands}
node parley-lobby.cjs link my-room Alice`);

    expect(said).toMatch(/^parley_[\w-]{43}$/m);
    expect(said).toMatch(/^\s+reverse_proxy 127\.0\.0\.1:\d+$/m);
    // What closes the deployment is what it is played with.
    expect(said).toContain(`JWT_ASAP_KEYSERVER=http://127.0.0.1:${port}/asap\n`);
    expect(said).toContain('XMPP_DOMAIN=meet.jitsi\n');
    expect(said).toContain('VirtualHost "meet.jitsi"\n');
    expect(said).toMatch(/^Nothing is wrong\.$/m);
    expect(said).toContain(`${deployment.url}/my-room?jwt=ey`);
  },
);

it('takes three commands, as the README says', { timeout: 60_000 }, async () => {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const commands = commandsBelow('## A lobby in 60 seconds', readme);
  expect(commands).toContain(' serve\n');
  const said = await run(`mkdir ~/readme
cd ~/readme
ln -s '${root}/out' out
${SURROUNDINGS}${commands.replace(/ serve$/m, ' serve &')}
for _ in $(seq 100); do node out/lobby/parley-lobby.cjs health 2>/dev/null && break; done
node out/lobby/parley-lobby.cjs link my-room alice`);
  expect(said).toMatch(/^parley_[\w-]{43}$/m);
  expect(said).toMatch(/^https:\/\/meet\.example\.com\/my-room\?jwt=ey/m);
});

it('changes keys, and gives and takes access', { timeout: 60_000 }, async () => {
  const said = await run(`cd ~/parley
export JITSI_URL=${deployment.url} LOBBY_ACCESS_TOKENS_FILE=$PWD/access-tokens.json
mkdir -p ~/etc
${commandsBelow('## Keys, and how to change one')}
${commandsBelow('### Access tokens')}
node parley-lobby.cjs print prosody`);
  const [kid = ''] = /^parley-\d{4}-\d\d-\d\d-\w{8}$/m.exec(said) ?? [];
  expect(said).toContain(`-- Key ${kid}: `);
  // One of the first test, one of this.
  expect(said).toMatch(/^alice\t.*\nalice\t.*\n2$/m);
});
