/** What `checkRoomLink` makes of tokens that are signed with a secret (HS256), which only Prosody can check. */
import { createSecretKey } from 'node:crypto';
import { type JWTHeaderParameters, SignJWT } from 'jose';
import { beforeAll, expect, it } from 'vitest';
import {
  claims,
  deploymentUrl,
  expectation,
  grantFor,
  type Lobby,
  newLobby,
  signToken,
  verdict,
} from './roomGrants';

const secret = createSecretKey(Buffer.from('correct-horse-battery-staple-0123'));
const signed = (changes: Record<string, unknown> = {}, header: Partial<JWTHeaderParameters> = {}) =>
  new SignJWT({ ...claims, ...changes })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', ...header })
    .sign(secret);
let lobby: Lobby;
beforeAll(async () => {
  lobby = await newLobby();
});
const judged = async (token: string, keySet: unknown) =>
  verdict(grantFor(token), expectation(lobby, { keySet }));
const announced = { keys: [], parley_hs256: [`${deploymentUrl}/`] };

it('is good where the lobby publishes that the deployment has them', async () => {
  expect(await judged(await signed(), announced)).toBe('good: 7a1c');
  expect(await judged(await signed(), { ...lobby.keySet, ...announced, keys: lobby.keySet.keys })).toBe(
    'good: 7a1c',
  );
});

it('is never good for a deployment of which that is not published', async () => {
  for (const parley_hs256 of [
    undefined,
    [],
    ['https://other.example.com'],
    ['https://meet.example.com.evil.example'],
  ]) {
    expect(await judged(await signed(), { ...lobby.keySet, parley_hs256 })).toMatch(/^signature: /);
    expect(await judged(await signed(), { keys: [], parley_hs256 })).toBe('keys-unavailable: ');
  }
  expect(await judged(await signed(), { ...lobby.keySet, parley_hs256: deploymentUrl })).toBe(
    'keys-unavailable: ',
  );
});

it.each<[string, Record<string, unknown>, Partial<JWTHeaderParameters>, RegExp]>([
  ['expired', { exp: 1 }, {}, /^expired: /],
  ['not yet valid', { nbf: claims.exp }, {}, /^not-yet-valid: /],
  ['of another room', { room: 'other-room' }, {}, /^room: other-room/],
  ['without an end', { exp: undefined }, {}, /^malformed: exp/],
  ['without a domain', { sub: undefined }, {}, /^malformed: sub/],
  ['of another kind', {}, { typ: 'parley-invite+jwt' }, /^malformed: typ/],
])('is not good when it is %s', async (_what, changes, header, why) => {
  expect(await judged(await signed(changes, header), announced)).toMatch(why);
});

it('is the only kind that is good there', async () => {
  expect(await judged(await signToken(lobby), { ...lobby.keySet, ...announced })).toMatch(/^signature: /);
});
