/** The fakes here stand for the system's keychain service; the real one is asked in the integration tests. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  BoundedKeychain,
  type Keychain,
  KEYCHAIN_TIMEOUT_MS,
  KeychainLibraryMissing,
} from '../../../../main/security/keychain';

const SERVICE = 'Parley';
const read = (account: string) => (keychain: Keychain) => keychain.getPassword(SERVICE, account);

/** A service that answers each question when it is told to. */
class PromptingKeychain implements Keychain {
  readonly asked: string[] = [];
  readonly #answers: ((password: string) => void)[] = [];

  getPassword(_service: string, account: string): Promise<string> {
    this.asked.push(account);
    return new Promise((resolve) => this.#answers.push(resolve));
  }
  setPassword(): Promise<void> {
    return Promise.reject(new Error('not used'));
  }
  deletePassword(): Promise<boolean> {
    return Promise.reject(new Error('not used'));
  }
  /** Answers the oldest question that is open. */
  answer(password: string): void {
    this.#answers.shift()?.(password);
  }
}

const failing = (error: Error): Keychain => ({
  getPassword: () => Promise.reject(error),
  setPassword: () => Promise.reject(error),
  deletePassword: () => Promise.reject(error),
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a keychain that hangs on a prompt', () => {
  it('is called locked when the wait is over, and not before', async () => {
    const service = new PromptingKeychain();
    const keychain = new BoundedKeychain(() => Promise.resolve(service));
    let fault: unknown;
    void keychain.ask(read('a')).then((answer) => (fault = answer));
    await vi.advanceTimersByTimeAsync(KEYCHAIN_TIMEOUT_MS - 1);
    expect(fault).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(fault).toEqual({ ok: false, fault: 'locked' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is called locked by those who wait behind it, and is not asked for them any more', async () => {
    const service = new PromptingKeychain();
    const keychain = new BoundedKeychain(() => Promise.resolve(service));
    const both = Promise.all([keychain.ask(read('a')), keychain.ask(read('b'))]);
    await vi.advanceTimersByTimeAsync(KEYCHAIN_TIMEOUT_MS);
    expect(await both).toEqual([
      { ok: false, fault: 'locked' },
      { ok: false, fault: 'locked' },
    ]);
    service.answer('late');
    await vi.advanceTimersByTimeAsync(0);
    expect(service.asked).toEqual(['a']);
  });

  it('is asked anew once it is unlocked', async () => {
    const service = new PromptingKeychain();
    const keychain = new BoundedKeychain(() => Promise.resolve(service));
    const first = keychain.ask(read('a'));
    await vi.advanceTimersByTimeAsync(KEYCHAIN_TIMEOUT_MS);
    await first;
    const second = keychain.ask(read('b'));
    service.answer('late');
    await vi.advanceTimersByTimeAsync(0);
    service.answer('token');
    expect(await second).toEqual({ ok: true, value: 'token' });
  });
});

it('is asked one question at a time, in order, though they come at once', async () => {
  const service = new PromptingKeychain();
  const keychain = new BoundedKeychain(() => Promise.resolve(service));
  const answers = Promise.all(['a', 'b', 'c'].map((account) => keychain.ask(read(account))));
  await vi.advanceTimersByTimeAsync(0);
  expect(service.asked).toEqual(['a']);
  service.answer('1');
  await vi.advanceTimersByTimeAsync(0);
  expect(service.asked).toEqual(['a', 'b']);
  service.answer('2');
  await vi.advanceTimersByTimeAsync(0);
  service.answer('3');
  expect(await answers).toEqual(['1', '2', '3'].map((value) => ({ ok: true, value })));
  expect(vi.getTimerCount()).toBe(0);
});

it('goes on after a failure', async () => {
  const answers = [
    failing(new Error('x')),
    { ...failing(new Error('x')), getPassword: () => Promise.resolve('t') },
  ];
  const keychain = new BoundedKeychain(() => Promise.resolve(answers.shift() ?? failing(new Error('none'))));
  expect(await keychain.ask(read('a'))).toEqual({ ok: false, fault: 'failed' });
  expect(await keychain.ask(read('a'))).toEqual({ ok: true, value: 't' });
});

describe('the faults', () => {
  it.each([
    ['The name org.freedesktop.secrets was not provided by any .service files', 'no-service'],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'no-service'],
    ['Could not connect: No such file or directory', 'no-service'],
    ['GDBus.Error:org.freedesktop.DBus.Error.ServiceUnknown: x', 'no-service'],
    ['Cannot create an item in a locked collection', 'locked'],
    ['The prompt was dismissed', 'locked'],
    ['An unknown error occurred', 'failed'],
  ])('%j is "%s"', async (message, fault) => {
    const keychain = new BoundedKeychain(() => Promise.resolve(failing(new Error(message))));
    expect(await keychain.ask(read('a'))).toEqual({ ok: false, fault });
  });

  it('no library is "library-missing", whatever the loader says besides', async () => {
    const keychain = new BoundedKeychain(() =>
      Promise.reject(new KeychainLibraryMissing('locked', { cause: new Error('libsecret-1.so.0') })),
    );
    expect(await keychain.ask(read('a'))).toEqual({ ok: false, fault: 'library-missing' });
  });
});
