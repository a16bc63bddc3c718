/** Signing in as the desktop does it: a real provider, a real directory, the built lobby; the browser alone is played. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LobbyClient } from '../../main/call/lobbyClient';
import { Credentials } from '../../main/security/credentials';
import { BoundedKeychain } from '../../main/security/keychain';
import { LobbyAccess } from '../../main/signIn/lobbyAccess';
import { OpenId } from '../../main/signIn/openId';
import { SignIn } from '../../main/signIn/signIn';
import { readLogin } from '../../main/signIn/storedLogin';
import { type Directory, LDAP_BASE, READER, startDirectory } from '../support/directory';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';
import { API, APP_CLIENT_ID, type OpenIdProvider, startProvider } from '../support/openIdProvider';
import { PlayedBrowser } from '../support/playedBrowser';

const people = {
  'sub-1': { preferred_username: 'ana', name: 'Ana Maria', groups: ['calls'] },
  'sub-2': { preferred_username: 'eve', name: 'Eve', groups: [] },
};
let provider: OpenIdProvider;
let directory: Directory;
let lobby: LobbyProcess;
beforeAll(async () => {
  [provider, directory] = await Promise.all([startProvider({ people }), startDirectory()]);
  lobby = await startLobby({
    jitsiUrl: 'https://meet.example.com',
    env: {
      LOBBY_AUTH: 'tokens,oidc,ldap',
      LOBBY_OIDC_ISSUER: provider.issuer,
      LOBBY_OIDC_AUDIENCE: APP_CLIENT_ID,
      LOBBY_OIDC_SCOPES: 'openid profile groups offline_access',
      LOBBY_OIDC_REQUIRED_GROUP: 'calls',
      LDAP_URL: directory.url,
      LDAP_BASE,
      LDAP_BINDDN: READER.dn,
      LDAP_BINDPW: READER.password,
    },
  });
});
afterAll(async () => {
  await lobby.stop();
  await Promise.all([provider.stop(), directory.stop()]);
});

/** What the keychain holds, by account. */
let keychain: Map<string, string>;
/** The keychain is: it then has nothing, to read or to delete. */
let locked: boolean;
/** The keychain takes nothing. */
let full: boolean;
let access: LobbyAccess;
let signIn: SignIn;
/** The clock, in ms after the real one. */
let later: number;
/** What the user's browser does with an address that it is told to open. */
let browse: (address: string) => Promise<unknown>;
let browsing: Promise<unknown>;
/** The page that the browser shows in the end. */
let page: { status: number | undefined; text: string };

beforeEach(async () => {
  keychain = new Map();
  locked = full = false;
  later = 0;
  page = { status: undefined, text: '' };
  browse = open;
  provider.visitor.person = 'sub-1';
  provider.visitor.declines = false;
  newRun();
  await signIn.look(lobby.url);
});
afterEach(() => signIn.cancel());

/** The app, started anew over the same keychain. */
function newRun(): void {
  const now = () => Date.now() + later;
  const origins = new Set(keychain.keys());
  const credentials = new Credentials(
    new BoundedKeychain(() =>
      Promise.resolve({
        getPassword: (_service, account) => Promise.resolve(locked ? null : (keychain.get(account) ?? null)),
        setPassword: (_service, account, text) =>
          full ? Promise.reject(new Error('full')) : Promise.resolve(void keychain.set(account, text)),
        deletePassword: (_service, account) => Promise.resolve(!locked && keychain.delete(account)),
      }),
    ),
    {
      has: (origin) => origins.has(origin),
      add: (origin) => Promise.resolve(void origins.add(origin)),
      delete: (origin) => Promise.resolve(void origins.delete(origin)),
    },
  );
  const client = new LobbyClient(fetch);
  const openId = () => Promise.resolve(new OpenId(fetch, now));
  access = new LobbyAccess({ credentials, openId, client, now });
  signIn = new SignIn({
    ...{ client, access, openId },
    openBrowser: (address) => {
      browsing = browse(address);
      return Promise.resolve();
    },
    onChange: () => undefined,
    browserMs: 3_000,
  });
}

/** Signs in, and waits for the browser's last page too. */
async function byBrowser(origin: string): Promise<void> {
  browsing = Promise.resolve();
  await signIn.byBrowser(origin);
  await browsing;
}
async function open(address: string): Promise<void> {
  const { response } = await new PlayedBrowser().go(address);
  page = { status: response?.status, text: (await response?.text()) ?? '' };
}
/** Opens what the provider makes of the address, after changing where it comes back to. */
const openChanged = (change: (parameters: URLSearchParams) => void) => async (address: string) => {
  const back = await new PlayedBrowser().go(address, (next) => next.includes('/callback?'));
  const changed = new URL(back.address);
  change(changed.searchParams);
  await open(changed.href);
};
const listed = () => {
  const client = new LobbyClient(fetch);
  return access.ask(lobby.url, (proof) => client.deployments(lobby.url, proof, new AbortController().signal));
};
const stored = () => readLogin(keychain.get(lobby.url));
const fault = () => {
  const { progress } = signIn.state;
  return progress.step === 'failed' ? progress.fault : progress.step;
};

it('the lobby says what it takes', () => {
  const { ways, account } = signIn.state;
  const { host } = new URL(provider.issuer);
  expect([ways, account]).toEqual([
    { open: false, token: true, browser: host, password: true },
    { by: 'none' },
  ]);
});

describe('by the browser', () => {
  it('opens the lobby, and is kept as a refresh token alone', async () => {
    await byBrowser(lobby.url);
    expect(signIn.state.progress).toEqual({ step: 'none' });
    expect(signIn.state.account).toEqual({ by: 'browser', name: 'Ana Maria', expired: false });
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('Close this tab') as string });
    expect(await listed()).toMatchObject({ ok: true });
    expect(stored()).toMatchObject({ kind: 'oidc', subject: 'sub-1', name: 'Ana Maria' });
    expect([...keychain.values()].join()).not.toContain('eyJ');
  });

  it('lasts beyond the first token and the run: it is renewed, and every refresh token used once', async () => {
    await byBrowser(lobby.url);
    const first = stored();
    newRun();
    expect(await Promise.all([listed(), listed()])).toMatchObject([{ ok: true }, { ok: true }]);
    const second = stored();
    expect(second).not.toEqual(first);
    expect(await listed()).toMatchObject({ ok: true });
    expect(stored()).toEqual(second);
    // Tokens are good for ten minutes: in the last of them the next is fetched.
    later = 9.5 * 60_000;
    expect(await listed()).toMatchObject({ ok: true });
    expect(stored()).not.toEqual(second);
  });

  it('ends by signing out: the provider takes the refresh token no more', async () => {
    await byBrowser(lobby.url);
    const kept = keychain.get(lobby.url) ?? '';
    await signIn.signOut(lobby.url);
    expect(signIn.state).toMatchObject({
      account: { by: 'none' },
      progress: { step: 'signed-out', revoked: true },
    });
    expect(keychain.size).toBe(0);
    keychain.set(lobby.url, kept);
    newRun();
    const { host } = new URL(lobby.url);
    expect(await listed()).toEqual({
      ok: false,
      failure: { code: 'sign-in-needed', host, why: 'expired' },
    });
    await signIn.look(lobby.url);
    expect(signIn.state.account).toEqual({ by: 'browser', name: 'Ana Maria', expired: true });
    await byBrowser(lobby.url);
    expect(signIn.state.account).toEqual({ by: 'browser', name: 'Ana Maria', expired: false });
    expect(await listed()).toMatchObject({ ok: true });
  });

  it('is said to last until the app quits where the keychain does not take it', async () => {
    full = true;
    await byBrowser(lobby.url);
    expect(signIn.state.progress).toEqual({ step: 'held', fault: 'failed' });
    expect(page.text).toContain('Close this tab');
    expect(await listed()).toMatchObject({ ok: true });
  });

  it('is not said to have ended when the keychain does not let go of it', async () => {
    await byBrowser(lobby.url);
    locked = true;
    await signIn.signOut(lobby.url);
    expect(signIn.state.progress).toEqual({ step: 'not-signed-out', fault: 'withheld' });
    locked = false;
    await signIn.signOut(lobby.url);
    expect(signIn.state.progress).toEqual({ step: 'signed-out', revoked: true });
    expect(keychain.size).toBe(0);
  });

  it('is not kept when the lobby does not let that person in', async () => {
    provider.visitor.person = 'sub-2';
    await byBrowser(lobby.url);
    expect(fault()).toMatchObject({ why: 'lobby', failure: { code: 'lobby-refused', status: 403 } });
    expect([keychain.size, page.status]).toEqual([0, 400]);
    expect(signIn.state.account).toEqual({ by: 'none' });
  });

  it('that is declined there says so', async () => {
    provider.visitor.declines = true;
    await byBrowser(lobby.url);
    expect(fault()).toEqual({ why: 'denied', host: new URL(provider.issuer).host });
    expect(page.text).toContain('You are not signed in');
  });

  it('is not taken from another issuer, or with the nonce of another sign-in', async () => {
    browse = openChanged((parameters) => parameters.set('iss', 'https://evil.example'));
    await byBrowser(lobby.url);
    expect(fault()).toMatchObject({ why: 'provider', provider: { fault: 'not-trusted' } });
    browse = (address) => {
      const changed = new URL(address);
      changed.searchParams.set('nonce', 'another-nonce-of-somebody');
      return open(changed.href);
    };
    await byBrowser(lobby.url);
    expect(fault()).toMatchObject({ why: 'provider', provider: { fault: 'not-trusted' } });
    expect(keychain.size).toBe(0);
  });

  it('is not taken with the code of somebody else’s sign-in', async () => {
    let other = '';
    browse = async (address) => {
      const back = await new PlayedBrowser().go(address, (next) => next.includes('/callback?'));
      other = new URL(back.address).searchParams.get('code') ?? '';
      signIn.cancel();
    };
    await byBrowser(lobby.url);
    expect(other).not.toBe('');
    browse = openChanged((parameters) => parameters.set('code', other));
    await byBrowser(lobby.url);
    expect(fault()).toMatchObject({ provider: { fault: 'refused', detail: 'invalid_grant' } });
    expect(keychain.size).toBe(0);
  });

  it('goes on waiting when something else comes back, until its time is up', async () => {
    browse = openChanged((parameters) => parameters.set('state', 'guessed'));
    await byBrowser(lobby.url);
    expect(fault()).toEqual({ why: 'timeout', minutes: 3 });
    expect(page).toMatchObject({
      status: 400,
      text: expect.stringContaining('does not belong to the sign-in') as string,
    });
  });

  it('that is cancelled leaves nothing behind, and nobody listening', async () => {
    let back = '';
    browse = (address) => {
      back = new URL(address).searchParams.get('redirect_uri') ?? '';
      signIn.cancel();
      return Promise.resolve();
    };
    await byBrowser(lobby.url);
    expect(signIn.state.progress).toEqual({ step: 'none' });
    await expect(fetch(back)).rejects.toThrow();
  });

  it('that is cancelled before the provider has answered opens no browser', async () => {
    let visits = 0;
    browse = () => Promise.resolve((visits += 1));
    const signingIn = signIn.byBrowser(lobby.url);
    signIn.cancel();
    await signingIn;
    expect([visits, signIn.state.progress.step]).toEqual([0, 'none']);
  });

  it('with no browser to be had says so', async () => {
    newRun();
    const parts = { client: new LobbyClient(fetch), access, onChange: () => undefined };
    signIn = new SignIn({
      ...parts,
      openId: () => Promise.resolve(new OpenId(fetch, () => Date.now())),
      openBrowser: () => Promise.reject(new Error('none')),
    });
    await byBrowser(lobby.url);
    expect(fault()).toEqual({ why: 'no-browser' });
  });
});

describe('by name and password', () => {
  const ana = { user: 'ana', password: 'ana-secret' };

  it('opens the lobby, and is remembered if the user wants it', async () => {
    await signIn.byPassword(lobby.url, { ...ana, remember: true });
    expect(signIn.state).toMatchObject({
      account: { by: 'password', name: 'ana' },
      progress: { step: 'none' },
    });
    newRun();
    expect(await listed()).toMatchObject({ ok: true });
  });

  it('is kept until the app quits where the keychain does not take it, and that is said', async () => {
    full = true;
    await signIn.byPassword(lobby.url, { ...ana, remember: true });
    expect(signIn.state).toMatchObject({
      account: { by: 'password', name: 'ana' },
      progress: { step: 'held', fault: 'failed' },
    });
    expect(await listed()).toMatchObject({ ok: true });
    await signIn.byPassword(lobby.url, { ...ana, remember: false });
    expect(signIn.state.progress).toEqual({ step: 'none' });
  });

  it('is kept until the app quits otherwise', async () => {
    keychain.set(lobby.url, 'parley_before');
    newRun();
    await signIn.byPassword(lobby.url, { ...ana, remember: false });
    expect(await listed()).toMatchObject({ ok: true });
    expect(keychain.size).toBe(0);
    newRun();
    expect(await listed()).toMatchObject({ failure: { code: 'lobby-unauthorized', tokenSent: false } });
  });

  it('that is wrong is said, and kept nowhere', async () => {
    await signIn.byPassword(lobby.url, { ...ana, password: 'wrong', remember: true });
    expect(fault()).toEqual({ why: 'password', host: new URL(lobby.url).host });
    expect(keychain.size).toBe(0);
  });

  it('that was good once is named when the lobby takes it no more', async () => {
    const kept = JSON.stringify({ kind: 'ldap', user: 'bob', password: 'of-last-year' });
    keychain.set(lobby.url, kept);
    newRun();
    expect(await listed()).toMatchObject({ failure: { code: 'sign-in-needed', why: 'password' } });
  });
});

it('a lobby that takes access tokens gets these, renewed like the others', async () => {
  const other = await startLobby({
    jitsiUrl: 'https://meet.example.com',
    env: {
      LOBBY_AUTH: 'oidc',
      LOBBY_OIDC_ISSUER: provider.issuer,
      LOBBY_OIDC_AUDIENCE: API,
      LOBBY_OIDC_CLIENT_ID: APP_CLIENT_ID,
    },
  });
  try {
    await byBrowser(other.url);
    expect(signIn.state.account).toEqual({ by: 'browser', name: 'Ana Maria', expired: false });
    newRun();
    const client = new LobbyClient(fetch);
    const { signal } = new AbortController();
    const ask = () => access.ask(other.url, (proof) => client.deployments(other.url, proof, signal));
    expect(await ask()).toMatchObject({ ok: true });
  } finally {
    await other.stop();
  }
});

it('a provider that is away is named: when signing in, and when a sign-in is to be renewed', async () => {
  const gone = await startProvider({ people });
  const other = await startLobby({
    jitsiUrl: 'https://meet.example.com',
    env: { LOBBY_AUTH: 'oidc', LOBBY_OIDC_ISSUER: gone.issuer, LOBBY_OIDC_AUDIENCE: APP_CLIENT_ID },
  });
  try {
    await byBrowser(other.url);
    expect(signIn.state.account.by).toBe('browser');
    await gone.stop();
    newRun();
    const { host } = new URL(gone.issuer);
    const provider = {
      fault: 'unreachable',
      host,
      network: expect.stringMatching(/refused|reset/) as string,
    };
    const client = new LobbyClient(fetch);
    const { signal } = new AbortController();
    const ask = () => access.ask(other.url, (proof) => client.deployments(other.url, proof, signal));
    expect(await ask()).toEqual({ ok: false, failure: { code: 'provider-failed', provider } });
    await byBrowser(other.url);
    expect(fault()).toEqual({ why: 'provider', provider });
    await signIn.signOut(other.url);
    expect(signIn.state.progress).toEqual({ step: 'signed-out', revoked: false });
    const needed = { failure: { code: 'sign-in-needed', why: 'never' } };
    expect(await ask()).toMatchObject(needed);
  } finally {
    await other.stop();
  }
});
