/** Lets in whoever an LDAP directory knows by name and password: search for the name, then bind as what was found. */
import { createHmac, randomBytes } from 'node:crypto';
import net from 'node:net';
import tls, { type ConnectionOptions } from 'node:tls';
import { Client, ConstraintViolationError, InvalidCredentialsError, ResultCodeError } from 'ldapts';
import type { Logger } from 'pino';
import { boundedConnect } from './boundedSocket';
import { publicIdOf, type Caller } from './caller';
import { filterFor } from './ldapFilter';
import { Refusal } from '../problem';

export interface LdapSettings {
  /** `ldap://` or `ldaps://`. */
  url: string;
  /** Under which people are; empty: what the directory takes by itself. */
  base: string;
  /** With `%u` for the name, `%U` and `%d` for what stands before and behind its `@`. */
  filter: string;
  /** What the search is made as; `undefined`: anonymously. */
  bind: { dn: string; password: string } | undefined;
  /** Turn a plain connection into a TLS one before anything is said (RFC 4511 section 4.14). */
  startTls: boolean;
  /** Whether the directory's certificate and name must be good. */
  checkPeer: boolean;
  /** Authorities that are trusted for it in place of the system's, in PEM. */
  ca: string | undefined;
}

/** Longest wait for a connection, and for each answer, in ms. */
const LDAP_TIMEOUT_MS = 4_000;
/** Most that a directory may say to one login, in bytes; the few attributes that are asked for have some hundred. */
const LDAP_MAX_BYTES = 262_144;
/** When to come back, in seconds. */
const RETRY_AFTER = 5;
/** Longest name and password that are worth asking a directory for, in characters. */
const LOGIN_MAX = 256;
/** How long a good login counts without asking again, in ms: one click asks twice. */
const REMEMBERED_MS = 30_000;
/** Most logins that are remembered. */
const REMEMBERED_MAX = 1_000;

/** What the directory has of somebody. */
interface Found {
  dn: string;
  name: string | undefined;
  email: string | undefined;
}

export class LdapWay {
  readonly #settings: LdapSettings;
  readonly #log: Logger;
  /** Under it logins are remembered: never the password itself, nor anything that one could be guessed from later. */
  readonly #secret = randomBytes(32);
  /** `until` on the monotonic clock: one that is set back must not keep a password good that has been changed. */
  readonly #remembered = new Map<string, { caller: Caller; until: number }>();

  constructor(settings: LdapSettings, log: Logger) {
    this.#settings = settings;
    this.#log = log;
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
    const caller = await this.#ask(user, password);
    if (this.#remembered.size >= REMEMBERED_MAX) this.#remembered.clear();
    this.#remembered.set(key, { caller, until: performance.now() + REMEMBERED_MS });
    return caller;
  }

  async #ask(user: string, password: string): Promise<Caller> {
    const client = new Client({
      url: this.#settings.url,
      timeout: LDAP_TIMEOUT_MS,
      connectTimeout: LDAP_TIMEOUT_MS,
      createConnection: boundedConnect(net.connect, LDAP_MAX_BYTES),
      createSecureConnection: boundedConnect(tls.connect, LDAP_MAX_BYTES),
      ...(this.#settings.url.startsWith('ldaps:') ? { tlsOptions: this.#tls() } : {}),
    });
    try {
      if (this.#settings.startTls) await client.startTLS(this.#tls());
      const { bind } = this.#settings;
      if (bind !== undefined) await client.bind(bind.dn, bind.password);
      const found = await this.#search(client, user);
      if (found === undefined || !(await bindsAs(client, found.dn, password))) throw unknownLogin();
      const publicId = publicIdOf(found.dn);
      return {
        user,
        account: publicId,
        publicId,
        moderator: true,
        ...(found.name === undefined ? {} : { name: found.name }),
        ...(found.email === undefined ? {} : { email: found.email }),
      };
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw this.#unavailable(error);
    } finally {
      await client.unbind().catch(() => undefined);
    }
  }

  /** The one entry of that name; none when there are several: who would it be? */
  async #search(client: Client, user: string): Promise<Found | undefined> {
    const { base, filter } = this.#settings;
    const { searchEntries } = await client.search(base, {
      scope: 'sub',
      filter: filterFor(filter, user),
      attributes: ['displayName', 'cn', 'mail'],
      sizeLimit: 2,
      timeLimit: LDAP_TIMEOUT_MS / 1000,
    });
    const [entry, another] = searchEntries;
    if (entry === undefined || another !== undefined) return undefined;
    const first = (attribute: string) => {
      const [value] = [entry[attribute] ?? []].flat();
      return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;
    };
    return { dn: entry.dn, name: first('displayName') ?? first('cn'), email: first('mail') };
  }

  #tls(): ConnectionOptions {
    const { ca, checkPeer, url } = this.#settings;
    return {
      rejectUnauthorized: checkPeer,
      // For StartTLS the name is not taken from the address.
      servername: new URL(url).hostname,
      ...(ca === undefined ? {} : { ca }),
      ...(checkPeer ? {} : { checkServerIdentity: () => undefined }),
    };
  }

  #unavailable(error: unknown): Refusal {
    const reason = error instanceof Error ? error.message.slice(0, 200) : String(error);
    this.#log.error({ directory: this.#settings.url, reason }, 'the LDAP directory cannot be asked');
    return new Refusal('unavailable', {
      detail: 'The directory does not answer. Try again in a moment.',
      headers: { 'retry-after': String(RETRY_AFTER) },
    });
  }
}

/** False when the directory says: not that password, or not now. */
async function bindsAs(client: Client, dn: string, password: string): Promise<boolean> {
  try {
    await client.bind(dn, password);
    return true;
  } catch (error) {
    // Locked and expired accounts are refused by rule, not by password (draft-behera-ldap-password-policy).
    if (error instanceof InvalidCredentialsError || error instanceof ConstraintViolationError) return false;
    if (error instanceof ResultCodeError && [49, 50, 53].includes(error.code)) return false;
    throw error;
  }
}

const unknownLogin = () =>
  new Refusal('unauthorized', {
    detail: 'The directory does not know this name with this password.',
    headers: { 'www-authenticate': 'Basic realm="parley", charset="UTF-8"' },
  });
