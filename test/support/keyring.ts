/**
 * A keychain of its own for one app: a private D-Bus session bus, and on it the real gnome-keyring with a fresh
 * collection. Nothing of the user's session is touched, and nothing is left behind.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
const require = createRequire(import.meta.url);

const SECRETS = 'org.freedesktop.secrets';
const LOGIN_COLLECTION = '/org/freedesktop/secrets/collection/login';
const READY_MS = 15_000;
/** What opens the collection, the end of its line included. */
const PASSWORD = 'parley\n';
const CONTROL_UNLOCK = 1;

/** Whether the keychain is open, locked with nobody there to unlock it, or not there at all. */
export type KeyringMode = 'unlocked' | 'locked' | 'none';

export interface Keyring {
  /** What a program needs in its environment to use this keychain. */
  readonly env: Readonly<Record<string, string>>;
  /** Locks the keychain; nobody answers the prompt to unlock it. */
  lock(): Promise<void>;
  /** Unlocks it again, as the system does when its user logs in. */
  unlock(): Promise<void>;
  /** Makes the keychain stop answering, as one does that waits for its user: calls to it neither end nor fail. */
  hang(): void;
  /** The secret kept for an account, read by a program of its own. */
  lookup(service: string, account: string): Promise<string | undefined>;
  /** Ends the bus and the keychain, and removes their files. */
  stop(): Promise<void>;
}

/** A bus with no service folders: nothing starts on it by itself. */
const busConfig = (socket: string): string => `<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

/** Starts a keychain; {@link Keyring.stop} ends it. */
export async function startKeyring({ mode = 'unlocked' }: { mode?: KeyringMode } = {}): Promise<Keyring> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'parley-keyring-'));
  const children: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    for (const child of [...children].reverse()) await end(child);
    await rm(root, { recursive: true, force: true });
  };
  try {
    const env = await makeFolders(root);
    children.push(await startBus(root, env));
    const daemon = mode === 'none' ? undefined : await startDaemon({ ...process.env, ...env });
    if (daemon) children.push(daemon);
    const hang = (): void => void daemon?.kill('SIGSTOP');
    const doors = { lock: () => lock(env), unlock: () => unlock(env) };
    const keyring = { env, ...doors, hang, lookup: lookupIn(env), stop };
    if (mode === 'locked') await keyring.lock();
    return keyring;
  } catch (error) {
    await stop();
    throw error;
  }
}

async function makeFolders(root: string): Promise<Record<string, string>> {
  const folders = { XDG_RUNTIME_DIR: path.join(root, 'run'), XDG_DATA_HOME: path.join(root, 'data') };
  for (const folder of Object.values(folders)) await mkdir(folder, { mode: 0o700 });
  return { ...folders, DBUS_SESSION_BUS_ADDRESS: `unix:path=${path.join(root, 'bus')}` };
}

async function startBus(root: string, env: Record<string, string>): Promise<ChildProcess> {
  const config = path.join(root, 'bus.conf');
  await writeFile(config, busConfig(path.join(root, 'bus')));
  const bus = await start(
    'dbus-daemon',
    [`--config-file=${config}`, '--nofork', '--nopidfile', '--print-address=1'],
    {
      ...process.env,
      ...env,
    },
  );
  await lineFrom(bus, /^unix:/, 'dbus-daemon');
  return bus;
}

/** Starts gnome-keyring with its login collection unlocked, and waits until it owns its name on the bus. */
async function startDaemon(env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const match = `type='signal',member='NameOwnerChanged',arg0='${SECRETS}'`;
  const watcher = await start('dbus-monitor', ['--session', match], env);
  try {
    await lineFrom(watcher, /NameAcquired/, 'dbus-monitor');
    const owned = lineFrom(watcher, new RegExp(`"${SECRETS}"`), 'gnome-keyring-daemon');
    owned.catch(() => undefined);
    const daemon = await start(
      'gnome-keyring-daemon',
      ['--unlock', '--components=secrets', '--foreground'],
      env,
    );
    daemon.stdin?.end(PASSWORD);
    await Promise.race([owned, endedEarly(daemon, 'gnome-keyring-daemon')]);
    return daemon;
  } finally {
    await end(watcher);
  }
}

async function lock(env: Record<string, string>): Promise<void> {
  await run(
    'dbus-send',
    [
      '--session',
      '--print-reply',
      `--dest=${SECRETS}`,
      '/org/freedesktop/secrets',
      'org.freedesktop.Secret.Service.Lock',
      `array:objpath:${LOGIN_COLLECTION}`,
    ],
    { env: { ...process.env, ...env } },
  );
}

/** Gives the password by the daemon's own socket, as PAM does at a login (gnome-keyring `daemon/control`). */
async function unlock({ XDG_RUNTIME_DIR = '' }: Record<string, string>): Promise<void> {
  const socket = connect(path.join(XDG_RUNTIME_DIR, 'keyring', 'control'));
  const password = Buffer.from(PASSWORD);
  const head = Buffer.alloc(12);
  [head.length + password.length, CONTROL_UNLOCK, password.length].forEach((word, at) =>
    head.writeUInt32BE(word, at * 4),
  );
  // The first byte stands for the credentials, which the system tells by itself.
  socket.end(Buffer.concat([Buffer.from([0]), head, password]));
  const answer: Buffer[] = [];
  for await (const chunk of socket) answer.push(chunk as Buffer);
  const result = Buffer.concat(answer).readUInt32BE(4);
  if (result !== 0) throw new Error(`the keyring was not unlocked (${result})`);
}

const LOOKUP_SCRIPT = `
const [keytar, service, account] = process.argv.slice(1);
require(keytar).getPassword(service, account).then((secret) => console.log(JSON.stringify({ secret })));
`;

function lookupIn(env: Record<string, string>): Keyring['lookup'] {
  return async (service, account) => {
    const args = ['-e', LOOKUP_SCRIPT, require.resolve('keytar'), service, account];
    const { stdout } = await run(process.execPath, args, { env: { ...process.env, ...env } });
    const { secret } = JSON.parse(stdout) as { secret: string | null };
    return secret ?? undefined;
  };
}

/** Starts a program, or says which one is missing. */
async function start(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'ignore'] });
  try {
    await once(child, 'spawn');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!missing) throw error;
    throw new Error(`${command} is missing: install gnome-keyring and dbus`, { cause: error });
  }
  return child;
}

/** Waits for a line of a program's output. */
async function lineFrom(child: ChildProcess, wanted: RegExp, name: string): Promise<void> {
  if (!child.stdout) throw new Error(`${name} has no output`);
  const lines = createInterface({ input: child.stdout });
  const seen = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      if (wanted.test(line)) resolve();
    });
  });
  const late = AbortSignal.timeout(READY_MS);
  const tooLate = once(late, 'abort').then(() => {
    throw new Error(`${name} was not ready within ${READY_MS / 1000} s`);
  });
  try {
    await Promise.race([seen, tooLate, endedEarly(child, name)]);
  } finally {
    lines.close();
    child.stdout.resume();
  }
}

async function endedEarly(child: ChildProcess, name: string): Promise<never> {
  await once(child, 'exit');
  throw new Error(`${name} ended before it was ready (code ${String(child.exitCode)})`);
}

/** Ends a program that this module started, and waits until it is gone. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  child.kill('SIGCONT');
  await gone;
}
