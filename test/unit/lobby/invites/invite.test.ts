import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { issueInvite, readInvite } from '../../../../lobby/invites/invite';
import { Statements } from '../../../../lobby/keys/statements';
import { issueRoomToken } from '../../../../lobby/tokens/roomToken';
import { judgeLogin } from '../../../support/jitsi/tokenRules';
import { deployment, newIssuer, oneKey, partsOf, room } from '../tokens';

const issuer = newIssuer();
const now = new Date('2026-03-01T12:00:00Z');
const day = 24 * 3600;
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

const times = { opensAt: undefined, expiresAt: later(day) };

describe('an invite', () => {
  it('leads back to its room until it expires', async () => {
    const { token, jti } = issueInvite(issuer, room, 'eu', times, now);
    const read = { ok: true, invite: { room, deployment: 'eu', jti } };
    expect(await readInvite(issuer, token, now)).toEqual(read);
    expect(await readInvite(issuer, token, later(day - 1))).toEqual(read);
    expect(await readInvite(issuer, token, later(day))).toEqual({ ok: false, code: 'expired' });
  });

  it('has nothing that Prosody reads in a room token', () => {
    const { token } = issueInvite(issuer, room, 'eu', times, now);
    const [header, claims] = partsOf(token);
    expect(header).toEqual({ alg: 'HS256', typ: 'parley-invite+jwt' });
    expect(Object.keys(claims).sort()).toEqual(
      ['aud', 'exp', 'iat', 'iss', 'jti', 'parley-deployment', 'parley-room'].sort(),
    );
    expect(claims).toMatchObject({ iss: 'parley-invite', aud: 'CodeWithMe-invite' });
  });

  it('is refused by Prosody', async () => {
    const { token } = issueInvite(issuer, room, 'eu', times, now);
    const rules = {
      appId: 'CodeWithMe',
      xmppDomain: 'meet.jitsi',
      tokenRequired: true,
      keys: oneKey('CWMKey', issuer.key.publicKey),
      now: () => now.getTime(),
    };
    expect(await judgeLogin(token, rules)).toMatchObject({ kind: 'refused' });
  });

  it('is not made by a room token', async () => {
    const user = { id: '0123456789abcdef', name: 'Ada', moderator: true };
    const { token } = await issueRoomToken(issuer, deployment, room, user, now);
    expect(await readInvite(issuer, token, now)).toEqual({ ok: false, code: 'invalid' });
  });

  it('is not taken with another key, another kind, another audience or changed', async () => {
    const { token } = issueInvite(issuer, room, 'eu', times, now);
    const [header = '', , signature = ''] = token.split('.');
    const other = { ...partsOf(token)[1], 'parley-room': 'another-room' };
    const changed = [header, Buffer.from(JSON.stringify(other)).toString('base64url'), signature].join('.');
    const unsigned = `${Buffer.from('{"alg":"none","typ":"parley-invite+jwt"}').toString('base64url')}.${token.split('.')[1] ?? ''}.`;
    const foreign = issueInvite(newIssuer(), room, 'eu', times, now);
    const elsewhere = issueInvite(
      { ...issuer, statements: new Statements('Other', () => [issuer.key.statementSecret]) },
      room,
      'eu',
      times,
      now,
    );
    for (const bad of [changed, unsigned, foreign.token, elsewhere.token, '', 'a.b.c', 'x']) {
      expect(await readInvite(issuer, bad, now)).toEqual({ ok: false, code: 'invalid' });
    }
  });

  it('is not taken when a claim is missing or the kind is another, though the signature is ours', async () => {
    const signed = (typ: string, claims: Record<string, unknown>) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ }).sign(issuer.key.statementSecret);
    const [, good] = partsOf(issueInvite(issuer, room, 'eu', times, now).token);
    expect((await readInvite(issuer, await signed('parley-invite+jwt', good), now)).ok).toBe(true);
    expect((await readInvite(issuer, await signed('JWT', good), now)).ok).toBe(false);
    for (const name of Object.keys(good).filter((claim) => claim !== 'iat')) {
      const rest = Object.fromEntries(Object.entries(good).filter(([claim]) => claim !== name));
      const read = await readInvite(issuer, await signed('parley-invite+jwt', rest), now);
      expect([name, read]).toEqual([name, { ok: false, code: 'invalid' }]);
    }
  });

  it('says when it opens, and leads nowhere before', async () => {
    const opensAt = later(600);
    const { token } = issueInvite(issuer, room, 'eu', { ...times, opensAt }, now);
    const early = { ok: false, code: 'not-yet-open', opensAt };
    expect(await readInvite(issuer, token, now)).toEqual(early);
    expect(await readInvite(issuer, token, later(599))).toEqual(early);
    expect(await readInvite(issuer, token, opensAt)).toMatchObject({ ok: true, invite: { room } });
    expect(await readInvite(issuer, token, later(day))).toEqual({ ok: false, code: 'expired' });
  });

  it('is not called expired when it is not one of ours', async () => {
    const { token } = issueInvite(newIssuer(), room, 'eu', times, now);
    expect(await readInvite(issuer, token, later(day + 1))).toEqual({ ok: false, code: 'invalid' });
  });
});
