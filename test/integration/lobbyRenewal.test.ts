import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CallReply, InviteReply, Problem, RenewalReply } from '../../shared/lobbyApi';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';
import { partsOf } from '../unit/lobby/tokens';

let lobby: LobbyProcess;
let accessToken: string;
let call: CallReply;
let guest: InviteReply;

beforeAll(async () => {
  lobby = await startLobby({
    jitsiUrl: 'eu=https://eu.example.com,us=https://us.example.com',
    env: { JITSI_XMPP_DOMAIN: 'meet.jitsi' },
  });
  accessToken = await lobby.addToken('alice');
  call = CallReply.parse(
    await (await post('/api/v1/calls', accessToken, { displayName: 'Ada', region: 'us' })).json(),
  );
  guest = InviteReply.parse(
    await (await post(`/api/v1/invites/${inviteOf(call)}`, undefined, { displayName: 'Grace' })).json(),
  );
});
afterAll(() => lobby.stop());

const inviteOf = ({ invite }: CallReply) => invite.url.split('/join/')[1] ?? '';
const post = (path: string, bearer: string | undefined, body: unknown) =>
  fetch(`${lobby.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const renew = (bearer: string | undefined, body: unknown, room: string = call.room) =>
  post(`/api/v1/calls/${room}/token`, bearer, body);
const refusal = async (response: Response) => {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  return [response.status, Problem.parse(await response.json()).type];
};
const userOf = (token: string) => (partsOf(token)[1]['context'] as { user: { id: string } }).user;

describe('a fresh token', () => {
  it('is given to a caller for the room and deployment that it names', async () => {
    const response = await renew(accessToken, { displayName: 'Ada', deployment: 'us' });
    expect(response.status).toBe(200);
    const reply = RenewalReply.parse(await response.json());
    expect(reply).toMatchObject({ room: call.room, deployment: { id: 'us' } });
    expect(reply.url).toBe(`https://us.example.com/${call.room}?jwt=${reply.token}`);
    expect(reply.token).not.toBe(call.token);
    expect(userOf(reply.token)).toEqual(userOf(call.token));
    expect(partsOf(reply.token)[1]).toMatchObject({ room: call.room, sub: 'meet.jitsi' });
  });

  it('is given to a guest by its renewal, as the same guest and not as a moderator', async () => {
    expect(Date.parse(guest.renewal.expiresAt) - Date.now()).toBeGreaterThan(11.9 * 3_600_000);
    const reply = RenewalReply.parse(
      await (await renew(guest.renewal.token, { displayName: 'Grace Hopper' })).json(),
    );
    expect(reply).toMatchObject({ room: call.room, deployment: { id: 'us' } });
    expect(userOf(reply.token)).toMatchObject({
      id: userOf(guest.token).id,
      name: 'Grace Hopper',
      moderator: false,
    });
    expect(reply).not.toHaveProperty('renewal');
  });

  it.each([undefined, {}])('needs neither name nor deployment (%j)', async (body) => {
    const caller = await renew(accessToken, body);
    expect(caller.status).toBe(200);
    const reply = RenewalReply.parse(await caller.json());
    // Nobody but the caller knows what it is called: an account's name is not for the room.
    expect(userOf(reply.token)).toEqual({ ...userOf(call.token), name: undefined });
    expect(userOf(reply.token)).not.toHaveProperty('name');
    // The room's name begins with its region.
    expect(reply.deployment.id).toBe('us');
    const again = RenewalReply.parse(await (await renew(guest.renewal.token, body)).json());
    expect(userOf(again.token)).toMatchObject({ name: 'Grace', moderator: false });
    expect(again.room).toBe(call.room);
  });

  it('leaves a line in the audit log, with no token in it', async () => {
    const reply = RenewalReply.parse(
      await (await renew(guest.renewal.token, { displayName: 'Grace' })).json(),
    );
    const { jti } = partsOf(reply.token)[1];
    const line = await vi.waitFor(
      () => {
        const found = lobby
          .stderr()
          .split('\n')
          .find((text) => text.includes(`"jti":"${String(jti)}"`));
        return found ?? expect.fail('it is not there yet');
      },
      { timeout: 10_000 },
    );
    expect(JSON.parse(line)).toMatchObject({
      audit: 'room-token-issued',
      user: 'guest',
      room: call.room,
      deployment: 'us',
      invite: partsOf(inviteOf(call))[1]['jti'],
    });
    expect(lobby.stderr()).not.toContain(guest.renewal.token);
  });
});

describe('a renewal', () => {
  it('is for its own room and deployment', async () => {
    const body = { displayName: 'Grace' };
    const forbidden = [403, 'urn:parley:problem:forbidden'];
    expect(await refusal(await renew(guest.renewal.token, body, 'another-room'))).toEqual(forbidden);
    expect(await refusal(await renew(guest.renewal.token, { ...body, deployment: 'eu' }))).toEqual(forbidden);
  });

  it('opens no other door', async () => {
    const unauthorized = [401, 'urn:parley:problem:unauthorized'];
    expect(await refusal(await post('/api/v1/calls', guest.renewal.token, { displayName: 'Grace' }))).toEqual(
      unauthorized,
    );
    expect(
      await refusal(await post(`/api/v1/invites/${guest.renewal.token}`, undefined, { displayName: 'G' })),
    ).toEqual([404, 'urn:parley:problem:invite-invalid']);
  });

  it('cannot be an invite, a room token, a changed one or nothing', async () => {
    const [header = '', , signature = ''] = guest.renewal.token.split('.');
    const claims = { ...partsOf(guest.renewal.token)[1], 'parley-room': 'another-room' };
    const changed = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    for (const bearer of [inviteOf(call), guest.token, changed, 'a.b.c', undefined]) {
      expect(await refusal(await renew(bearer, { displayName: 'Grace' }, 'another-room'))).toEqual([
        401,
        'urn:parley:problem:unauthorized',
      ]);
    }
  });
});

it.each([
  ['%20', { displayName: 'Ada' }],
  ['no_room', { displayName: 'Ada' }],
  ['a'.repeat(101), { displayName: 'Ada' }],
  ['room', null],
  ['room', []],
  ['room', { displayName: '' }],
  ['room', { displayName: 'Ada', deployment: 'mars' }],
  ['room', { displayName: 'Ada', deployment: 7 }],
])('is refused to a caller for the room %j with %j', async (room, body) => {
  expect(await refusal(await renew(accessToken, body, room))).toEqual([
    400,
    'urn:parley:problem:invalid-request',
  ]);
});
