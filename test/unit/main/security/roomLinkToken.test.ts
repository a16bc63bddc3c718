/** What `checkRoomLink` makes of tokens, with real keys. */
import { constants, createHmac, KeyObject, sign } from 'node:crypto';
import { exportSPKI } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  claims,
  expectation,
  grantFor,
  KID,
  type Lobby,
  newLobby,
  seconds,
  signToken,
  verdict,
} from './roomGrants';

let lobby: Lobby;
let stranger: Lobby;
beforeAll(async () => {
  [lobby, stranger] = await Promise.all([newLobby(), newLobby()]);
});

const judge = (token: string, keySet: unknown = lobby.keySet) =>
  verdict(grantFor(token), expectation(lobby, { keySet }));

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token', () => {
  it("is good when the lobby's key signed it for the room", async () => {
    expect(await judge(await signToken(lobby))).toBe('good: 7a1c');
    expect(await judge(await signToken(lobby, { jti: undefined, nbf: undefined }))).toBe('good: no jti');
  });

  it('is good when the key is one of several', async () => {
    const another = await newLobby('another');
    expect(await judge(await signToken(lobby), { keys: [another.jwk, lobby.jwk] })).toBe('good: 7a1c');
  });

  it.each([
    ['for another room', { room: 'other-room' }, 'room: other-room'],
    ['for every room', { room: '*' }, 'room: *'],
    ['for the room in capitals', { room: 'Brisk-Otter' }, 'room: Brisk-Otter'],
    ['for no room', { room: undefined }, 'malformed: room'],
    ['for a room that is a list', { room: ['brisk-otter'] }, 'room: brisk-otter'],
    ['that ended this second', { exp: seconds }, 'expired: 2026-03-01T12:00:00.000Z'],
    ['that ended an hour ago', { exp: seconds - 3600 }, 'expired: 2026-03-01T11:00:00.000Z'],
    ['that never ends', { exp: undefined }, 'malformed: exp'],
    ['that ends in words', { exp: 'never' }, 'malformed: exp'],
    ['that begins in a second', { nbf: seconds + 1 }, 'not-yet-valid: 2026-03-01T12:00:01.000Z'],
    ['without subject', { sub: undefined }, 'malformed: sub'],
    ['without issuer', { iss: undefined }, 'malformed: iss'],
    ['without audience', { aud: undefined }, 'malformed: aud'],
  ])('%s is refused', async (_what, changes, refusal) => {
    expect(await judge(await signToken(lobby, changes))).toBe(refusal);
  });

  it('that ends in a second is still good', async () => {
    expect(await judge(await signToken(lobby, { exp: seconds + 1, nbf: seconds }))).toBe('good: 7a1c');
  });

  it.each([
    ['without typ', { typ: undefined }],
    ['of another kind, such as an invite', { typ: 'parley-invite+jwt' }],
  ])('%s is refused', async (_what, header) => {
    expect(await judge(await signToken(lobby, {}, header as Record<string, string>))).toBe('malformed: typ');
  });

  it('signed by a stranger with the same key id is refused', async () => {
    expect(await judge(await signToken(stranger))).toMatch(/^signature: /);
  });

  it('of a key id that the lobby does not publish is refused', async () => {
    expect(await judge(await signToken(lobby, {}, { kid: 'unknown' }))).toMatch(/^signature: /);
  });

  it('of one key id that stands for two keys is refused', async () => {
    const keys = [stranger.jwk, lobby.jwk];
    expect(await judge(await signToken(lobby), { keys })).toMatch(/^signature: /);
  });

  it.each([
    ['RS512', 'sha512', {}],
    ['PS256', 'sha256', { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }],
  ])('signed with %s is refused, though the signature is good', async (alg, hash, padding) => {
    const input = `${part({ alg, typ: 'JWT', kid: KID })}.${part(claims)}`;
    const key = { key: KeyObject.from(lobby.privateKey), ...padding };
    const signature = sign(hash, Buffer.from(input), key).toString('base64url');
    const forAnyAlgorithm = { ...lobby.jwk, alg: undefined };
    expect(await judge(`${input}.${signature}`, { keys: [forAnyAlgorithm] })).toMatch(/^signature: /);
    expect(await judge(await signToken(lobby), { keys: [forAnyAlgorithm] })).toBe('good: 7a1c');
  });

  it('that says it needs no signature is refused', async () => {
    const unsigned = `${part({ alg: 'none', typ: 'JWT', kid: KID })}.${part(claims)}`;
    expect(await judge(`${unsigned}.`)).toMatch(/^(signature|malformed): /);
    expect(await judge(`${unsigned}.AAAA`)).toMatch(/^signature: /);
  });

  it('signed HS256 with the public key as the secret is refused', async () => {
    const input = `${part({ alg: 'HS256', typ: 'JWT', kid: KID })}.${part(claims)}`;
    const secret = await exportSPKI(lobby.publicKey);
    const signature = createHmac('sha256', secret).update(input).digest('base64url');
    expect(await judge(`${input}.${signature}`)).toMatch(/^signature: /);
  });

  it('whose claims were changed after signing is refused', async () => {
    const [header, , signature] = (await signToken(lobby)).split('.');
    const later = part({ ...claims, exp: seconds + 1_000_000 });
    expect(await judge([header, later, signature].join('.'))).toMatch(/^signature: /);
  });

  it.each(['a.b.c', '..', 'x'])('%j is refused', async (token) => {
    expect(await judge(token)).toMatch(/^malformed: /);
  });
});

describe('the published keys', () => {
  it.each([
    ['could not be had', undefined],
    ['are none', { keys: [] }],
    ['are a web page', 'html'],
    ['have no kind', { keys: [{ kid: KID }] }],
  ])('%s: no link is trusted', async (_what, keySet) => {
    const grant = grantFor(await signToken(lobby));
    expect(await verdict(grant, expectation(lobby, { keySet }))).toBe('keys-unavailable: ');
    expect(await verdict(grant, { ...expectation(lobby), keySet })).toBe('keys-unavailable: ');
  });

  it('hold only a key of another kind: no link is trusted', async () => {
    const keys = [{ kty: 'oct', kid: KID, k: 'AAAA', alg: 'HS256' }];
    expect(await judge(await signToken(lobby), { keys })).toMatch(/^signature: /);
  });

  it('hold a broken key: no link is trusted', async () => {
    const keys = [{ kty: 'RSA', kid: KID, alg: 'RS256' }];
    expect(await judge(await signToken(lobby), { keys })).toMatch(/^malformed: /);
  });
});
