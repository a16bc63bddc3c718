/** Logins by a directory, with the process that talks with it played. */
import { EventEmitter } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import pino from 'pino';
import { beforeEach, expect, it } from 'vitest';
import { LdapWay } from '../../../../lobby/auth/ldap';
import type { ToLdapProcess } from '../../../../lobby/auth/ldapMessages';
import { Refusal } from '../../../../lobby/problem';

const SETTINGS = {
  url: 'ldap://127.0.0.1',
  base: '',
  filter: '(uid=%u)',
  bind: { dn: 'cn=reader', password: 'reader-secret' },
  startTls: false,
  checkPeer: true,
};

/** Of one login: `known`, `unknown`, a failure with that text, or its end. */
type Played = 'known' | 'unknown' | 'dies' | { fails: string };

let play: Played[];
let started: number;
let lines: string[];
let ldap: LdapWay;
beforeEach(() => {
  play = [];
  started = 0;
  lines = [];
  ldap = new LdapWay(SETTINGS, pino({ base: null }, { write: (line) => lines.push(line) }), startPlayed);
});

function startPlayed(): ChildProcess {
  started += 1;
  const child = new EventEmitter();
  const say = (message: object) => child.emit('message', message);
  const send = (message: ToLdapProcess) => {
    if (message.kind !== 'login') return say({ kind: 'alive' });
    const { id, user } = message;
    const played = play.shift() ?? 'unknown';
    queueMicrotask(() => {
      if (played === 'dies') child.emit('exit', null, 'SIGABRT');
      else if (played === 'unknown') say({ kind: 'answer', id });
      else if (played === 'known') say({ kind: 'answer', id, person: { dn: `cn=${user}`, email: 'a@b.c' } });
      else say({ kind: 'failure', id, reason: played.fails });
    });
    return true;
  };
  return Object.assign(child, { send, kill: () => true, connected: true }) as unknown as ChildProcess;
}

async function refusalOf(user: string, password: string): Promise<Refusal> {
  const error: unknown = await ldap.callerOf(user, password).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Refusal);
  return error as Refusal;
}

it('lets in whom the directory knows, by one process, and asks no second time within the half minute', async () => {
  play = ['known', 'known'];
  const caller = await ldap.callerOf('ana', 'secret');
  expect(caller).toMatchObject({ user: 'ana', moderator: true, email: 'a@b.c' });
  expect(caller.account).toBe(caller.publicId);
  expect(await ldap.callerOf('ana', 'secret')).toEqual(caller);
  expect(play).toHaveLength(1);
  expect((await ldap.callerOf('bob', 'secret')).account).not.toBe(caller.account);
  expect([play.length, started]).toEqual([0, 1]);
});

it('refuses whom the directory does not know, as by HTTP, and does not remember it', async () => {
  play = ['unknown', 'known'];
  const refusal = await refusalOf('ana', 'secret');
  expect([refusal.status, refusal.headers['www-authenticate']]).toEqual([
    401,
    'Basic realm="parley", charset="UTF-8"',
  ]);
  expect((await ldap.callerOf('ana', 'secret')).user).toBe('ana');
});

it('starts no process for what no directory is asked', async () => {
  for (const [user, password] of [
    ['', 'secret'],
    ['ana', ''],
    ['a'.repeat(257), 'secret'],
    ['ana', 'a'.repeat(257)],
  ] as const)
    expect((await refusalOf(user, password)).status).toBe(401);
  expect(started).toBe(0);
});

it('is not available while the directory is not, and logs why', async () => {
  play = [{ fails: 'connect ECONNREFUSED' }, 'known'];
  const refusal = await refusalOf('ana', 'secret');
  expect([refusal.status, refusal.headers['retry-after']]).toEqual([503, '5']);
  expect(lines).toEqual([expect.stringContaining('connect ECONNREFUSED')]);
  expect((await ldap.callerOf('ana', 'secret')).user).toBe('ana');
  expect(started).toBe(1);
});

it('is not available to any login of a process that ends, logs that once, and asks by a new one', async () => {
  play = ['dies', 'dies', 'dies'];
  const refusals = await Promise.all(['ana', 'bob', 'eve'].map((user) => refusalOf(user, 'secret')));
  expect(refusals.map(({ status }) => status)).toEqual([503, 503, 503]);
  expect(lines).toEqual([
    expect.stringMatching(/SIGABRT.*"the process that asks the LDAP directory is lost"/),
  ]);
  play = ['known'];
  expect((await ldap.callerOf('ana', 'secret')).user).toBe('ana');
  expect(started).toBe(2);
});

it('is not available where no process can be started, and logs why', async () => {
  ldap = new LdapWay(SETTINGS, pino({ base: null }, { write: (line) => lines.push(line) }), () => {
    throw new Error('spawn EPERM');
  });
  expect((await refusalOf('ana', 'secret')).status).toBe(503);
  expect(lines).toEqual([expect.stringContaining('spawn EPERM')]);
});

it('logs no password', async () => {
  play = [{ fails: 'x' }, 'dies'];
  await refusalOf('ana', 'ana-secret');
  await refusalOf('ana', 'ana-secret');
  expect(lines).toHaveLength(2);
  expect(lines.join()).not.toMatch(/-secret/);
});
