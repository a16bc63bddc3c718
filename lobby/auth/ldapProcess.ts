/** One run of the process that talks with the directory, as the lobby sees it. */
import { type ChildProcess, fork } from 'node:child_process';
import {
  FromLdapProcess,
  LDAP_COMMAND,
  type LdapSettings,
  type Person,
  type ToLdapProcess,
} from './ldapMessages';

/**
 * Heap of the process: it has some 170 MB in all when that is full. A thread of the lobby would not do: V8 has been seen to
 * end the whole process when a thread had reached its limit.
 */
const HEAP_LIMITS = ['--max-old-space-size=64', '--max-semi-space-size=4'];
/** Most logins that it has at once, so that they find room in its heap; others wait for their turn. */
export const LOGINS_AT_ONCE = 100;
/** How often it is asked for a sign of life while somebody waits for it, in ms. */
export const PING_MS = 500;
/** So many in vain, two seconds, and it is taken to go round without end. */
export const PINGS_MAX = 4;
/** So many in vain before its first sign of life: on a busy machine a program takes its time to start. */
export const START_PINGS_MAX = 20;
/** Longest that a login may take with all its steps, in ms. */
export const LOGIN_MAX_MS = 10_000;

/** The lobby's own variables, secrets among them; and the size of its pool of threads, which is for signatures. */
const WITHHELD = /^(LOBBY_|JITSI_|JWT_|JVB_|LDAP_|REDIS_|UV_THREADPOOL_SIZE$)/;

/** To a login: whose it is (nobody's without `person`), or that the directory could not be asked. */
export type LdapAnswer =
  { kind: 'answer'; person?: Person | undefined } | { kind: 'failure'; reason: string } | { kind: 'ended' };

interface Login {
  user: string;
  password: string;
  settle: (answer: LdapAnswer) => void;
}

/** Starts the process; it ends with this one. */
export function startLdapProcess(): ChildProcess {
  // Bundled, this file is the whole program.
  const child = fork(__filename, [LDAP_COMMAND], {
    execArgv: [...process.execArgv, ...HEAP_LIMITS],
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !WITHHELD.test(name))),
    // Node.js writes pages about a heap that is full.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.unref();
  child.channel?.unref();
  return child;
}

export class LdapProcess {
  readonly #child: ChildProcess;
  readonly #onEnd: (reason: string) => void;
  readonly #waiting = new Map<number, Login>();
  readonly #asked = new Map<number, Login>();
  readonly #watch: NodeJS.Timeout;
  readonly #kill = () => void this.#child.kill('SIGKILL');
  #lastId = 0;
  #started = false;
  #pingsInVain = 0;
  #ended = false;

  /** @param onEnd called once, with the reason, when it has ended by itself or had to be ended. */
  constructor(settings: LdapSettings, child: ChildProcess, onEnd: (reason: string) => void) {
    this.#child = child;
    this.#onEnd = onEnd;
    child.on('message', (message) => this.#hear(message));
    child.on('error', (error) => this.#fail(error.message));
    child.on('exit', (code, signal) => this.#fail(`it has ended with ${signal ?? code ?? 'no code'}`));
    // One that goes round without end would not notice that the lobby is gone.
    process.once('exit', this.#kill);
    this.#watch = setInterval(() => this.#look(), PING_MS).unref();
    this.#say({ kind: 'settings', settings });
  }

  /** `ended`: the process has, meanwhile. */
  ask(user: string, password: string): Promise<LdapAnswer> {
    return new Promise((resolve) => {
      this.#lastId += 1;
      const id = this.#lastId;
      const limit = setTimeout(() => {
        this.#waiting.delete(id);
        resolve({ kind: 'failure', reason: `it took more than ${LOGIN_MAX_MS / 1000} s` });
      }, LOGIN_MAX_MS);
      const settle = (answer: LdapAnswer) => {
        clearTimeout(limit);
        resolve(answer);
      };
      this.#waiting.set(id, { user, password, settle });
      this.#sendNext();
    });
  }

  /** Ends it, with whatever it was asked. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#watch);
    process.removeListener('exit', this.#kill);
    this.#kill();
    for (const login of [...this.#asked.values(), ...this.#waiting.values()]) login.settle({ kind: 'ended' });
    this.#asked.clear();
    this.#waiting.clear();
  }

  #fail(reason: string): void {
    if (this.#ended) return;
    this.end();
    this.#onEnd(reason);
  }

  /** Counts questions, not time: a lobby that was itself held up, or set to another time, has asked none meanwhile. */
  #look(): void {
    if (this.#asked.size === 0) return;
    if (this.#pingsInVain >= (this.#started ? PINGS_MAX : START_PINGS_MAX)) {
      this.#fail('it gave no sign of life');
      return;
    }
    this.#pingsInVain += 1;
    this.#say({ kind: 'ping' });
  }

  #hear(said: unknown): void {
    const { data: message } = FromLdapProcess.safeParse(said);
    if (message === undefined) {
      this.#fail('it said what it never says');
      return;
    }
    this.#started = true;
    this.#pingsInVain = 0;
    if (message.kind === 'alive') return;
    const { id, ...answer } = message;
    this.#asked.get(id)?.settle(answer);
    this.#asked.delete(id);
    this.#sendNext();
  }

  #sendNext(): void {
    const [next] = this.#waiting;
    if (next === undefined || this.#asked.size >= LOGINS_AT_ONCE) return;
    const [id, login] = next;
    this.#waiting.delete(id);
    this.#asked.set(id, login);
    this.#say({ kind: 'login', id, user: login.user, password: login.password });
  }

  #say(message: ToLdapProcess): void {
    // What cannot be sent is not answered, and that is noticed.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }
}
