import { createSecretKey } from 'node:crypto';
import { jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { type TokenIssuer, issueRoomToken } from '../../../../lobby/tokens/roomToken';
import { fitsRoom, judgeLogin } from '../../../support/jitsi/tokenRules';
import { deployment, newIssuer, oneKey, partsOf, room } from '../tokens';

const issuer = newIssuer();
const user = { id: '0123456789abcdef', name: 'Ada Ł', moderator: true };
const now = new Date('2026-03-01T12:00:00.700Z');
const seconds = Math.floor(now.getTime() / 1000);

it('has exactly the header and claims that Prosody wants', async () => {
  const { token, jti, expiresAt } = await issueRoomToken(issuer, deployment, room, user, now);
  const [header, claims] = partsOf(token);
  expect(header).toEqual({ alg: 'RS256', kid: 'CWMKey', typ: 'JWT' });
  expect(claims).toEqual({
    iss: 'CodeWithMe',
    aud: 'CodeWithMe',
    sub: 'meet.jitsi',
    room: 'brisk-otter-maple-quill',
    iat: seconds,
    nbf: seconds - 60,
    exp: seconds + 600,
    jti,
    context: { user: { ...user, affiliation: 'owner' } },
  });
  expect(jti).toMatch(/^[0-9a-f-]{36}$/);
  expect(expiresAt.toISOString()).toBe('2026-03-01T12:10:00.000Z');
});

it('is let in by Prosody until it ends, also when its clock is behind', async () => {
  const { token } = await issueRoomToken(issuer, deployment, room, user, now);
  const judged = (at: number) =>
    judgeLogin(token, {
      appId: 'CodeWithMe',
      xmppDomain: 'meet.jitsi',
      tokenRequired: true,
      keys: oneKey('CWMKey', issuer.key.publicKey),
      now: () => at * 1000,
    });
  expect(await judged(seconds - 60)).toMatchObject({ kind: 'let-in', claims: { displayName: 'Ada Ł' } });
  expect(await judged(seconds + 599)).toMatchObject({ kind: 'let-in' });
  expect(await judged(seconds + 600)).toMatchObject({ kind: 'refused' });
  expect(await judged(seconds - 61)).toMatchObject({ kind: 'refused' });
});

it('opens one room of one domain', async () => {
  const { token } = await issueRoomToken(issuer, deployment, room, user, now);
  const rules = {
    appId: 'CodeWithMe',
    xmppDomain: 'meet.jitsi',
    tokenRequired: true,
    keys: oneKey('CWMKey', issuer.key.publicKey),
    now: () => now.getTime(),
  };
  const verdict = await judgeLogin(token, rules);
  const claims = verdict.kind === 'let-in' ? verdict.claims : undefined;
  expect(fitsRoom(claims, room, rules)).toBe(true);
  expect(fitsRoom(claims, 'another-room', rules)).toBe(false);
  expect(fitsRoom(claims, room, { ...rules, xmppDomain: 'other.jitsi' })).toBe(false);
});

it('opens one room of one tenant', async () => {
  const { token } = await issueRoomToken(issuer, { ...deployment, tenant: 'acme' }, room, user, now);
  expect(partsOf(token)[1]).toMatchObject({ room, sub: 'acme' });
});

it('is never the same twice', async () => {
  const [one, two] = await Promise.all([
    issueRoomToken(issuer, deployment, room, user, now),
    issueRoomToken(issuer, deployment, room, user, now),
  ]);
  expect(one.jti).not.toBe(two.jti);
});

describe('what a room learns', () => {
  const person = { ...user, email: 'ada@example.com', avatar: 'https://example.com/ada.png' };
  const contextFor = async (claims: TokenIssuer['claims'], moderator: boolean) => {
    const { token } = await issueRoomToken(
      { ...issuer, claims },
      deployment,
      room,
      { ...person, moderator },
      now,
    );
    return partsOf(token)[1]['context'];
  };

  it('is of a person what is allowed', async () => {
    const guest = { id: user.id, moderator: false, affiliation: 'member' };
    const shown = async (...names: ('name' | 'email' | 'avatar')[]) =>
      contextFor({ user: new Set(names), features: undefined }, false);
    expect(await shown('name')).toEqual({ user: { ...guest, name: 'Ada Ł' } });
    expect(await shown('email', 'avatar')).toEqual({
      user: { ...guest, email: 'ada@example.com', avatar: 'https://example.com/ada.png' },
    });
  });

  it('is of features those that are set; to who is no moderator all are denied but what everybody needs', async () => {
    const configured = ['recording', 'lobby', 'screen-sharing'];
    const claims = { user: new Set(['name'] as const), features: configured };
    expect(await contextFor(claims, true)).toHaveProperty('features', {
      recording: true,
      lobby: true,
      'screen-sharing': true,
    });
    const { features } = (await contextFor(claims, false)) as { features: Record<string, boolean> };
    expect(Object.keys(features)).toHaveLength(20);
    expect(Object.entries(features).filter(([, granted]) => granted)).toEqual([['screen-sharing', true]]);
  });

  it('is nothing of features where none are set', async () => {
    const claims = { user: new Set(['name'] as const), features: undefined };
    for (const moderator of [true, false])
      expect(await contextFor(claims, moderator)).not.toHaveProperty('features');
  });
});

it('is signed with the secret of a deployment that has one', async () => {
  const secret = createSecretKey(Buffer.from('s'.repeat(32)));
  const { token } = await issueRoomToken(issuer, { ...deployment, appId: 'hmac', secret }, room, user, now);
  const { payload, protectedHeader } = await jwtVerify(token, secret, { currentDate: now });
  expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT' });
  expect(payload).toMatchObject({ iss: 'hmac', aud: 'hmac', sub: 'meet.jitsi', room });
});
