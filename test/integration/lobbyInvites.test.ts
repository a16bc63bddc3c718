import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SignJWT } from 'jose';
import { statementSecretOf } from '../../lobby/keys/signingKey';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseJoinText } from '../../shared/joinTarget';
import { CallReply, InviteReply, Problem, RenewalReply } from '../../shared/lobbyApi';
import { AsapKeys } from '../support/jitsi/asapKeys';
import { fitsRoom, judgeLogin } from '../support/jitsi/tokenRules';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';
import { partsOf } from '../unit/lobby/tokens';

let lobby: LobbyProcess;
let call: CallReply;
let invite: string;
let accessToken: string;
const json = { 'content-type': 'application/json' };

beforeAll(async () => {
  lobby = await startLobby({
    jitsiUrl: 'https://meet.example.com',
    env: { JITSI_XMPP_DOMAIN: 'meet.jitsi', LOBBY_PUBLIC_URL: 'https://lobby.example.com' },
  });
  accessToken = await lobby.addToken('alice');
  call = CallReply.parse(await (await ask({})).json());
  invite = call.invite.url.split('/join/')[1] ?? '';
});
afterAll(() => lobby.stop());

const ask = (wish: { opensAt?: string; expiresAt?: string }) =>
  fetch(`${lobby.url}/api/v1/calls`, {
    method: 'POST',
    headers: { ...json, authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({ displayName: 'Ada', invite: wish }),
  });
const accept = (text: string, body: unknown = { displayName: 'Grace' }) =>
  fetch(`${lobby.url}/api/v1/invites/${text}`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(body),
  });
const refusal = async (response: Response) => {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  return [response.status, Problem.parse(await response.json()).type];
};
const rules = () => ({
  appId: 'CodeWithMe',
  xmppDomain: 'meet.jitsi',
  tokenRequired: true,
  keys: new AsapKeys(`${lobby.url}/asap`),
  now: Date.now,
});

it('is a link that "Join call" understands, good for a day', () => {
  expect(parseJoinText(call.invite.url)).toEqual({
    ok: true,
    target: { kind: 'invite', lobby: 'https://lobby.example.com', invite },
  });
  const hours = (Date.parse(call.invite.expiresAt) - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(23.9);
  expect(hours).toBeLessThanOrEqual(24);
});

it("lets a guest without an access token into the caller's room, not as a moderator", async () => {
  const response = await accept(invite);
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  const reply = InviteReply.parse(await response.json());
  expect(reply.room).toBe(call.room);
  expect(reply.url).toBe(`https://meet.example.com/${call.room}?jwt=${reply.token}`);
  expect(reply.deployment).toEqual(call.deployment);

  const verdict = await judgeLogin(reply.token, rules());
  expect(verdict).toMatchObject({ kind: 'let-in', claims: { displayName: 'Grace' } });
  expect(verdict.kind === 'let-in' && fitsRoom(verdict.claims, call.room, rules())).toBe(true);
  const claims = JSON.parse(Buffer.from(reply.token.split('.')[1] ?? '', 'base64url').toString()) as {
    context: unknown;
  };
  expect(claims.context).toEqual({
    user: {
      id: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      name: 'Grace',
      moderator: false,
      affiliation: 'member',
    },
  });
});

it('is not taken by Prosody as a room token, nor a room token as an invite', async () => {
  expect(await judgeLogin(invite, rules())).toMatchObject({ kind: 'refused' });
  expect(await refusal(await accept(call.token))).toEqual([404, 'urn:parley:problem:invite-invalid']);
  expect((await accept(invite)).status).toBe(200);
});

it.each(['x', 'a.b.c', 'x'.repeat(3_000)])('answers 404 to %j, which is none', async (text) => {
  expect(await refusal(await accept(text))).toEqual([404, 'urn:parley:problem:invite-invalid']);
});

it('answers 404 to a changed one', async () => {
  const [header = '', claims = '', signature = ''] = invite.split('.');
  const other = Buffer.from(
    Buffer.from(claims, 'base64url').toString().replace(call.room, 'another-room'),
  ).toString('base64url');
  const changed = [header, other, signature].join('.');
  expect(changed).not.toBe(invite);
  expect(await refusal(await accept(changed))).toEqual([404, 'urn:parley:problem:invite-invalid']);
});

it('answers 410 to an expired one, and 404 to one for a deployment that is gone', async () => {
  const key = statementSecretOf(createPrivateKey(await readFile(lobby.keyFile)));
  const seconds = Math.floor(Date.now() / 1000);
  const made = (deployment: string, exp: number) =>
    new SignJWT({ 'parley-room': call.room, 'parley-deployment': deployment })
      .setProtectedHeader({ alg: 'HS256', typ: 'parley-invite+jwt' })
      .setIssuer('parley-invite')
      .setAudience('CodeWithMe-invite')
      .setIssuedAt(exp - 86_400)
      .setExpirationTime(exp)
      .setJti('a24a6ea4-ce75-4665-a070-57453082c256')
      .sign(key);
  expect((await accept(await made('default', seconds + 60))).status).toBe(200);
  expect(await refusal(await accept(await made('default', seconds - 1)))).toEqual([
    410,
    'urn:parley:problem:invite-expired',
  ]);
  expect(await refusal(await accept(await made('gone', seconds + 60)))).toEqual([
    404,
    'urn:parley:problem:invite-invalid',
  ]);
});

it('opens and expires when the caller wishes', async () => {
  const inSeconds = (seconds: number) =>
    new Date(Math.floor(Date.now() / 1000 + seconds) * 1000).toISOString();
  const [opensAt, expiresAt] = [inSeconds(3600), inSeconds(7200)];
  const later = CallReply.parse(await (await ask({ opensAt, expiresAt })).json());
  expect(later.invite).toMatchObject({ opensAt, expiresAt });

  const early = await accept(later.invite.url.split('/join/')[1] ?? '');
  expect(early.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(await early.json()).toEqual({
    type: 'urn:parley:problem:invite-not-yet-open',
    title: 'The invite is not open yet.',
    status: 403,
    detail: `It opens at ${opensAt}.`,
    opensAt,
  });
});

it.each([
  { expiresAt: '2020-01-01T00:00:00Z' },
  { expiresAt: '9999-12-31T23:59:59Z' },
  { opensAt: '9999-12-31T23:59:59Z' },
  { opensAt: 'tomorrow' },
  { expiresAt: '2026-02-30T00:00:00Z' },
])('is not made with the times %j', async (wish) => {
  expect(await refusal(await ask(wish))).toEqual([400, 'urn:parley:problem:invalid-request']);
});

it('answers 400 to a guest without a name', async () => {
  expect(await refusal(await accept(invite, {}))).toEqual([400, 'urn:parley:problem:invalid-request']);
});

it('with LOBBY_FEATURES does not let a guest record who comes first, by whatever door', async () => {
  const bound = await startLobby({
    jitsiUrl: 'https://meet.example.com',
    env: { LOBBY_FEATURES: 'recording,screen-sharing,send-groupchat' },
  });
  try {
    const post = (path: string, body: object, bearer?: string) =>
      fetch(`${bound.url}${path}`, {
        method: 'POST',
        headers: { ...json, ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) },
        body: JSON.stringify(body),
      });
    const featuresOf = (token: string) => (partsOf(token)[1]['context'] as { features: object }).features;
    const opened = await post('/api/v1/calls', { displayName: 'Ada' }, await bound.addToken('alice'));
    const own = CallReply.parse(await opened.json());
    expect(featuresOf(own.token)).toEqual({
      recording: true,
      'screen-sharing': true,
      'send-groupchat': true,
    });

    const link = own.invite.url.split('/join/')[1] ?? '';
    const guest = InviteReply.parse(
      await (await post(`/api/v1/invites/${link}`, { displayName: 'Grace' })).json(),
    );
    const renewed = RenewalReply.parse(
      await (await post(`/api/v1/calls/${own.room}/token`, {}, guest.renewal.token)).json(),
    );
    const page = await fetch(`${bound.url}/join/${link}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'displayName=Grace',
      redirect: 'manual',
    });
    const hash = new URLSearchParams(new URL(page.headers.get('location') ?? '').hash.slice(1));
    const byPage = JSON.parse(hash.get('jwt') ?? '') as string;
    for (const token of [guest.token, renewed.token, byPage]) {
      expect(featuresOf(token)).toMatchObject({
        recording: false,
        livestreaming: false,
        moderation: false,
        'create-polls': false,
        'screen-sharing': true,
        'send-groupchat': true,
      });
    }
  } finally {
    await bound.stop();
  }
});
