import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { JOIN_TIMEOUT_MS } from '../../../../main/call/door';
import { RunningSession } from './runningSession';

let call: RunningSession;

beforeEach(() => {
  vi.useFakeTimers();
  call = new RunningSession();
});
afterEach(() => {
  call.session.abandon();
  vi.useRealTimers();
});

const fail = (name: string, more: object = {}) =>
  call.page.say('error-occurred', { error: { name, isFatal: false, ...more } });
const waiting = () => ('meeting' in call.state ? call.state.meeting.waiting : call.state.phase);

describe.each([
  ['the host', 'conference.authenticationRequired', 'host', 1],
  ['a moderator', 'conference.connectionError.membersOnly', 'admission', 1],
  ['a name', 'conference.display_name_required', 'name', 1],
])('a page that waits for %s', (_what, error, expected, focused) => {
  it('is waited for, however long that takes', () => {
    fail(error, { type: 'CONFERENCE' });
    expect(waiting()).toBe(expected);
    expect(call.page.focused).toBe(focused);
    vi.advanceTimersByTime(10 * JOIN_TIMEOUT_MS);
    expect(call.failures).toEqual([]);
    call.page.join();
    expect(call.state.phase).toBe('joined');
    expect(waiting()).toBeUndefined();
  });

  it('can be left', () => {
    fail(error, { type: 'CONFERENCE' });
    call.session.leave();
    expect([call.closed, call.page.closed]).toEqual([1, true]);
  });
});

describe('a deployment with accounts of its own', () => {
  const askForLogin = () =>
    fail('connection.passwordRequired', { type: 'CONNECTION', recoverable: true, message: 'not-authorized' });

  it('is waited for while its page asks for a login', () => {
    askForLogin();
    expect(waiting()).toBe('login');
    vi.advanceTimersByTime(10 * JOIN_TIMEOUT_MS);
    expect(call.failures).toEqual([]);
  });

  it.each(['/', '/static/close.html', '/static/close3.html'])('is left when it shows %s instead', (path) => {
    askForLogin();
    call.page.reload(path);
    expect(call.closed).toBe(1);
  });

  it('may lead through pages of its own', () => {
    askForLogin();
    call.page.reload('/login/done.html');
    call.page.reload('/brisk-otter');
    expect(call.closed).toBe(0);
  });

  it('that wants a token has not got the lobby’s', () => {
    fail('connection.passwordRequired', { type: 'CONNECTION', recoverable: true, message: 'token required' });
    expect(call.failures).toMatchObject([{ code: 'deployment-refused-token', detail: 'token required' }]);
  });
});

it('whoever is refused by a moderator is told so', () => {
  fail('conference.connectionError.membersOnly', { type: 'CONFERENCE' });
  fail('conference.connectionError.accessDenied', { type: 'CONFERENCE' });
  expect(call.failures).toEqual([{ code: 'not-admitted' }]);
});

describe('a room with a password', () => {
  const required = () => {
    fail('conference.passwordRequired', { type: 'CONFERENCE' });
    call.page.say('password-required');
  };
  const enter = (text: string) => call.session.control({ what: 'enter-password', text });

  it('wants it from the user, and takes it', () => {
    required();
    expect(waiting()).toBe('password');
    enter('s3cret');
    expect(waiting()).toBeUndefined();
    expect(call.page.posted).toEqual([['password', 's3cret']]);
    call.page.join();
    expect(call.state.phase).toBe('joined');
  });

  it('says when it was the wrong one, as often as that is so', () => {
    required();
    for (const text of ['one', 'two']) {
      enter(text);
      required();
      expect(waiting()).toBe('wrong-password');
    }
    expect(call.failures).toEqual([]);
  });

  it('is waited for while the user thinks, but not once the page has it', () => {
    required();
    vi.advanceTimersByTime(10 * JOIN_TIMEOUT_MS);
    expect(call.failures).toEqual([]);
    enter('s3cret');
    vi.advanceTimersByTime(JOIN_TIMEOUT_MS);
    expect(call.failures).toMatchObject([{ code: 'deployment-timeout' }]);
  });

  it('is sent none that nobody wants', () => {
    enter('s3cret');
    expect(call.page.posted).toEqual([]);
  });
});

describe('a room with a password that was entered before', () => {
  it('gets it once more, and not again when it was refused', () => {
    const again = new RunningSession({ password: 's3cret' });
    again.page.say('password-required');
    expect(again.page.posted).toEqual([['password', 's3cret']]);
    again.page.say('password-required');
    expect(again.page.posted).toHaveLength(1);
    expect(again.state).toMatchObject({ meeting: { waiting: 'wrong-password' } });
    again.session.abandon();
  });
});
