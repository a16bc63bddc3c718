/** What the lobby and the process that talks with its directory say to each other. */
import { z } from 'zod';

/** The lobby's command that makes a process that talks with the directory; not for people. */
export const LDAP_COMMAND = 'ldap-dialogue';

export const LdapSettings = z.object({
  /** `ldap://` or `ldaps://`. */
  url: z.string(),
  /** Under which people are; empty: what the directory takes by itself. */
  base: z.string(),
  /** With `%u` for the name, `%U` and `%d` for what stands before and behind its `@`. */
  filter: z.string(),
  /** What the search is made as; without it: anonymously. */
  bind: z.object({ dn: z.string(), password: z.string() }).optional(),
  /** Turn a plain connection into a TLS one before anything is said (RFC 4511 section 4.14). */
  startTls: z.boolean(),
  /** Whether the directory's certificate and name must be good. */
  checkPeer: z.boolean(),
  /** Authorities that are trusted for it in place of the system's, in PEM. */
  ca: z.string().optional(),
});
export type LdapSettings = z.infer<typeof LdapSettings>;

/** What the directory has of somebody. */
export const Person = z.object({
  dn: z.string(),
  name: z.string().optional(),
  email: z.string().optional(),
});
export type Person = z.infer<typeof Person>;

/** To the process. The settings come first, and once. */
export const ToLdapProcess = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('settings'), settings: LdapSettings }),
  z.object({ kind: z.literal('login'), id: z.number(), user: z.string(), password: z.string() }),
  z.object({ kind: z.literal('ping') }),
]);
export type ToLdapProcess = z.infer<typeof ToLdapProcess>;

/** From the process. */
export const FromLdapProcess = z.discriminatedUnion('kind', [
  /** To the settings, and to each `ping`. */
  z.object({ kind: z.literal('alive') }),
  /** To a `login`: whose it is; nobody's without `person`. */
  z.object({ kind: z.literal('answer'), id: z.number(), person: Person.optional() }),
  /** To a `login`: the directory could not be asked. */
  z.object({ kind: z.literal('failure'), id: z.number(), reason: z.string() }),
]);
export type FromLdapProcess = z.infer<typeof FromLdapProcess>;
