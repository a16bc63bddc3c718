/** Lets in whoever an LDAP directory knows by name and password: search for the name, then bind as what was found. */
import type { ChildProcess } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { publicIdOf, type Caller } from './caller';
import type { LdapSettings, Person } from './ldapMessages';
import { LdapProcess, startLdapProcess } from './ldapProcess';
import { RestartPauses } from './restartPauses';
import { Refusal } from '../problem';

/** When to come back, in seconds: at the earliest, where no process may be started before. */
const RETRY_AFTER = 5;
/** Longest name and password that are worth asking a directory for, in characters. */
const LOGIN_MAX = 256;
/** How long a good login counts without asking again, in ms: one click asks twice. */
const REMEMBERED_MS = 30_000;
/** Most logins that are remembered. */
const REMEMBERED_MAX = 1_000;

/** Not a word of the directory is read in this process: what it says may make its reader go round without end. */
export class LdapWay {
  readonly #settings: LdapSettings;
  readonly #log: Logger;
  readonly #startProcess: () => ChildProcess;
  /** Made at the start, and after it has ended by the next login that comes when the pause is over. */
  #process: LdapProcess | undefined;
  readonly #pauses = new RestartPauses();
  /** Under it logins are remembered: never the password itself, nor anything that one could be guessed from later. */
  readonly #secret = randomBytes(32);
  /** `until` on the monotonic clock: one that is set back must not keep a password good that has been changed. */
  readonly #remembered = new Map<string, { caller: Caller; until: number }>();

  constructor(settings: LdapSettings, log: Logger, startProcess = startLdapProcess) {
    this.#settings = settings;
    this.#log = log;
    this.#startProcess = startProcess;
  }

  /** @throws Refusal: the directory does not know them, or cannot be asked. */
  async callerOf(user: string, password: string): Promise<Caller> {
    // An empty password is an unauthenticated bind, which succeeds for everyone (RFC 4513 section 5.1.2).
    if (user === '' || password === '' || user.length > LOGIN_MAX || password.length > LOGIN_MAX) {
      throw unknownLogin();
    }
    const key = createHmac('sha256', this.#secret)
      .update(JSON.stringify([user, password]))
      .digest('hex');
    const remembered = this.#remembered.get(key);
    if (remembered !== undefined && remembered.until > performance.now()) return remembered.caller;
    const person = await this.#ask(user, password);
    if (person === undefined) throw unknownLogin();
    const caller = callerOf(user, person);
    if (this.#remembered.size >= REMEMBERED_MAX) this.#remembered.clear();
    this.#remembered.set(key, { caller, until: performance.now() + REMEMBERED_MS });
    return caller;
  }

  /** Starts the process that talks with the directory, so that no login waits for that. */
  start(): void {
    this.#running();
  }

  /** Ends the process that talks with the directory. */
  stop(): void {
    this.#process?.end();
  }

  async #ask(user: string, password: string): Promise<Person | undefined> {
    const answer = await this.#running()?.ask(user, password);
    if (answer !== undefined && answer.kind !== 'ended') this.#pauses.succeeded();
    if (answer?.kind === 'answer') return answer.person;
    if (answer?.kind === 'failure') this.#tell('the LDAP directory cannot be asked', answer.reason);
    throw new Refusal('unavailable', {
      detail: 'The directory does not answer. Try again in a moment.',
      headers: { 'retry-after': String(Math.max(RETRY_AFTER, Math.ceil(this.#pauses.left() / 1000))) },
    });
  }

  /** None: it cannot be started, or not yet. */
  #running(): LdapProcess | undefined {
    if (this.#process !== undefined || this.#pauses.left() > 0) return this.#process;
    this.#pauses.started();
    try {
      this.#process = new LdapProcess(this.#settings, this.#startProcess(), (reason) => this.#lose(reason));
    } catch (error) {
      this.#lose(error instanceof Error ? error.message : String(error));
    }
    return this.#process;
  }

  /** Logged are the first loss of a row and the second, from which on there are pauses. */
  #lose(reason: string): void {
    this.#process = undefined;
    const inARow = this.#pauses.lost();
    if (inARow === 1) this.#tell('the process that asks the LDAP directory is lost', reason);
    if (inARow === 2) {
      this.#tell(
        'the process that asks the LDAP directory is lost again: it is started at growing pauses',
        reason,
      );
    }
  }

  #tell(what: string, reason: string): void {
    this.#log.error({ directory: this.#settings.url, reason }, what);
  }
}

function callerOf(user: string, { dn, name, email }: Person): Caller {
  const publicId = publicIdOf(dn);
  return {
    user,
    account: publicId,
    publicId,
    moderator: true,
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
  };
}

const unknownLogin = () =>
  new Refusal('unauthorized', {
    detail: 'The directory does not know this name with this password.',
    headers: { 'www-authenticate': 'Basic realm="parley", charset="UTF-8"' },
  });
