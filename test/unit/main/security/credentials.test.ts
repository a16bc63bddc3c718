/** The keychain here stands for the system's service; the real one is asked in the integration tests. */
import { beforeEach, describe, expect, it } from 'vitest';
import { Credentials, type StoredOrigins } from '../../../../main/security/credentials';
import { BoundedKeychain, type Keychain } from '../../../../main/security/keychain';

const LOBBY = 'https://lobby.example.com';
const OTHER = 'https://other.example.com';

/** A keychain in memory that can be broken and mended. */
class MemoryKeychain implements Keychain {
  readonly stored = new Map<string, string>();
  broken: Error | undefined;
  /** As gnome-keyring is with nobody to answer its prompt: it has nothing, to read or to delete. */
  locked = false;

  #work<Value>(value: () => Value): Promise<Value> {
    return this.broken === undefined ? Promise.resolve(value()) : Promise.reject(this.broken);
  }
  getPassword(service: string, account: string): Promise<string | null> {
    return this.#work(() => (this.locked ? null : (this.stored.get(`${service} ${account}`) ?? null)));
  }
  setPassword(service: string, account: string, password: string): Promise<void> {
    return this.#work(() => void this.stored.set(`${service} ${account}`, password));
  }
  deletePassword(service: string, account: string): Promise<boolean> {
    return this.#work(() => !this.locked && this.stored.delete(`${service} ${account}`));
  }
}

/** What is remembered from run to run, beside the keychain. */
class Remembered implements StoredOrigins {
  readonly origins = new Set<string>();
  has(origin: string): boolean {
    return this.origins.has(origin);
  }
  add(origin: string): Promise<void> {
    this.origins.add(origin);
    return Promise.resolve();
  }
  delete(origin: string): Promise<void> {
    this.origins.delete(origin);
    return Promise.resolve();
  }
}

let keychain: MemoryKeychain;
let remembered: Remembered;
let credentials: Credentials;
beforeEach(() => {
  keychain = new MemoryKeychain();
  remembered = new Remembered();
  credentials = newRun();
});
/** The app started anew, over the same keychain. */
const newRun = () => new Credentials(new BoundedKeychain(() => Promise.resolve(keychain)), remembered);
const breakIt = () => (keychain.broken = new Error('The name org.freedesktop.secrets was not provided'));

describe('with a keychain', () => {
  it('a token is stored under "Parley" and the origin, and read back for that origin alone', async () => {
    expect(await credentials.store(LOBBY, 'secret')).toEqual({ state: 'stored' });
    expect([...keychain.stored]).toEqual([[`Parley ${LOBBY}`, 'secret']]);
    expect(await credentials.read(LOBBY)).toEqual({ ok: true, token: 'secret' });
    expect(await credentials.read(OTHER)).toEqual({ ok: true, token: undefined });
    expect(await credentials.inspect(LOBBY)).toEqual({ state: 'stored' });
    expect(await credentials.inspect(OTHER)).toEqual({ state: 'not-stored' });
  });

  it('a token is stored in a profile that cannot be written, too', async () => {
    remembered.add = () => Promise.reject(new Error('ENOSPC'));
    expect(await credentials.store(LOBBY, 'secret')).toEqual({ state: 'stored' });
    expect(await newRun().read(LOBBY)).toEqual({ ok: true, token: 'secret' });
  });

  it('a token is forgotten in a profile that cannot be written, too', async () => {
    await credentials.store(LOBBY, 'secret');
    remembered.delete = () => Promise.reject(new Error('EROFS'));
    expect(await credentials.forget(LOBBY)).toEqual({ state: 'not-stored' });
    expect(keychain.stored.size).toBe(0);
  });

  it('a token is forgotten, and forgetting none is no fault', async () => {
    await credentials.store(LOBBY, 'secret');
    expect(await credentials.forget(LOBBY)).toEqual({ state: 'not-stored' });
    expect(keychain.stored.size).toBe(0);
    expect(await credentials.read(LOBBY)).toEqual({ ok: true, token: undefined });
    expect(await credentials.forget(LOBBY)).toEqual({ state: 'not-stored' });
  });
});

describe('a keychain that says "none" though a token was stored', () => {
  const withheld = { state: 'keychain-unavailable', fault: 'withheld', heldUntilQuit: false };

  it('is told apart from one that never had any, in a later run too', async () => {
    await credentials.store(LOBBY, 'secret');
    keychain.stored.clear();
    credentials = newRun();
    expect(await credentials.read(LOBBY)).toEqual({ ok: false, fault: 'withheld' });
    expect(await credentials.inspect(LOBBY)).toEqual(withheld);
    expect(await credentials.read(OTHER)).toEqual({ ok: true, token: undefined });
  });

  it('is not said to have forgotten it: locked, it may have it still', async () => {
    await credentials.store(LOBBY, 'secret');
    keychain.locked = true;
    expect(await credentials.forget(LOBBY)).toEqual(withheld);
    expect(await credentials.inspect(LOBBY)).toEqual(withheld);
    keychain.locked = false;
    expect(await credentials.read(LOBBY)).toEqual({ ok: true, token: 'secret' });
    expect(await credentials.forget(LOBBY)).toEqual({ state: 'not-stored' });
    expect(keychain.stored.size).toBe(0);
  });

  it('gives way to a new token, which can be forgotten', async () => {
    await credentials.store(LOBBY, 'secret');
    keychain.stored.clear();
    await credentials.store(LOBBY, 'new');
    expect(await credentials.read(LOBBY)).toEqual({ ok: true, token: 'new' });
    expect(await credentials.forget(LOBBY)).toEqual({ state: 'not-stored' });
    expect(await credentials.inspect(LOBBY)).toEqual({ state: 'not-stored' });
  });

  it('is not believed to have a token that it never took', async () => {
    breakIt();
    await credentials.store(LOBBY, 'secret');
    keychain.broken = undefined;
    credentials = newRun();
    expect(await credentials.read(LOBBY)).toEqual({ ok: true, token: undefined });
  });
});

describe('without a keychain', () => {
  it('a token is held for this run, and said so', async () => {
    breakIt();
    const held = { state: 'keychain-unavailable', fault: 'no-service', heldUntilQuit: true };
    expect(await credentials.store(LOBBY, 'secret')).toEqual(held);
    expect(await credentials.read(LOBBY)).toEqual({ ok: true, token: 'secret' });
    expect(await credentials.inspect(LOBBY)).toEqual(held);
  });

  it('a token that was not entered in this run cannot be had: that is a fault, not "none"', async () => {
    await credentials.store(LOBBY, 'secret');
    breakIt();
    expect(await credentials.read(LOBBY)).toEqual({ ok: false, fault: 'no-service' });
    expect(await credentials.inspect(LOBBY)).toEqual({
      state: 'keychain-unavailable',
      fault: 'no-service',
      heldUntilQuit: false,
    });
  });

  it('a held token is forgotten, though the keychain cannot be asked', async () => {
    breakIt();
    await credentials.store(LOBBY, 'secret');
    expect(await credentials.forget(LOBBY)).toEqual({ state: 'not-stored' });
    expect(await credentials.read(LOBBY)).toEqual({ ok: false, fault: 'no-service' });
  });

  it('a held token is not all there is, when an older one is in the keychain', async () => {
    await credentials.store(LOBBY, 'old');
    breakIt();
    await credentials.store(LOBBY, 'new');
    const fault = { state: 'keychain-unavailable', fault: 'no-service', heldUntilQuit: false };
    expect(await credentials.forget(LOBBY)).toEqual(fault);
  });
});

it('a held token is still shown as held when the keychain answers again', async () => {
  breakIt();
  await credentials.store(LOBBY, 'secret');
  keychain.broken = undefined;
  expect(await credentials.inspect(LOBBY)).toMatchObject({ fault: 'no-service', heldUntilQuit: true });
});

it('a held token gives way to the one that is stored later', async () => {
  breakIt();
  await credentials.store(LOBBY, 'old');
  keychain.broken = undefined;
  expect(await credentials.store(LOBBY, 'new')).toEqual({ state: 'stored' });
  expect(await credentials.read(LOBBY)).toEqual({ ok: true, token: 'new' });
  await credentials.forget(LOBBY);
  expect(await credentials.read(LOBBY)).toEqual({ ok: true, token: undefined });
});

it('a token that is held is used before an older one in the keychain', async () => {
  await credentials.store(LOBBY, 'old');
  breakIt();
  await credentials.store(LOBBY, 'new');
  keychain.broken = undefined;
  expect(await credentials.read(LOBBY)).toEqual({ ok: true, token: 'new' });
});
