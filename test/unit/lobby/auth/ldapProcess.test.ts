/** The process that talks with the directory, played: what it says, leaves unsaid, and how it ends. */
import { EventEmitter } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromLdapProcess, LdapSettings, ToLdapProcess } from '../../../../lobby/auth/ldapMessages';
import {
  LOGINS_AT_ONCE,
  LOGIN_MAX_MS,
  LdapProcess,
  PINGS_MAX,
  PING_MS,
  START_PINGS_MAX,
} from '../../../../lobby/auth/ldapProcess';

const SETTINGS: LdapSettings = {
  url: 'ldap://127.0.0.1',
  base: '',
  filter: '(uid=%u)',
  startTls: false,
  checkPeer: true,
};
const ANA = { dn: 'cn=ana', name: 'Ana' };

class PlayedChild extends EventEmitter {
  readonly heard: ToLdapProcess[] = [];
  readonly killedBy: (string | undefined)[] = [];
  connected = true;
  /** Whether it answers pings. */
  alive = true;

  send(message: ToLdapProcess): boolean {
    this.heard.push(message);
    if (this.alive && message.kind !== 'login') this.say({ kind: 'alive' });
    return true;
  }
  kill(signal?: string): boolean {
    this.killedBy.push(signal);
    return true;
  }
  say(message: FromLdapProcess | object): void {
    this.emit('message', message);
  }
  logins(): string[] {
    return this.heard.flatMap((message) => (message.kind === 'login' ? [message.user] : []));
  }
}

let child: PlayedChild;
let ends: string[];
let ldap: LdapProcess;
beforeEach(() => {
  vi.useFakeTimers();
  start();
});
afterEach(() => {
  ldap.end();
  vi.useRealTimers();
});

function start(alive = true): void {
  child = new PlayedChild();
  child.alive = alive;
  ends = [];
  ldap = new LdapProcess(SETTINGS, child as unknown as ChildProcess, (reason) => ends.push(reason));
}

it('hears the settings first, then logins, and each gets the answer to it', async () => {
  const [ana, bob, eve] = [ldap.ask('ana', 'a'), ldap.ask('bob', 'b'), ldap.ask('eve', 'e')];
  expect(child.heard).toEqual([
    { kind: 'settings', settings: SETTINGS },
    { kind: 'login', id: 1, user: 'ana', password: 'a' },
    { kind: 'login', id: 2, user: 'bob', password: 'b' },
    { kind: 'login', id: 3, user: 'eve', password: 'e' },
  ]);
  child.say({ kind: 'failure', id: 2, reason: 'connect ECONNREFUSED' });
  child.say({ kind: 'answer', id: 3 });
  child.say({ kind: 'answer', id: 1, person: ANA });
  child.say({ kind: 'answer', id: 1, person: { dn: 'cn=other' } });
  expect(await ana).toEqual({ kind: 'answer', person: ANA });
  expect(await bob).toEqual({ kind: 'failure', reason: 'connect ECONNREFUSED' });
  expect(await eve).toEqual({ kind: 'answer' });
  expect([ends, child.killedBy]).toEqual([[], []]);
});

it('has so many logins at once and no more; the others wait for their turn', async () => {
  const users = Array.from({ length: LOGINS_AT_ONCE + 2 }, (_, index) => `u${index}`);
  const answers = users.map((user) => ldap.ask(user, 'x'));
  expect(child.logins()).toEqual(users.slice(0, LOGINS_AT_ONCE));
  child.say({ kind: 'answer', id: 5 });
  await answers[4];
  expect(child.logins()).toEqual(users.slice(0, LOGINS_AT_ONCE + 1));
});

describe('a process that says nothing', () => {
  it('is killed in two seconds, and with it end its logins, also those that wait', async () => {
    const answers = Array.from({ length: LOGINS_AT_ONCE + 1 }, () => ldap.ask('ana', 'x'));
    child.alive = false;
    await vi.advanceTimersByTimeAsync(PINGS_MAX * PING_MS);
    expect(child.killedBy).toEqual([]);
    await vi.advanceTimersByTimeAsync(PING_MS);
    expect(child.killedBy).toEqual(['SIGKILL']);
    expect(new Set((await Promise.all(answers)).map(({ kind }) => kind))).toEqual(new Set(['ended']));
    child.emit('exit', null, 'SIGKILL');
    expect(ends).toEqual(['it gave no sign of life']);
  });

  it('has more time to start', async () => {
    start(false);
    const answer = ldap.ask('ana', 'x');
    await vi.advanceTimersByTimeAsync(START_PINGS_MAX * PING_MS - 1);
    expect(child.killedBy).toEqual([]);
    child.say({ kind: 'alive' });
    child.say({ kind: 'answer', id: 1, person: ANA });
    expect(await answer).toEqual({ kind: 'answer', person: ANA });

    void ldap.ask('bob', 'x');
    await vi.advanceTimersByTimeAsync((PINGS_MAX + 1) * PING_MS);
    expect(child.killedBy).toEqual(['SIGKILL']);
  });

  it('is killed when it never starts', async () => {
    start(false);
    void ldap.ask('ana', 'x');
    await vi.advanceTimersByTimeAsync((START_PINGS_MAX + 1) * PING_MS);
    expect([child.killedBy, ends.length]).toEqual([['SIGKILL'], 1]);
  });

  it('is left alone while nobody asks it', async () => {
    child.alive = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect([child.heard.length, child.killedBy]).toEqual([1, []]);
  });

  it('but to pings waits for a slow directory: its logins fail by the limit, and it goes on', async () => {
    const slow = ldap.ask('ana', 'x');
    await vi.advanceTimersByTimeAsync(LOGIN_MAX_MS - 1);
    expect(child.heard.filter(({ kind }) => kind === 'ping').length).toBeGreaterThan(2 * PINGS_MAX);
    await vi.advanceTimersByTimeAsync(1);
    expect(await slow).toEqual({ kind: 'failure', reason: 'it took more than 10 s' });
    expect([ends, child.killedBy]).toEqual([[], []]);
  });

  it('gets no login whose time was over before its turn came', async () => {
    const answers = Array.from({ length: LOGINS_AT_ONCE + 1 }, (_, index) => ldap.ask(`u${index}`, 'x'));
    await vi.advanceTimersByTimeAsync(LOGIN_MAX_MS);
    await Promise.all(answers);
    child.say({ kind: 'failure', id: 1, reason: 'timed out' });
    expect(child.logins()).toHaveLength(LOGINS_AT_ONCE);
  });
});

describe('a process', () => {
  it.each<[string, () => void, RegExp]>([
    ['out of memory', () => child.emit('exit', null, 'SIGABRT'), /SIGABRT/],
    ['that exits', () => child.emit('exit', 1, null), /ended with 1/],
    ['that cannot be started', () => child.emit('error', new Error('spawn EAGAIN')), /spawn EAGAIN/],
    ['that says what is no answer', () => child.say({ kind: 'answer', id: 'one' }), /never says/],
  ])('%s ends its logins, and says why, once', async (_what, happen, reason) => {
    const answers = [ldap.ask('ana', 'x'), ldap.ask('bob', 'x')];
    happen();
    child.emit('exit', null, 'SIGKILL');
    child.say({ kind: 'answer', id: 1, person: ANA });
    expect(await Promise.all(answers)).toEqual([{ kind: 'ended' }, { kind: 'ended' }]);
    expect(ends).toEqual([expect.stringMatching(reason)]);
  });

  it('that could not even be spoken to is noticed', async () => {
    child.connected = false;
    void ldap.ask('ana', 'x');
    expect(child.logins()).toEqual([]);
    await vi.advanceTimersByTimeAsync((START_PINGS_MAX + 1) * PING_MS);
    expect(ends).toHaveLength(1);
  });

  it('that is ended by the lobby is killed, with no word about it, and leaves nothing behind', async () => {
    const listeners = process.listenerCount('exit');
    const answer = ldap.ask('ana', 'x');
    ldap.end();
    expect(await answer).toEqual({ kind: 'ended' });
    child.emit('exit', null, 'SIGKILL');
    expect([child.killedBy, ends]).toEqual([['SIGKILL'], []]);
    expect([vi.getTimerCount(), process.listenerCount('exit')]).toEqual([0, listeners - 1]);
  });
});
