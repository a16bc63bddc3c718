import { expect, it } from 'vitest';
import { issueInvite, readInvite } from '../../../../lobby/invites/invite';
import { claimsToBe } from '../../../../lobby/keys/statements';
import { issueRenewalGrant, readRenewalGrant } from '../../../../lobby/tokens/renewalGrant';
import { newIssuer, partsOf, room } from '../tokens';

const issuer = newIssuer();
const now = new Date('2026-03-01T12:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const grant = {
  room,
  deployment: 'eu',
  publicId: '0123456789abcdef',
  invite: 'a24a6ea4-ce75-4665-a070-57453082c256',
  displayName: 'Grace',
};

it('is good for twelve hours', async () => {
  const { token, expiresAt } = issueRenewalGrant(issuer, grant, now);
  expect(expiresAt).toEqual(later(12 * 3600));
  expect(await readRenewalGrant(issuer, token, later(12 * 3600 - 1))).toEqual({ ok: true, grant });
  expect(await readRenewalGrant(issuer, token, expiresAt)).toEqual({ ok: false, code: 'expired' });
});

it('has nothing that Prosody reads in a room token', () => {
  const [header, claims] = partsOf(issueRenewalGrant(issuer, grant, now).token);
  expect(header).toEqual({ alg: 'HS256', typ: 'parley-renewal+jwt' });
  expect(claims).not.toHaveProperty('room');
  expect(claims).not.toHaveProperty('sub');
});

it('and an invite are never taken for each other', async () => {
  const { token } = issueRenewalGrant(issuer, grant, now);
  const invite = issueInvite(issuer, room, 'eu', { opensAt: undefined, expiresAt: later(60) }, now).token;
  const invalid = { ok: false, code: 'invalid' };
  expect(await readInvite(issuer, token, now)).toEqual(invalid);
  expect(await readRenewalGrant(issuer, invite, now)).toEqual(invalid);
  expect([claimsToBe('renewal', token), claimsToBe('renewal', invite), claimsToBe('renewal', 'x')]).toEqual([
    true,
    false,
    false,
  ]);
});

it('is not taken by a lobby with another key', async () => {
  const { token } = issueRenewalGrant(newIssuer(), grant, now);
  expect(await readRenewalGrant(issuer, token, later(13 * 3600))).toEqual({ ok: false, code: 'invalid' });
});
