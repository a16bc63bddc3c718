/** Logins by a directory, with the process that talks with it played. */
import { EventEmitter } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LdapWay } from '../../../../lobby/auth/ldap';
import type { ToLdapProcess } from '../../../../lobby/auth/ldapMessages';
import { PAUSE_MAX_MS, PAUSE_MIN_MS, STEADY_MS } from '../../../../lobby/auth/restartPauses';
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

describe('a process that is lost time and again', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    play = Array<Played>(50).fill('dies');
  });
  afterEach(() => vi.useRealTimers());

  /** Logs in, by a process that is lost meanwhile or by none. @returns whether one was started for it */
  async function startsFor(user: string): Promise<boolean> {
    const before = started;
    expect((await refusalOf(user, 'secret')).status).toBe(503);
    return started > before;
  }

  it('is started at once, then after pauses that double up to the longest', async () => {
    expect([await startsFor('ana'), await startsFor('ana')]).toEqual([true, true]);
    const pauses = [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000];
    for (const pause of pauses) {
      expect(await startsFor('ana')).toBe(false);
      vi.advanceTimersByTime(pause - 1);
      expect(await startsFor('bob')).toBe(false);
      vi.advanceTimersByTime(1);
      expect(await startsFor('ana')).toBe(true);
    }
    expect([pauses[0], pauses.at(-1)]).toEqual([PAUSE_MIN_MS, PAUSE_MAX_MS]);
  });

  it('says when to come back', async () => {
    const after = async () => (await refusalOf('ana', 'secret')).headers['retry-after'];
    expect([await after(), await after(), await after()]).toEqual(['5', '5', '5']);
    for (const pause of [250, 500, 1_000, 2_000, 4_000]) {
      vi.advanceTimersByTime(pause);
      await startsFor('ana');
    }
    expect(await after()).toBe('8');
    vi.advanceTimersByTime(2_500);
    expect(await after()).toBe('6');
  });

  it('is in the log when it is first lost, and once more when there are pauses', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await startsFor('ana');
      vi.advanceTimersByTime(PAUSE_MAX_MS - 1);
    }
    expect(started).toBe(5);
    expect(lines).toEqual([
      expect.stringMatching(/SIGABRT.*is lost"/),
      expect.stringMatching(/SIGABRT.*is lost again: it is started at growing pauses"/),
    ]);
  });

  it.each<Played>(['known', 'unknown', { fails: 'connect ECONNREFUSED' }])(
    'is started at once again after one that answered: %j',
    async (played) => {
      await startsFor('ana');
      await startsFor('ana');
      vi.advanceTimersByTime(PAUSE_MIN_MS);
      play = [played, 'dies', 'known'];
      await ldap.callerOf('ana', 'secret').catch(() => undefined);
      expect(await startsFor('bob')).toBe(false);
      expect((await ldap.callerOf('bob', 'secret')).user).toBe('bob');
      expect(started).toBe(4);
    },
  );

  it('is started at once again after one that lived for a while, with nobody to ask it', async () => {
    await startsFor('ana');
    await startsFor('ana');
    vi.advanceTimersByTime(PAUSE_MIN_MS);
    ldap.start();
    vi.advanceTimersByTime(STEADY_MS - 1);
    await startsFor('ana');
    expect(await startsFor('ana')).toBe(false);
    vi.advanceTimersByTime(PAUSE_MAX_MS);
    ldap.start();
    vi.advanceTimersByTime(STEADY_MS);
    await startsFor('ana');
    expect(await startsFor('ana')).toBe(true);
  });

  it('is also one that cannot be started at all', async () => {
    let tries = 0;
    ldap = new LdapWay(SETTINGS, pino({ base: null }, { write: (line) => lines.push(line) }), () => {
      tries += 1;
      throw new Error('spawn EAGAIN');
    });
    for (let login = 0; login < 20; login += 1) await refusalOf('ana', 'secret');
    expect([tries, lines.length]).toEqual([2, 2]);
    vi.advanceTimersByTime(PAUSE_MIN_MS);
    await refusalOf('ana', 'secret');
    expect([tries, lines.length]).toEqual([3, 2]);
  });
});

it('logs no password', async () => {
  play = [{ fails: 'x' }, 'dies'];
  await refusalOf('ana', 'ana-secret');
  await refusalOf('ana', 'ana-secret');
  expect(lines).toHaveLength(2);
  expect(lines.join()).not.toMatch(/-secret/);
});
