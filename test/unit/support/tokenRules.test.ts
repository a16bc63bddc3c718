import { createHmac, createPublicKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fitsRoom, judgeLogin, type TokenRules } from '../../support/jitsi/tokenRules';
import { TokenIssuer } from '../../support/jitsi/tokenIssuer';

const ROOM = 'brisk-otter';
const issuer = new TokenIssuer();
const another = new TokenIssuer();
const now = Math.floor(Date.now() / 1000);
const key = createPublicKey(issuer.publicPem);

const rules: TokenRules = {
  appId: 'CodeWithMe',
  xmppDomain: '127.0.0.1',
  tokenRequired: true,
  keys: { publicKey: (kid) => Promise.resolve(kid === issuer.kid ? key : undefined) },
  now: () => now * 1000,
};

/** The message of a refusal, or what else became of the login. */
async function outcome(token: string | undefined, changes: Partial<TokenRules> = {}): Promise<string> {
  const verdict = await judgeLogin(token, { ...rules, ...changes });
  return verdict.kind === 'refused' ? verdict.message : verdict.kind;
}

describe('login', () => {
  test('a good token is let in, with what the session needs of it', async () => {
    expect(await judgeLogin(issuer.token(ROOM), rules)).toEqual({
      kind: 'let-in',
      claims: { room: ROOM, sub: '127.0.0.1', displayName: 'Ana' },
    });
  });

  test.each([
    ['a header without typ', { header: { typ: undefined } }, 'Invalid typ'],
    ['another case of typ', { header: { typ: 'jwt' } }, 'Invalid typ'],
    ['alg none', { header: { alg: 'none' }, signed: () => Buffer.from('x') }, 'Invalid or incorrect alg'],
    ['alg none, unsigned', { header: { alg: 'none' }, signed: () => Buffer.alloc(0) }, 'Invalid token'],
    ['alg RS512', { header: { alg: 'RS512' } }, 'Invalid or incorrect alg'],
    [
      'HS256 signed with the public key',
      {
        header: { alg: 'HS256' },
        signed: (input: string) => createHmac('sha256', issuer.publicPem).update(input).digest(),
      },
      'Invalid or incorrect alg',
    ],
    ['another key', { signed: (input: string) => another.sign(input) }, 'Invalid signature'],
    ['no kid', { header: { kid: undefined } }, "'kid' claim is missing"],
    ['an unknown kid', { header: { kid: 'other' } }, 'could not obtain public key'],
    ['an end 63 s ago', { claims: { exp: now - 63 } }, 'Not acceptable by exp (63.0 sec since expired)'],
    ['an end just now', { claims: { exp: now } }, 'Not acceptable by exp (0.0 sec since expired)'],
    ['no end', { claims: { exp: undefined } }, "'exp' claim is missing"],
    ['an end in words', { claims: { exp: 'never' } }, 'exp must be number'],
    ['a beginning one second ahead', { claims: { nbf: now + 1 } }, 'Not acceptable by nbf'],
    ['a beginning in words', { claims: { nbf: 'now' } }, 'nbf must be number'],
    ['no issuer', { claims: { iss: undefined } }, "'iss' claim is missing"],
    ['another issuer', { claims: { iss: 'other' } }, "invalid 'iss' claim"],
    ['no audience', { claims: { aud: undefined } }, "'aud' claim is missing"],
    ['another audience', { claims: { aud: 'other' } }, "invalid 'aud' claim"],
    ['no room', { claims: { room: undefined } }, 'unanswered'],
    ['no sub', { claims: { sub: undefined } }, 'unanswered'],
  ])('%s', async (_what, changes, message) => {
    expect(await outcome(issuer.token(ROOM, changes))).toBe(message);
  });

  test('a beginning of this very second is good, and none is needed', async () => {
    expect(await outcome(issuer.token(ROOM, { claims: { nbf: now } }))).toBe('let-in');
    expect(await outcome(issuer.token(ROOM, { claims: { nbf: undefined } }))).toBe('let-in');
  });

  test.each(['', 'x', '..', 'e30.e30.', `${issuer.token(ROOM)}.x`, issuer.token(ROOM).replace('.', '=.')])(
    'what is no token is refused: %#',
    async (token) => {
      expect((await judgeLogin(token, rules)).kind).toBe('refused');
    },
  );

  test('a changed payload is refused', async () => {
    const [head, , signature] = issuer.token(ROOM).split('.');
    const [, body] = issuer.token('another-room').split('.');
    expect(await outcome([head, body, signature].join('.'))).toBe('Invalid signature');
  });

  test('a missing token can be made good by the page itself; on a free deployment none is needed', async () => {
    expect(await judgeLogin(undefined, rules)).toEqual({
      kind: 'refused',
      message: 'token required',
      recoverable: true,
      clientSeesWhy: false,
    });
    expect(await outcome(undefined, { tokenRequired: false })).toBe('let-in');
  });

  test('the web client itself sees what is wrong with the times, and nothing else', async () => {
    const seen = async (token: string) => {
      const verdict = await judgeLogin(token, rules);
      return verdict.kind === 'refused' && verdict.clientSeesWhy;
    };
    expect(await seen(issuer.token(ROOM, { claims: { exp: now - 1 } }))).toBe(true);
    expect(await seen(issuer.token(ROOM, { claims: { nbf: now + 9 } }))).toBe(true);
    expect(await seen(issuer.token(ROOM, { claims: { iss: 'other' } }))).toBe(false);
  });
});

describe('at the door', () => {
  const claims = { room: ROOM, sub: '127.0.0.1' };

  test.each([
    ['the room itself', claims, true],
    ['any room', { ...claims, room: '*' }, true],
    ['any domain', { ...claims, sub: '*' }, true],
    ['another room', { ...claims, room: 'another-room' }, false],
    ['the room in capitals', { ...claims, room: 'Brisk-Otter' }, false],
    ['a room that only begins so', { ...claims, room: `${ROOM}-two` }, false],
    ['another domain', { ...claims, sub: 'meet.example.com' }, false],
  ])('a token for %s', (_what, given, fits) => {
    expect(fitsRoom(given, ROOM, rules)).toBe(fits);
  });

  test('without a token, only where none is required', () => {
    expect(fitsRoom(undefined, ROOM, rules)).toBe(false);
    expect(fitsRoom(undefined, ROOM, { ...rules, tokenRequired: false })).toBe(true);
  });
});
