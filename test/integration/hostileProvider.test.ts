/** An OpenID provider that means no good, before the app: no answer of its hangs, fills, misleads or breaks anything. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { UnsecuredJWT, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ANSWER_MAX_BYTES } from '../../main/call/httpJson';
import { OpenId, type OidcWay } from '../../main/signIn/openId';
import {
  drip,
  flood,
  type PlayedProvider,
  type ProviderPlace,
  redirectTo,
  sendJson,
  startPlayedProvider,
} from '../support/playedProvider';

const CLIENT = 'parley-app';
const SUBJECT = 'sub-1';
const PLACES: readonly ProviderPlace[] = ['discovery', 'keys', 'token'];
/** To be waited for; by default it is ten seconds. */
const SHORT_MS = 1_500;

let provider: PlayedProvider;
beforeAll(async () => {
  provider = await startPlayedProvider(CLIENT, SUBJECT);
});
afterEach(() => {
  for (const place of PLACES) provider.play(place);
});
afterAll(() => provider.stop());

const openId = (timeoutMs?: number) => new OpenId(fetch, () => Date.now(), timeoutMs);
const login = () => ({
  ...({ kind: 'oidc', issuer: provider.issuer, clientId: CLIENT, use: 'id_token' } as const),
  ...{ subject: SUBJECT, name: 'Ana', refreshToken: 'refresh' },
});
const way = (): OidcWay => ({
  ...{ kind: 'oidc', issuer: provider.issuer, clientId: CLIENT, use: 'id_token' },
  scopes: ['openid'],
});
const renew = (timeoutMs?: number) => openId(timeoutMs).refresh(login());
const host = () => new URL(provider.issuer).host;

it.each([900, -900])('a clock that is %i s off the provider’s is no hindrance', async (ahead) => {
  provider.ahead = ahead;
  const result = await renew();
  provider.ahead = 0;
  expect(result).toMatchObject({ ok: true });
  // How long, not until when.
  const lasts = result.ok ? (result.value.session.expiresAt ?? 0) - Date.now() : 0;
  expect(Math.abs(lasts - 600_000)).toBeLessThan(60_000);
});

it('a good answer is taken: what follows differs in one place alone', async () => {
  expect(await renew()).toMatchObject({ ok: true, value: { login: { refreshToken: 'next' } } });
});

describe.each(PLACES)('at %s, an answer', (place) => {
  it('without end is cut off', async () => {
    const { how, sent, cut } = flood();
    provider.play(place, how);
    expect(await renew()).toEqual({
      ok: false,
      fault: { fault: 'broken', host: host(), detail: expect.stringContaining('longer') as string },
    });
    await cut;
    // What the system's buffers took is over.
    expect(sent()).toBeLessThan(ANSWER_MAX_BYTES + 16_000_000);
  });

  it('that drips is waited for no longer than any other', async () => {
    provider.play(place, drip);
    expect(await renew(SHORT_MS)).toMatchObject({ ok: false, fault: { fault: 'unreachable', host: host() } });
  });

  it.each([301, 302, 303, 307, 308])('that sends elsewhere by %i is followed nowhere', async (status) => {
    let visits = 0;
    const elsewhere = createServer((_request, response) => {
      visits += 1;
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const { port } = elsewhere.address() as AddressInfo;
    provider.play(place, redirectTo(`http://127.0.0.1:${port}/`, status));
    expect(await renew()).toMatchObject({ ok: false, fault: { fault: 'not-trusted', host: host() } });
    elsewhere.close();
    expect(visits).toBe(0);
  });

  it('of any other type is a fault that can be told', async () => {
    const good = await provider.good(place);
    const names = Object.keys(good);
    const oneWrong = fc
      .tuple(fc.constantFrom(...names), fc.jsonValue())
      .map(([name, value]) => ({ ...good, [name]: value }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), oneWrong), async (body) => {
        provider.play(place, sendJson(body));
        const result = await renew();
        if (result.ok) expect(result.value.login.subject).toBe(SUBJECT);
        else expect(result.fault).toMatchObject({ fault: expect.any(String) as string, host: host() });
      }),
      { numRuns: 60 },
    );
  });
});

describe('a configuration', () => {
  const configured = async (changes: Record<string, unknown>) =>
    provider.play('discovery', sendJson({ ...(await provider.good('discovery')), ...changes }));

  it.each([
    ['token_endpoint', 'http://198.51.100.1/token'],
    ['token_endpoint', 'file:///etc/passwd'],
    ['jwks_uri', 'http://198.51.100.1/keys'],
  ])('whose %s is %s has nothing sent there', async (name, address) => {
    await configured({ [name]: address });
    const sent: string[] = [];
    const watched = new OpenId(
      (url, init) => (sent.push(url), fetch(url, init)),
      () => Date.now(),
    );
    expect(await watched.refresh(login())).toMatchObject({ ok: false, fault: { fault: 'not-trusted' } });
    expect(sent.filter((url) => !url.startsWith(provider.issuer))).toEqual([]);
  });

  it.each(['http://198.51.100.1/auth', 'file:///etc/passwd', 'javascript:alert(1)', 'not an address'])(
    'whose sign-in page is %s opens no browser',
    async (address) => {
      await configured({ authorization_endpoint: address });
      expect(await openId().authorization(way())).toMatchObject({
        ok: false,
        fault: { fault: 'not-trusted' },
      });
    },
  );

  it('of an issuer without protection is not asked for', async () => {
    const sent: string[] = [];
    const watched = new OpenId(
      (url, init) => (sent.push(url), fetch(url, init)),
      () => Date.now(),
    );
    for (const issuer of ['http://198.51.100.1', 'file:///etc', 'nowhere']) {
      expect(await watched.refresh({ ...login(), issuer })).toMatchObject({
        ok: false,
        fault: { fault: 'not-trusted' },
      });
    }
    expect(sent).toEqual([]);
  });

  it('of another issuer is not taken', async () => {
    await configured({ issuer: 'https://other.example' });
    expect(await renew()).toMatchObject({ ok: false, fault: { fault: 'not-trusted' } });
  });
});

describe('an ID token', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const claims = () => ({ iss: provider.issuer, aud: CLIENT, sub: SUBJECT, iat: now(), exp: now() + 600 });
  type Claims = ReturnType<typeof claims>;
  const answerWith = async (token: string) =>
    provider.play('token', sendJson({ ...(await provider.good('token')), id_token: token }));

  /** A renewal that brings such a token. */
  async function renewed(make: (claims: Claims) => Promise<string> | string) {
    await answerWith(await make(claims()));
    return renew();
  }
  /** A first sign-in that does; its nonce is in the token. */
  async function signedIn(make: (claims: Claims) => Promise<string> | string) {
    const begun = await openId().authorization(way());
    if (!begun.ok) throw new Error('the sign-in could not begin');
    const back = 'http://127.0.0.1:1/callback';
    const { value: authorization } = begun;
    const nonce = new URL(authorization.address(back)).searchParams.get('nonce') ?? '';
    await answerWith(await make(Object.assign(claims(), { nonce })));
    return authorization.finish(new URL(`${back}?code=c&state=${authorization.state}`), back);
  }

  it('that is good is taken', async () => {
    expect(await renewed((good) => provider.sign(good))).toMatchObject({ ok: true });
    expect(await signedIn((good) => provider.sign(good))).toMatchObject({
      ok: true,
      value: { login: { subject: SUBJECT } },
    });
  });

  describe.each([
    ['at a renewal', renewed],
    ['at the first sign-in', signedIn],
  ])('%s', (_when, bringing) => {
    it.each<[string, (good: Claims) => Promise<string> | string]>([
      ['for another client', (good) => provider.sign({ ...good, aud: 'other' })],
      ['of another issuer', (good) => provider.sign({ ...good, iss: 'https://other.example' })],
      ['of an hour ago', (good) => provider.sign({ ...good, iat: now() - 7200, exp: now() - 3600 })],
      ['that nobody has signed', (good) => new UnsecuredJWT(good).encode()],
      [
        'signed with a secret',
        (good) => new SignJWT(good).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32)),
      ],
      ['signed with a key that it does not publish', (good) => provider.sign(good, { kid: 'other' })],
      ['changed after it was signed', async (good) => `${(await provider.sign(good)).slice(0, -8)}AAAAAAAA`],
    ])('%s is not taken', async (_what, make) => {
      expect(await bringing(make)).toMatchObject({ ok: false, fault: { host: host() } });
    });
  });

  it('of another person renews nothing', async () => {
    expect(await renewed((good) => provider.sign({ ...good, sub: 'sub-2' }))).toMatchObject({ ok: false });
  });

  it('that comes back with the state of another sign-in is not fetched', async () => {
    const begun = await openId().authorization(way());
    provider.asked.length = 0;
    const back = 'http://127.0.0.1:1/callback';
    const finished = begun.ok && (await begun.value.finish(new URL(`${back}?code=c&state=another`), back));
    expect(finished).toMatchObject({ ok: false, fault: { fault: 'not-trusted' } });
    expect(provider.asked).toEqual([]);
  });

  it('with the nonce of another sign-in is not taken', async () => {
    const stolen = await signedIn((good) => provider.sign({ ...good, nonce: 'another' }));
    expect(stolen).toMatchObject({ ok: false, fault: { fault: 'not-trusted' } });
  });
});
