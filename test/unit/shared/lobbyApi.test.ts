import { describe, expect, it } from 'vitest';
import { DISPLAY_NAME_MAX } from '../../../shared/limits';
import {
  AcceptedInviteReply,
  CallReply,
  CallRequest,
  DeploymentsReply,
  InviteRequest,
  Problem,
} from '../../../shared/lobbyApi';

const deployment = { id: 'eu', url: 'https://meet.example.com', region: 'eu' };
const grant = {
  room: 'brisk-otter',
  url: 'https://meet.example.com/brisk-otter?jwt=a.b.c',
  token: 'a.b.c',
  expiresAt: '2026-03-01T12:10:00.000Z',
  deployment,
};
const reply = {
  ...grant,
  invite: { url: 'https://lobby.example.com/join/a.b.c', expiresAt: '2026-03-02T12:00:00Z' },
};

describe('what a lobby answers', () => {
  it('is read, and loses fields of later lobbies', () => {
    expect(CallReply.parse({ ...reply, later: 1 })).toEqual(reply);
    expect(AcceptedInviteReply.parse({ ...grant, later: 1 })).toEqual(grant);
    expect(DeploymentsReply.parse({ deployments: [{ ...deployment, later: 1 }] })).toEqual({
      deployments: [deployment],
    });
  });

  it.each<[string, object]>([
    ['a room that Prosody would not compare so', { room: 'Brisk Otter' }],
    ['a link that is no web address', { url: 'javascript:alert(1)' }],
    ['a link of another scheme', { url: 'parley-app://shell/brisk-otter' }],
    ['a link without scheme', { url: 'meet.example.com/brisk-otter' }],
    ['a token of two parts', { token: 'a.b' }],
    ['a token of four parts', { token: 'a.b.c.d' }],
    ['a token with a character that does not stand in one', { token: 'a.b.c&config.x=1' }],
    ['an unsigned token', { token: 'a.b.' }],
    ['a token without end', { token: `a.b.${'c'.repeat(16_384)}` }],
    ['an end that is no time', { expiresAt: 'soon' }],
    ['an end without zone', { expiresAt: '2026-03-01T12:10:00' }],
    ['a deployment without address', { deployment: { id: 'eu', region: 'eu' } }],
    ['a deployment of another scheme', { deployment: { ...deployment, url: 'file:///srv' } }],
    ['no invite', { invite: undefined }],
    ['an invite that is no web address', { invite: { ...reply.invite, url: 'data:text/html,x' } }],
  ])('is refused with %s', (_what, changes) => {
    expect(CallReply.safeParse({ ...reply, ...changes }).success).toBe(false);
  });

  it('names at least one deployment', () => {
    expect(DeploymentsReply.safeParse({ deployments: [] }).success).toBe(false);
    expect(DeploymentsReply.safeParse({}).success).toBe(false);
  });
});

describe('what a lobby is asked', () => {
  it('has a display name, trimmed, and what else is given', () => {
    expect(CallRequest.parse({ displayName: ' Ada ' })).toEqual({ displayName: 'Ada' });
    const whole = { displayName: 'Ada', room: 'Brisk-Otter', region: 'eu', media: 'video' };
    expect(CallRequest.parse(whole)).toEqual({ ...whole, room: 'brisk-otter' });
    const family = '\u{1f469}\u200d\u{1f4bb} Zoë אדה';
    expect(InviteRequest.parse({ displayName: family })).toEqual({ displayName: family });
  });

  it.each<[string, object]>([
    ['no name', { displayName: undefined }],
    ['an empty name', { displayName: '  ' }],
    ['a name that is too long', { displayName: 'x'.repeat(DISPLAY_NAME_MAX + 1) }],
    ['a name with a line end', { displayName: 'Ada\nLovelace' }],
    ['a name with a NUL', { displayName: 'Ada\u0000' }],
    ['a name with half a character', { displayName: 'Ada \ud83d' }],
    ['a room that is none', { room: '../admin' }],
    ['another kind of media', { media: 'screen' }],
    ['a region that is too long', { region: 'x'.repeat(65) }],
  ])('is refused with %s', (_what, changes) => {
    expect(CallRequest.safeParse({ displayName: 'Ada', ...changes }).success).toBe(false);
  });
});

it('a problem has a type, a title and a whole status, and perhaps a detail (RFC 9457)', () => {
  const problem = { type: 'urn:parley:problem:not-found', title: 'Not found.', status: 404 };
  expect(Problem.parse({ ...problem, instance: '/x' })).toEqual(problem);
  expect(Problem.safeParse({ ...problem, status: '404' }).success).toBe(false);
  expect(Problem.safeParse({ error: 'x' }).success).toBe(false);
});
