/**
 * The dialogue of a login with a directory. It runs in a process of its own (`ldapProcess.ts`): the library that reads the
 * directory's messages goes round without end in some that are cut short.
 */
import net from 'node:net';
import tls, { type ConnectionOptions } from 'node:tls';
import { Client, ConstraintViolationError, InvalidCredentialsError, ResultCodeError } from 'ldapts';
import { boundedConnect } from './boundedSocket';
import { filterFor } from './ldapFilter';
import type { LdapSettings, Person } from './ldapMessages';

/** Longest wait for a connection, and for each answer, in ms. */
const LDAP_TIMEOUT_MS = 4_000;
/** Most that a directory may say to one login, in bytes; the few attributes that are asked for have some hundred. */
const LDAP_MAX_BYTES = 262_144;

/**
 * @returns whose name and password these are; `undefined`: nobody's.
 * @throws when the directory cannot be asked.
 */
export async function askDirectory(
  settings: LdapSettings,
  user: string,
  password: string,
): Promise<Person | undefined> {
  const client = new Client({
    url: settings.url,
    timeout: LDAP_TIMEOUT_MS,
    connectTimeout: LDAP_TIMEOUT_MS,
    createConnection: boundedConnect(net.connect, LDAP_MAX_BYTES),
    createSecureConnection: boundedConnect(tls.connect, LDAP_MAX_BYTES),
    ...(settings.url.startsWith('ldaps:') ? { tlsOptions: tlsOf(settings) } : {}),
  });
  try {
    if (settings.startTls) await client.startTLS(tlsOf(settings));
    if (settings.bind !== undefined) await client.bind(settings.bind.dn, settings.bind.password);
    const person = await personOf(client, settings, user);
    return person !== undefined && (await bindsAs(client, person.dn, password)) ? person : undefined;
  } finally {
    await client.unbind().catch(() => undefined);
  }
}

/** The one entry of that name; none when there are several: who would it be? */
async function personOf(
  client: Client,
  { base, filter }: LdapSettings,
  user: string,
): Promise<Person | undefined> {
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

function tlsOf({ ca, checkPeer, url }: LdapSettings): ConnectionOptions {
  return {
    rejectUnauthorized: checkPeer,
    // For StartTLS the name is not taken from the address.
    servername: new URL(url).hostname,
    ...(ca === undefined ? {} : { ca }),
    ...(checkPeer ? {} : { checkServerIdentity: () => undefined }),
  };
}
